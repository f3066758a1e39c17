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
  ///   - title: of the book.
  ///   - folder: of the book, where its paths start.
  init(_ transcript: Transcript, title: String, folder: String, registry: Registry) {
    let entries = transcript.entries.filter { $0.workedBytes > 0 && !Self.asksForHelpAlone($0) }
    let seed = entries.first?.seed ?? 0
    var names = ValueNames(entries: entries, registry: registry)
    var strayFolders: Set<String> = []
    var cells: [WrittenCell] = []
    var labels: Set<String> = []
    for (index, entry) in entries.enumerated() {
      let isContinued = index + 1 < entries.count && entries[index + 1].goesOn
      guard labels.insert(entry.cell).inserted else {
        warnings.append("\(entry.cell) ran more than once; the book has its first run")
        continue
      }
      let isWhole = entry.outcome != .interrupted
      cells.append(
        WrittenCell(
          label: entry.cell, code: names.code(of: entry, isContinued: isContinued),
          output: isWhole ? entry.output.joined(separator: "\n") : ""))
      if !isWhole { warnings.append("\(entry.cell) was stopped by Ctrl-C; its replay runs to the end") }
      if entry.seed != seed { warnings.append("\(entry.cell) ran with the seed \(entry.seed), the book's is \(seed)") }
      let mayNamePath = entry.workedText.contains("\"") || entry.workedText.contains("'")
      if mayNamePath, entry.folder != folder { strayFolders.insert(entry.folder) }
    }
    warnings += strayFolders.sorted().map {
      "paths that started at \($0) will start at the book's own folder, \(folder)"
    }
    cellCount = cells.count
    text = bookText(title: title, seed: seed, cells: cells)
  }

  /// Looking things up is no part of the work.
  private static func asksForHelpAlone(_ entry: Transcript.Entry) -> Bool {
    let words = entry.workedText.split { $0.isWhitespace }
    return words.first.map { ["help", "apropos"].contains($0) } ?? true && !entry.workedText.contains("\n")
  }
}

/// Names for the values that an input with a bar at its start goes on from: in a book, cells depend on names alone.
private struct ValueNames {
  private var taken: Set<String>
  /// The name of the last value, where it has one.
  private var last: String?

  init(entries: [Transcript.Entry], registry: Registry) {
    taken = Set(registry.commands.keys)
    for entry in entries {
      let program = parseDeep(entry.workedText, name: entry.cell, registry: registry).program
      taken.formUnion(program.boundNames + program.readNames)
    }
  }

  /// The input with the value it goes on from named, and its own value where the next one goes on from it.
  mutating func code(of entry: Transcript.Entry, isContinued: Bool) -> String {
    var bytes = Array(entry.workedText.utf8)
    var span = entry.valueSpan
    if entry.goesOn, let last, let bar = bytes.firstIndex(of: UInt8(ascii: "|")) {
      bytes.insert(contentsOf: Array("\(last) ".utf8), at: bar)
      span = span.map { Span($0.start, $0.end + last.utf8.count + 1) }
    }
    guard isContinued, let span else { return String(decoding: bytes, as: UTF8.self) }
    var name = "it"
    var number = 2
    while !taken.insert(name).inserted { (name, number) = ("it\(number)", number + 1) }
    last = name
    bytes.insert(contentsOf: Array("\n\(name)".utf8), at: span.end)
    bytes.insert(contentsOf: Array("\(name) = ".utf8), at: span.start)
    return String(decoding: bytes, as: UTF8.self)
  }
}
