import Language

/// The inputs of a session with what became of each: what `:history` lists, `:undo` takes back and `:save` writes.
struct Transcript: Sendable {
  enum Outcome: Sendable {
    case worked
    /// A statement failed; those before it worked.
    case failed
    /// Stopped by Ctrl-C, with what it had so far.
    case interrupted
    case abandoned
    /// In the background.
    case running
  }

  struct Entry: Sendable {
    /// Keys its random streams, with the seed.
    let cell: String
    let seed: UInt64
    let input: String
    /// The session before it ran; not kept for long, since it holds on to values that are long gone from the names.
    fileprivate(set) var before: Session?
    /// Where its paths start.
    let folder: String
    var outcome = Outcome.running
    /// The bytes of the input's statements that ran to their end.
    var workedBytes = 0
    /// Of these, the statement whose value the next input may go on from.
    var valueSpan: Span?
    /// The text that it put out.
    var output: [String] = []

    /// What worked of the input.
    var workedText: String { String(decoding: input.utf8.prefix(workedBytes), as: UTF8.self) }
    /// Whether it goes on from the last value: it begins with a bar, perhaps behind comments.
    var goesOn: Bool {
      let line = input.split(separator: "\n").first { !isBlankOrComment($0.utf8) }
      return line.map { continuesStatement($0.utf8) && $0.contains("|") } ?? false
    }
  }

  private(set) var entries: [Entry] = []

  /// How many inputs `:undo` can take back.
  private static let undoDepth = 50

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.undoDepth { entries[entries.count - 1 - Self.undoDepth].before = nil }
  }

  /// Changes the entry of a cell.
  mutating func update(_ cell: String, _ change: (inout Entry) -> Void) {
    guard let index = entries.lastIndex(where: { $0.cell == cell }) else { return }
    change(&entries[index])
  }

  /// Takes back the last input that had an effect, and all that came behind it without one.
  ///
  /// - Returns: the input, with the session before it; `nil` when there is none, or none that is still known.
  mutating func undo() -> (input: String, before: Session)? {
    guard let index = entries.lastIndex(where: { $0.workedBytes > 0 }), let before = entries[index].before else {
      return nil
    }
    defer { entries.removeSubrange(index...) }
    return (entries[index].input, before)
  }

  /// Lines for `:history`: the last so many inputs, each with its number.
  func listing(last count: Int) -> String {
    let rows = entries.enumerated().suffix(count)
    let width = String(entries.count).count
    let lines = rows.map { index, entry -> String in
      let number = String(index + 1)
      let margin = String(repeating: " ", count: width - number.count)
      let mark =
        switch entry.outcome {
        case .worked: " "
        case .failed, .abandoned: "!"
        case .interrupted: "~"
        case .running: "…"
        }
      let lines = entry.input.split(separator: "\n", omittingEmptySubsequences: false)
      let indent = "\n" + String(repeating: " ", count: width + 3)
      return "\(margin)\(number) \(mark) " + lines.joined(separator: indent)
    }
    return lines.isEmpty ? "no inputs yet" : lines.joined(separator: "\n")
  }
}
