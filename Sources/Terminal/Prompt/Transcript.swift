import Language

/// The inputs of a session with what became of each: what `:history` lists, `:undo` takes back and `:save` writes.
///
/// An input that ran in the background stands where it ended: that is where its names were bound.
struct Transcript: Sendable {
  enum Outcome: Sendable {
    case worked
    /// A statement failed, those before it worked; or checking found a mistake, and nothing ran.
    case failed
    /// Stopped by Ctrl-C, with what it had so far.
    case interrupted
    case abandoned
  }

  struct Entry: Sendable {
    /// In the order of the inputs' beginnings, from 1.
    let number: Int
    /// Keys its random streams, with the seed.
    let cell: String
    let seed: UInt64
    /// As it was typed, with what of it could be read.
    var input: String
    var program: Program
    /// Where its paths start.
    let folder: String
    let isInBackground: Bool
    /// The session before its names were bound; not kept for long, since it holds on to values that are long gone.
    fileprivate(set) var before: Session?
    var outcome: Outcome
    /// The bytes of the input's statements that ran to their end.
    var workedBytes = 0
    /// Of these, the statement whose value an input may go on from.
    var valueSpan: Span?
    /// The text that it put out.
    var output: [String]
    /// Names that it read and that others bound anew before it ended.
    var staleNames: [String] = []

    /// - Parameters:
    ///   - before: the session before its names are bound.
    ///   - evaluation: `nil` for an abandoned input.
    init(
      number: Int, cell: String, input: String, before: Session, folder: String, evaluation: Evaluation?,
      host: PromptHost, isInBackground: Bool = false
    ) {
      self.number = number
      self.cell = cell
      seed = before.seed
      self.input = input
      program = evaluation?.program ?? Program(source: Source(input, name: cell), statements: [])
      self.folder = folder
      self.isInBackground = isInBackground
      self.before = before
      output = host.texts
      guard let evaluation else {
        outcome = .abandoned
        return
      }
      outcome = !evaluation.diagnostics.isEmpty ? .failed : host.isCancelled ? .interrupted : .worked
      guard evaluation.hasRun else { return }
      workedBytes = evaluation.session.reach.end
      valueSpan = evaluation.session.reach.value
    }

    /// What worked of the input.
    var workedText: String { String(decoding: input.utf8.prefix(workedBytes), as: UTF8.self) }
    var boundNames: [String] { program.boundNames(upTo: workedBytes) }
  }

  private(set) var entries: [Entry] = []
  /// How many inputs there were, with those that were taken back.
  private var count = 0
  /// How many inputs `:undo` can take back.
  private static let undoDepth = 20

  /// The number of an input that begins.
  mutating func nextNumber() -> Int {
    count += 1
    return count
  }

  /// The number of a book's cell that begins. What is typed afterwards gets other labels, and so other random streams.
  mutating func nextNumber(forCell label: String) -> Int {
    let own = label.hasPrefix(Self.labelPrefix) ? Int(label.dropFirst(Self.labelPrefix.count)) : nil
    count = max(count + 1, own.flatMap { (1...1 << 40).contains($0) ? $0 : nil } ?? 0)
    return count
  }

  /// The label of the cell that an input is.
  static func label(_ number: Int) -> String { "\(labelPrefix)\(number)" }
  private static let labelPrefix = "in-"

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.undoDepth { entries[entries.count - 1 - Self.undoDepth].before = nil }
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
    let rows = entries.suffix(count)
    let width = rows.map { String($0.number).count }.max() ?? 0
    let lines = rows.map { entry -> String in
      let number = String(entry.number)
      let margin = String(repeating: " ", count: width - number.count)
      let mark =
        switch entry.outcome {
        case .worked: " "
        case .failed, .abandoned: "!"
        case .interrupted: "~"
        }
      let lines = entry.input.split(separator: "\n", omittingEmptySubsequences: false)
      let indent = "\n" + String(repeating: " ", count: width + 3)
      return "\(margin)\(number) \(mark) " + lines.joined(separator: indent)
    }
    if lines.isEmpty { return "no inputs yet" }
    let marks = [
      rows.contains { $0.outcome == .failed || $0.outcome == .abandoned } ? "! did not work" : nil,
      rows.contains { $0.outcome == .interrupted } ? "~ was stopped" : nil,
    ].compactMap(\.self)
    return (lines + (marks.isEmpty ? [] : ["(\(marks.joined(separator: ", ")))"])).joined(separator: "\n")
  }
}
