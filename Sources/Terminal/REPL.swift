import Glibc
import Language

/// The read–run–print loop over one session of the language.
///
/// Lines are read on the calling thread; every input is parsed, checked and run as a `Job` on a deep stack, on a copy
/// of the session that replaces it when the job ends. An abandoned job's copy is dropped with it, so an abandoned
/// command leaves every name as it was.
package final class REPL {
  package private(set) var session: Session
  private let reader: any LineReader
  private let screen: Screen
  private let bell: Doorbell
  private let folder: String
  /// How many inputs have run; the next one's random streams are keyed by `in-<count + 1>`.
  private var inputCount = 0
  private var hasFailed = false
  /// The command that was left behind and has not noticed yet.
  private var abandoned: Job<Evaluation>?
  /// Set when the loop is to end, to its exit code.
  private var exitCode: Int32?

  /// Two presses of Ctrl-C within this many seconds abandon a command.
  private static let abandonInterval = 1.0

  package init(session: Session, reader: any LineReader, screen: Screen, bell: Doorbell, folder: String) {
    self.session = session
    self.reader = reader
    self.screen = screen
    self.bell = bell
    self.folder = folder
  }

  /// Reads and runs until the end of the input.
  ///
  /// - Returns: the program's exit code: 0; for input that nobody types, 3 after an error, 4 after an interrupt; 128 +
  ///   the signal's number when the program was asked to leave.
  package func run() -> Int32 {
    while exitCode == nil {
      guard let input = readInput() else { continue }
      evaluate(input)
    }
    return exitCode ?? 0
  }

  // MARK: Reading

  /// One whole input, of as many lines as it needs; `nil` when there is nothing to run.
  private func readInput() -> String? {
    var text: [UInt8] = []
    var isInside = false
    while true {
      setCompletions(after: text)
      switch reader.read(prompt: text.isEmpty ? "cnp> " : "...> ") {
      case .line(let line):
        if isInside && staysInside(line) {
          text += [UInt8(ascii: "\n")] + line
          continue
        }
        text += text.isEmpty ? line : [UInt8(ascii: "\n")] + line
        takeContinuations(of: &text)
        if isBlankOrComment(line) && text.count == line.count { return nil }
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
      if PromptCommand.word(of: input) != nil || !isIncomplete(input) {
        // A pasted cell often ends in a newline of its own.
        reader.remember(input.last == "\n" ? String(input.dropLast()) : input)
        return input
      }
      if exitCode != nil { return nil }
      // A value on the next line completes an operation, but closes no bracket and no text.
      isInside = isIncomplete(input + "\n0")
    }
  }

  /// Lines from a program are looked at ahead, so that `x = f a` and `| g` on the next line mean what they mean in a
  /// script.
  private func takeContinuations(of text: inout [UInt8]) {
    while let next = reader.peek(), continuesStatement(next) || isBlankOrComment(next) {
      guard case .line(let line) = reader.read(prompt: "") else { return }
      text += [UInt8(ascii: "\n")] + line
    }
  }

  private func leave() {
    exitCode = hasFailed && !reader.isInteractive ? 3 : 0
  }

  /// The input as text, or a complaint.
  private func checkedText(_ bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      complain("error[invalid-utf8]: the input is not UTF-8 text")
      return nil
    }
    return text
  }

  private func setCompletions(after text: [UInt8]) {
    guard reader.isInteractive else { return }
    let before = text.isEmpty ? "" : String(decoding: text, as: UTF8.self) + "\n"
    let (session, folder) = (session, folder)
    reader.complete { line, offset in
      promptCompletions(line: line, offset: offset, before: before, session: session, folder: folder)
    }
  }

  /// Parses on a deep stack; Ctrl-C meanwhile counts as the end of the input.
  private func isIncomplete(_ input: String) -> Bool {
    let registry = session.registry
    let job = Job(bell: bell) { parse(Source(input, name: "in"), registry: registry).isIncomplete }
    return wait(for: job, onInterrupt: { _ in false }) ?? false
  }

  // MARK: Running

  private func evaluate(_ input: String) {
    if let word = PromptCommand.word(of: input) { return obey(word) }
    guard waitForAbandoned() else { return }
    let cell = "in-\(inputCount + 1)"
    let host = PromptHost(screen: screen, cell: cell, folder: folder)
    let job = Job(bell: bell) { [session] in Evaluation(of: input, cell: cell, in: session, host: host) }
    var interruptedAt: Double?
    let evaluation = wait(for: job) { now in
      if let last = interruptedAt, now - last <= Self.abandonInterval {
        host.abandon()
        return true
      }
      interruptedAt = now
      host.cancel()
      if self.reader.isInteractive {
        self.screen.complain("stopping after the current step; Ctrl-C again within a second abandons the command")
      }
      return false
    }
    screen.setStatus("")
    if let evaluation {
      finish(evaluation)
    } else if exitCode != nil {
      host.abandon()
    } else {
      abandoned = job
      hasFailed = true
      inputCount += 1
      screen.complain("abandoned: every name is as it was; what the command still computes is dropped")
    }
    if interruptedAt != nil && !reader.isInteractive { exitCode = exitCode ?? 4 }
  }

  private func finish(_ evaluation: Evaluation) {
    session = evaluation.session
    if evaluation.hasRun { inputCount += 1 }
    for diagnostic in evaluation.diagnostics { complain(render(diagnostic, colour: screen.coloursErrors)) }
  }

  /// Waits until a job ends. Gives up on it, with `nil`, when `onInterrupt` says so at a Ctrl-C, or when the program is
  /// asked to leave.
  private func wait<Outcome>(for job: Job<Outcome>, onInterrupt: (_ seconds: Double) -> Bool) -> Outcome? {
    while true {
      if let outcome = job.outcome { return outcome }
      _ = waitUntilReadable([bell.descriptor])
      for case .signal(let number) in bell.answer() {
        switch number {
        case SIGINT:
          screen.eraseEcho()
          if onInterrupt(secondsOnSteadyClock()) { return nil }
        case SIGTERM, SIGHUP:
          exitCode = 128 + number
          return nil
        case SIGTSTP: stopUntilContinued()
        default: break
        }
      }
    }
  }

  private func stopUntilContinued() {
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    bell.catchSignals([SIGTSTP])
  }

  /// The engine works for one command at a time: the next one waits until the one left behind has noticed, unless
  /// Ctrl-C gives up waiting.
  private func waitForAbandoned() -> Bool {
    guard let job = abandoned else { return true }
    if job.outcome == nil {
      screen.complain("waiting for the abandoned command to end its current step; Ctrl-C goes back to the prompt")
      guard wait(for: job, onInterrupt: { _ in true }) != nil else { return false }
    }
    abandoned = nil
    return true
  }

  private func obey(_ word: String) {
    switch PromptCommand(rawValue: word) {
    case .quit: leave()
    case .help: screen.write(PromptCommand.page)
    case nil:
      let known = PromptCommand.allCases.map { ":\($0.rawValue)" }.joined(separator: ", ")
      complain("error[unknown-prompt-command]: the prompt has no ':\(word)'\n  hint: it has \(known)")
    }
  }

  private func complain(_ text: String) {
    hasFailed = true
    screen.complain(text)
  }
}
