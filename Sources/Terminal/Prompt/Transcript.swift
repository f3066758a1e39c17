import Language

/// The inputs of a session with what became of each: what `:history` lists, `:undo` takes back and `:save` writes.
///
/// An input that ran in the background stands where it ended: that is where its names were bound.
///
/// Sessions may have any number of inputs, so what is kept of one is little: its text and what it put out. Its syntax is read
/// again where somebody asks for that later.
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
    let input: SessionInput
    private var laterNumbers: [Int] = []
    /// The input's text, and that of a later one that went on with it.
    var text: String
    private let registry: Registry
    private var recent: Recent?
    var outcome: Outcome
    /// The statements of it that ran to their end.
    var reach = Session.Reach()
    /// The text that these put out.
    var output: [PutText] = []
    private var countBeforeLast = 0
    /// Names that it read and that others bound anew before it ended.
    var staleNames: [String] = []
    /// Whether it did nothing but look at values or at pages of help, and whether these were all.
    private(set) var (isLook, isHelp) = (false, false)
    /// Whether it failed as the cell that it is was meant to.
    private(set) var hasFailedAsExpected = false

    /// - Parameters:
    ///   - before: the session before its names are bound.
    ///   - evaluation: `nil` for an abandoned input.
    init(_ input: SessionInput, before: Session, evaluation: Evaluation?, host: PromptHost) {
      self.input = input
      text = input.text
      registry = before.registry
      guard let evaluation else {
        outcome = .abandoned
        recent = Recent(before: before, program: Self.nothing(input))
        return
      }
      let program = evaluation.program
      recent = Recent(before: before, program: program)
      outcome = evaluation.wasInterrupted(host) ? .interrupted : evaluation.diagnostics.isEmpty ? .worked : .failed
      hasFailedAsExpected =
        input.cellOptions.expectedError.map { code in evaluation.diagnostics.errors.contains { $0.code == code } }
        ?? false
      if hasFailedAsExpected { output = host.texts }
      guard evaluation.hasRun else { return }
      reach = evaluation.session.reach
      isLook = program.looksOnly(upTo: reach.end, bindings: evaluation.session.bindings)
      isHelp = program.asksForHelpOnly(upTo: reach.end, bindings: evaluation.session.bindings)
      if !hasFailedAsExpected { (output, outputBeforeLast) = host.textsOfStatements }
    }

    /// What is kept of the latest entries only.
    private final class Recent: Sendable {
      let before: Session?
      let program: Program

      init(before: Session?, program: Program) {
        self.before = before
        self.program = program
      }
    }

    private static func nothing(_ input: SessionInput) -> Program {
      Program(source: Source(input.text, name: input.cell), statements: [])
    }

    /// The session before its names were bound; not kept for long, since it holds on to values that are long gone.
    fileprivate(set) var before: Session? {
      get { recent?.before }
      set { recent = newValue.map { Recent(before: $0, program: program) } }
    }

    /// What `text` reads as.
    var program: Program {
      get {
        recent?.program
          ?? (outcome == .abandoned
            ? Self.nothing(input) : parseDeep(Source(text, name: input.cell), registry: registry).program)
      }
      set { recent = Recent(before: before, program: newValue) }
    }

    /// The input's number, and those of later ones that went on with it.
    var numbers: [Int] {
      get { [input.number] + laterNumbers }
      set { laterNumbers = Array(newValue.dropFirst()) }
    }

    /// Of the output, what came before the last of the statements: where it begins.
    var outputBeforeLast: [PutText] {
      get { Array(output.prefix(countBeforeLast)) }
      set { countBeforeLast = newValue.count }
    }

    var number: Int { input.number }
    var cell: String { input.cell }
    var seed: UInt64 { input.seed }
    /// Whether a book can have it: something of it has worked, or it has failed as it was meant to.
    var isSavable: Bool { reach.end > 0 || hasFailedAsExpected }
    /// Whether its seed and its streams may matter.
    var mayHaveDrawn: Bool { reach.hasDrawn || hasFailedAsExpected }
    /// Whether some of its statements did not run to their end.
    var isCutShort: Bool { !hasFailedAsExpected && (program.statements.last?.span.end ?? 0) > reach.end }
    /// What worked of the input, with its comments where that is all.
    var workedText: String {
      outcome == .worked || hasFailedAsExpected
        ? text.withoutTrailingSpace : String(decoding: text.utf8.prefix(reach.end), as: UTF8.self)
    }
    var boundNames: [String] { program.boundNames(upTo: reach.end) }
    /// The names that what worked of it may read from what came before.
    var readNames: [String] { hasFailedAsExpected ? program.readNames : program.readNames(upTo: reach.end) }
    /// The number of the input whose value it goes on from.
    var valueSource: Int? { program.bar == nil ? nil : input.valueSource }
    /// Whether its last statement was stopped, and handed over what it had.
    var wasStopped: Bool { outcome == .interrupted && reach.wasCancelled }
    /// The statement that was stopped.
    var stoppedStatement: Statement? { wasStopped ? program.statements.first { $0.span == reach.last } : nil }
  }

  private(set) var entries = Entries()
  /// The number of the last input: how many there were, with those that were taken back.
  private(set) var lastNumber = 0
  /// The labels that inputs have had, those that were taken back left out.
  private var labels: Set<String> = []
  /// The number of the input that left the value which a bar goes on from.
  private var lastWithValue: Int?
  /// How many inputs `:undo` can take back.
  static let undoDepth = 20

  /// The label of the next input.
  var nextCell: String { "\(Self.labelPrefix)\(lastNumber + 1)" }

  /// An input that begins.
  ///
  /// - Parameters:
  ///   - program: what it reads as, where that is known.
  ///   - seed: the session's.
  mutating func begin(_ text: String, _ program: Program?, folder: String, seed: UInt64) -> SessionInput {
    let cell = nextCell
    lastNumber += 1
    labels.insert(cell)
    let streams = program.flatMap { streamsOfStoppedTraining($0, seed: seed) } ?? StreamPlace(cell: cell)
    return SessionInput(
      number: lastNumber, cell: cell, text: text, folder: folder, seed: seed, streams: streams,
      valueSource: lastWithValue)
  }

  /// A book's cell that begins. What is typed afterwards gets other labels, and so other random streams.
  ///
  /// - Parameters:
  ///   - label: of the cell; where an input has it already, it gets another, and keeps its random streams.
  ///   - streams: the label whose random streams it draws from.
  mutating func begin(
    cell label: String, _ text: String, folder: String, seed: UInt64, streams: String,
    options: SessionInput.LoadedOptions = .init()
  ) -> SessionInput {
    let own = label.hasPrefix(Self.labelPrefix) ? Int(label.dropFirst(Self.labelPrefix.count)) : nil
    let isTaken = labels.contains(label)
    let number = isTaken ? nil : own.flatMap { (1...1 << 40).contains($0) ? $0 : nil }
    lastNumber = max(lastNumber + 1, number ?? 0)
    var cell = label
    if isTaken, own != nil { cell = "\(Self.labelPrefix)\(lastNumber)" }
    var count = 2
    while !labels.insert(cell).inserted { (cell, count) = ("\(label.prefix(50))-\(count)", count + 1) }
    var input = SessionInput(
      number: lastNumber, cell: cell, text: text, folder: folder, seed: seed, streams: StreamPlace(cell: streams),
      valueSource: lastWithValue)
    input.cellOptions = options
    return input
  }

  /// Before the number in the label of an input.
  private static let labelPrefix = "in-"

  /// Where the stopped training drew from that a program begins by going on with: what it draws again must be the same.
  private func streamsOfStoppedTraining(_ program: Program, seed: UInt64) -> StreamPlace? {
    guard let resumed = ResumedCall(program),
      let entry = entries.last(where: { $0.boundNames.contains(resumed.resume.name ?? resumed.name) }),
      entry.seed == seed, let stopped = entry.stoppedStatement,
      resumed.resume.name.map({ $0 == stopped.onlyName }) ?? resumed.goesOn(with: stopped, of: entry.program)
    else { return nil }
    return entry.reach.lastStreams
  }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if Self.leavesValue(entry) { lastWithValue = entry.number }
    if entries.count > Self.undoDepth { entries[entries.count - 1 - Self.undoDepth].before = nil }
  }

  /// Lets `:undo` set the session's seed back to `seed` when it takes back all inputs from a place on: a book that was loaded
  /// there has changed it.
  mutating func undoing(from index: Int, restores seed: UInt64) {
    guard let first = entries[index...].firstIndex(where: { $0.reach.end > 0 }) else { return }
    entries[first].before?.seed = seed
  }

  /// The inputs that `:undo` takes back: the last one that had an effect, and all that came behind it without one.
  ///
  /// - Returns: none when there is none, or none that is still known.
  var undoable: Slice<Entries> {
    guard let index = entries.lastIndex(where: { $0.reach.end > 0 }), entries[index].before != nil else {
      return entries[..<0]
    }
    return entries[index...]
  }

  /// Lets go of the oldest session that `:undo` could bring back, the last one left out: sessions hold on to values that
  /// nobody else has any more.
  ///
  /// - Returns: whether there was one.
  mutating func letGoOfOldest() -> Bool {
    let known = entries.indices.filter { entries[$0].before != nil }
    guard known.count > 1 else { return false }
    entries[known[0]].before = nil
    return true
  }

  /// The last input that had an effect, where the session before it is no longer kept.
  var undoneTooLate: Entry? { entries.last { $0.reach.end > 0 }.flatMap { $0.before == nil ? $0 : nil } }

  /// Takes them back.
  ///
  /// - Returns: the session before them.
  mutating func undo() -> Session? {
    let before = undoable.first?.before
    labels.subtract(undoable.map(\.cell))
    entries.removeSubrange(undoable.indices)
    lastWithValue = entries.last(where: Self.leavesValue)?.number
    return before
  }

  private static func leavesValue(_ entry: Entry) -> Bool { entry.reach.value != nil && !entry.input.isInBackground }

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
      let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false)
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
