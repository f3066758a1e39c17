import HashTreeCollections

/// Names with their values, in the order of their first binding.
///
/// A copy shares all that neither has changed since, so that a snapshot after every input of a long session takes little time
/// and little memory, however many names there are.
public struct Bindings: Sendable {
  private struct Entry: Sendable {
    let value: Value
    /// Of the first binding of its name, among all.
    let place: Int
  }

  private var entries = TreeDictionary<String, Entry>()
  private var nextPlace = 0

  public init() {}

  init(_ record: Record) {
    for name in record.names { self[name] = record[name] }
  }

  /// Setting a new name appends it, setting `nil` removes it.
  public subscript(name: String) -> Value? {
    get { entries[name]?.value }
    set {
      guard let newValue else { return entries[name] = nil }
      if let known = entries[name] {
        entries[name] = Entry(value: newValue, place: known.place)
      } else {
        entries[name] = Entry(value: newValue, place: nextPlace)
        nextPlace += 1
      }
    }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// Takes time with every one.
  public var names: [String] { entries.sorted { $0.value.place < $1.value.place }.map(\.key) }
}
