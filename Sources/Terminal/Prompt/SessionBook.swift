import Books
import Language

/// A session as a book: what worked of each input as a cell under the label that keyed its random numbers, followed by
/// what it put out. Its replay gives the same outputs.
struct SessionBook {
  let text: String
  let cellCount: Int
  /// Why the replay of some cell will differ, a line each.
  private(set) var warnings: [String] = []

  /// - Parameters:
  ///   - inputs: those that it has.
  ///   - title: of the book.
  ///   - folder: of the book, where its paths start.
  init(_ inputs: ChosenInputs, title: String, folder: String, registry: Registry) {
    var trainings = ResumedTrainings(inputs.entries, registry: registry)
    trainings.fold()
    warnings = trainings.warnings
    let entries = trainings.entries
    let seed = Self.commonSeed(of: entries)
    let names = ValueNames(entries: entries, registry: registry)
    var strayFolders: Set<String> = []
    var cells: [WrittenCell] = []
    for (index, entry) in entries.enumerated() {
      let isWhole = !entry.wasStopped
      cells.append(
        WrittenCell(
          label: entry.cell, options: Self.options(of: entry, bookSeed: seed), code: names.code(of: entry, at: index),
          output: isWhole ? entry.output.map(\.text).joined(separator: "\n") : ""))
      if !isWhole { warnings.append("\(entry.cell) was stopped; its replay runs to the end") }
      if entry.isCutShort { warnings.append("\(entry.cell) is saved without what of it did not run to its end") }
      for name in entry.staleNames {
        warnings.append("\(entry.cell) ran with a `\(name)` that was bound anew before it ended")
      }
      let mayNamePath = entry.workedText.contains("\"") || entry.workedText.contains("'")
      if mayNamePath, entry.input.folder != folder { strayFolders.insert(entry.input.folder) }
    }
    warnings += strayFolders.sorted().map {
      "paths that started at \($0) will start at the book's own folder, \(folder)"
    }
    cellCount = cells.count
    text = bookText(title: title, seed: seed, cells: cells)
  }

  /// The seed that most of those ran with that drew random numbers, the first of such: the book's. The others say theirs.
  private static func commonSeed(of entries: [Transcript.Entry]) -> UInt64 {
    let drawers = entries.contains(where: \.mayHaveDrawn) ? entries.filter(\.mayHaveDrawn) : entries
    let counts = Dictionary(grouping: drawers, by: \.seed).mapValues(\.count)
    let most = counts.values.max()
    return drawers.first { counts[$0.seed] == most }?.seed ?? 0
  }

  /// The option lines of a cell: its own where it came from a book, and what its random numbers depend on where that is
  /// not what its place in this book says.
  private static func options(of entry: Transcript.Entry, bookSeed: UInt64) -> [String] {
    var lines = entry.input.cellOptions.lines
    guard entry.mayHaveDrawn else { return lines }
    if entry.seed != bookSeed { lines.append("#| seed: \(entry.seed)") }
    let streams = entry.input.streams
    if streams.cell != entry.cell, streams.taken == 0 { lines.append("#| streams: \(streams.cell)") }
    return lines
  }
}

/// Names for the values that inputs with a bar at their start go on from: in a book, cells depend on names alone.
private struct ValueNames {
  /// By the place of the entry whose value gets it.
  private var given: [Int: String] = [:]
  /// By the place of the entry that goes on from it.
  private var used: [Int: String] = [:]

  init(entries: [Transcript.Entry], registry: Registry) {
    var taken = Set(registry.commands.keys)
    for entry in entries { taken.formUnion(entry.program.boundNames + entry.program.readNames) }
    func newName() -> String {
      var name = "it"
      var number = 2
      while !taken.insert(name).inserted { (name, number) = ("it\(number)", number + 1) }
      return name
    }
    var places: [Int: Int] = [:]
    for (index, entry) in entries.enumerated() { for number in entry.numbers { places[number] = index } }
    for (index, entry) in entries.enumerated() {
      guard entry.program.bar != nil, let source = entry.input.valueSource.flatMap({ places[$0] }) else { continue }
      let name = given[source] ?? newName()
      (given[source], used[index]) = (name, name)
    }
  }

  /// The input with the value it goes on from named, and its own value where another goes on from it.
  func code(of entry: Transcript.Entry, at index: Int) -> String {
    var bytes = Array(entry.workedText.utf8)
    var (start, end) = (entry.reach.value?.start ?? 0, entry.reach.value?.end ?? 0)
    if let name = used[index], let bar = entry.program.bar {
      bytes.insert(contentsOf: Array("\(name) ".utf8), at: bar)
      if start > bar { start += name.utf8.count + 1 }
      if end > bar { end += name.utf8.count + 1 }
    }
    guard let name = given[index], entry.reach.value != nil else { return String(decoding: bytes, as: UTF8.self) }
    bytes.insert(contentsOf: Array("\n\(name)".utf8), at: end)
    bytes.insert(contentsOf: Array("\(name) = ".utf8), at: start)
    return String(decoding: bytes, as: UTF8.self)
  }
}
