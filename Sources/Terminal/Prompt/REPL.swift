import Base
import Books
import Glibc
import Kernels
import Language

/// The read–run–print loop over one session of the language.
///
/// Lines are read on the calling thread; every input is parsed, checked and run as a `Job` on a deep stack, on a copy
/// of the session that replaces it when the job ends. An abandoned job's copy is dropped with it, so an abandoned
/// command leaves every name as it was.
package final class REPL {
  package internal(set) var session: Session
  let reader: any LineReader
  let screen: Screen
  let bell: Doorbell
  /// Where paths start.
  let folder: String
  /// The same folder, opened once: what is written lands in it.
  let outputFolder: SessionFolder
  var transcript = Transcript()
  let background = BackgroundJobs()
  /// What stands in the next input from the start.
  var draft = Draft()
  /// Where the session was saved, and as what: a later `:save` may write there again.
  var saved: (path: String, text: String)?
  /// The book that was loaded, as long as there is something left of it.
  var walk: BookWalk?
  /// The cells of the book that was loaded last which answer its exercises.
  var solutions: [Cell] = []
  /// The user was told what would be lost, and may leave all the same.
  var hasWarnedOfLoss = false
  var hasFailed = false
  /// The memory that may still be had, in bytes.
  private let memoryLeft: () -> Int
  /// Where less is left, sessions that `:undo` could bring back are let go of.
  private static let memoryForUndo = 1 << 30
  /// Set when the loop is to end, to its exit code.
  var exitCode: Int32?

  package init(
    session: Session, reader: any LineReader, screen: Screen, bell: Doorbell, folder: String,
    written: WrittenDigests = WrittenDigests(path: nil), memoryLeft: @escaping () -> Int = { AvailableMemory.bytes }
  ) {
    self.memoryLeft = memoryLeft
    self.session = session
    self.reader = reader
    self.screen = screen
    self.bell = bell
    self.folder = folder
    outputFolder = SessionFolder(folder, record: written)
  }

  /// Reads and runs until the end of the input.
  ///
  /// - Returns: the program's exit code: 0; for input that nobody types, 3 after an error, 4 after an interrupt; 128 +
  ///   the signal's number when the program was asked to leave.
  package func run() -> Int32 {
    while exitCode == nil {
      // Nobody reads what comes: the exit code is made of that by whoever runs the session.
      if screen.results.hasLostReader { return 0 }
      // The bell of one that ended during a command has been answered there.
      takeEndedJobs()
      guard let input = readInput() else { continue }
      takeEndedJobs()
      answer(input)
    }
    return exitCode ?? 0
  }

  /// Does what an input asks: of the prompt itself in its first line, or of the language.
  private func answer(_ input: String) {
    let command = promptCommand(of: input)
    if command != PromptCommand.quit.name { hasWarnedOfLoss = false }
    guard let command else { return evaluate(input) }
    let lines = input.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    obey(command, String(lines[0]))
    let rest = String(lines.dropFirst().joined().drop { $0.isWhitespace })
    if exitCode == nil, !rest.split(separator: "\n").allSatisfy({ isBlankOrComment(Array($0.utf8)) }) { answer(rest) }
  }

  // MARK: Reading

  /// One whole input, of as many lines as it needs; `nil` when there is nothing to run.
  private func readInput() -> String? {
    var text: [UInt8] = []
    var isInside = false
    while true {
      guideReader(after: text)
      let typed = draft
      draft = Draft()
      switch reader.read(prompt: text.isEmpty ? "cnp> " : "...> ", draft: typed) {
      case .line(let line):
        if isInside && staysInside(line) {
          text += [UInt8(ascii: "\n")] + line
          continue
        }
        text += text.isEmpty ? line : [UInt8(ascii: "\n")] + line
        takeContinuations(of: &text)
        if reader.interruption != nil {
          // Asked to leave, the program begins nothing.
          text = []
          continue
        }
        if text.split(separator: UInt8(ascii: "\n")).allSatisfy({ isBlankOrComment($0) }) { return nil }
      case .news(let typed):
        takeEndedJobs()
        draft = typed
        continue
      case .edit(let line):
        if let input = checkedText(text.isEmpty ? line : text + [UInt8(ascii: "\n")] + line) { editAsDraft(input) }
        return nil
      case .interrupted:
        if !reader.isInteractive { exitCode = 4 }
        return nil
      case .endOfInput:
        // What was begun is run as it stands, so that the mistake in it is said.
        if text.isEmpty { leave() }
        return text.isEmpty ? nil : checkedText(text)
      case .terminated(let signal):
        exitCode = 128 + signal
        return nil
      }
      guard let input = checkedText(text) else { return nil }
      if reader.editsSeveralLines || promptCommand(of: input) != nil
        || !isIncomplete(input, registry: session.registry)
      {
        // A pasted cell often ends in a newline of its own.
        reader.remember(input.last == "\n" ? String(input.dropLast()) : input)
        return input
      }
      if exitCode != nil { return nil }
      // A value on the next line completes an operation, but closes no bracket and no text.
      isInside = isIncomplete(input + "\n0", registry: session.registry)
    }
  }

  /// Lines from a program are looked at ahead, so that `x = f a` and `| g` on the next line mean what they mean in a
  /// script.
  private func takeContinuations(of text: inout [UInt8]) {
    while let next = reader.peek(), continuesStatement(next) || isBlankOrComment(next) {
      guard case .line(let line) = reader.read(prompt: "", draft: Draft()) else { return }
      text += [UInt8(ascii: "\n")] + line
    }
  }

  /// Leaves, once the user knows what would be lost with the program.
  func leave() {
    if reader.isInteractive, !hasWarnedOfLoss, let loss = loss {
      hasWarnedOfLoss = true
      return complain("\(loss); leave again to leave all the same")
    }
    exitCode = hasFailed && !reader.isInteractive ? 3 : 0
  }

  /// The input as text, or a complaint.
  private func checkedText(_ bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      complain(
        "error[invalid-utf8]: the input is \(foreignEncoding(of: bytes).map { "\($0), not" } ?? "not") UTF-8 text")
      return nil
    }
    return text
  }

  private func guideReader(after text: [UInt8]) {
    guard reader.isInteractive else { return }
    let before = text.isEmpty ? "" : String(decoding: text, as: UTF8.self) + "\n"
    let (session, folder, background) = (session, folder, background)
    let inputs = transcript.entries.filter(\.isSavable).map { (number: $0.number, text: $0.text) }
    reader.guide = InputGuide(
      completions: { line, offset in
        promptCompletions(
          line: line, offset: offset, before: before, session: session, folder: folder, inputs: inputs)
      },
      isWhole: { PromptCommand.word(of: $0) != nil || !isIncomplete($0, registry: session.registry) },
      isCommand: { session.registry.commands[$0] != nil && session.bindings[$0] == nil },
      hasNews: { background.hasEnded })
  }

  /// What an input asks of the prompt itself: behind a colon, or one of the words that need none.
  private func promptCommand(of input: String) -> String? {
    if let word = PromptCommand.word(of: input) { return word }
    guard reader.isInteractive, let word = input.split(whereSeparator: \.isWhitespace).first,
      PromptCommand(String(word))?.isBareWord == true,
      session.bindings[String(word)] == nil, session.registry.commands[String(word)] == nil,
      PromptCommand.operand(of: input).allSatisfy(\.isNumber)
    else { return nil }
    return String(word)
  }

  /// Takes an input to the record.
  func keep(_ entry: Transcript.Entry) {
    transcript.add(entry)
    while memoryLeft() < Self.memoryForUndo, transcript.letGoOfOldest() {}
  }

  func complain(_ text: String) { complain(drawn: visible(text)) }

  func complain(drawn text: String) {
    hasFailed = true
    screen.complain(drawn: text)
  }

  /// An error without a place in an input.
  func complain(_ error: any Error) {
    let coded = error as? any CodedError
    let hint = coded?.hint.map { "\n  = help: \($0)" } ?? ""
    complain("error[\(coded?.code ?? "failed")]: \(coded?.message ?? "\(error)")\(hint)")
  }
}
