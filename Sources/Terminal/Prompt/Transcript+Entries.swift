extension Transcript {
  /// Entries in the order of their inputs, each in a place of its own: an array that grows to thousands of them would move them all,
  /// again and again, and leave as much memory behind.
  struct Entries: Sendable, RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
    private final class Place: Sendable {
      let entry: Entry
      init(_ entry: Entry) { self.entry = entry }
    }

    private var places: [Place] = []

    var startIndex: Int { places.startIndex }
    var endIndex: Int { places.endIndex }

    subscript(index: Int) -> Entry {
      get { places[index].entry }
      set { places[index] = Place(newValue) }
    }

    mutating func replaceSubrange(_ range: Range<Int>, with entries: some Collection<Entry>) {
      places.replaceSubrange(range, with: entries.map(Place.init))
    }
  }
}
