import Glibc
import Imaging
import Language
import Vocabulary

extension REPL {
  /// Two presses of Ctrl-C within this many seconds abandon a command.
  private static let abandonInterval = 1.0

  /// Runs a text as the next input of the session.
  func evaluate(_ text: String) {
    var parsed: ParseResult?
    // What decides how it runs has to be known before.
    if [BackgroundWish.label, TrainingParameters.resumeName].contains(where: text.contains) {
      parsed = parseDeep(Source(text, name: transcript.nextCell), registry: session.registry)
    }
    let input = transcript.begin(text, parsed?.program, folder: folder, seed: session.seed)
    if let parsed, parsed.diagnostics.isEmpty, reader.isInteractive,
      BackgroundWish.isExpressed(in: parsed.program, registry: session.registry)
    {
      return startInBackground(input, parsed.program)
    }
    let host = PromptHost(screen: screen, cell: input.cell, folder: outputFolder)
    let before = session
    finish(run(host) { Evaluation(of: input, in: before, host: host) }, of: input, host: host)
  }

  /// Keeps the names and the record of an input, says its mistakes, and how to go on with what was stopped.
  ///
  /// - Parameter evaluation: `nil` for an abandoned input.
  /// - Returns: whether all of it worked.
  @discardableResult
  func finish(_ evaluation: Evaluation?, of input: SessionInput, host: PromptHost) -> Bool {
    let entry = Transcript.Entry(input, before: session, evaluation: evaluation, host: host)
    keep(entry)
    if host.hasLostFigure { hasFailed = true }
    guard let evaluation else { return false }
    let seed = session.seed
    session = evaluation.session
    // A cell of a book may have run with the book's seed.
    session.seed = seed
    if entry.hasFailedAsExpected, let mistake = evaluation.diagnostics.first {
      screen.remark("failed as expected: \(mistake.code)")
    } else {
      say(evaluation.diagnostics)
    }
    sayHowToGoOn(entry)
    return entry.outcome == .worked
  }

  func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let renderer = DiagnosticRenderer(
        colour: screen.coloursErrors, width: screen.errorsAreTerminal ? max(20, screen.columns - 10) : 160)
      complain(drawn: renderer.render(diagnostic.knowing(background)))
    }
  }

  func sayHowToGoOn(_ entry: Transcript.Entry) {
    guard reader.isInteractive, let statement = entry.stoppedStatement,
      let line = resumption(
        of: statement, in: entry.program, bindings: session.bindings, registry: session.registry)
    else { return }
    reader.remember(line)
    screen.complain("to go on (↑ brings it):\n  " + line.split(separator: "\n").joined(separator: "\n  "))
  }

  /// Runs work for a host in the foreground: Ctrl-C asks it to stop, twice within a second leaves it behind.
  ///
  /// - Returns: `nil` when it was left behind, or when the program was asked to leave.
  func run(_ host: PromptHost, _ work: @escaping @Sendable () -> Evaluation) -> Evaluation? {
    let job = Job(bell: bell, work)
    var interruptedAt: Double?
    let evaluation = withoutEcho {
      wait(for: job) { now in
        if let last = interruptedAt, now - last <= Self.abandonInterval {
          host.abandon()
          return true
        }
        interruptedAt = now
        host.cancel()
        if self.reader.isInteractive {
          self.screen.remark("stopping after the current step; Ctrl-C again within a second abandons the command")
        }
        return false
      }
    }
    if evaluation == nil { host.abandon() }
    screen.setStatus("")
    if evaluation == nil {
      if exitCode == nil {
        complain("abandoned: every name is as it was; what the command still computes is dropped")
      }
    }
    if interruptedAt != nil && !reader.isInteractive { exitCode = exitCode ?? 4 }
    return evaluation
  }

  /// Waits until a job ends. Gives up on it, with `nil`, when `onInterrupt` says so at a Ctrl-C, or when the program is
  /// asked to leave.
  private func wait<Outcome>(for job: Job<Outcome>, onInterrupt: (_ seconds: Double) -> Bool) -> Outcome? {
    while true {
      if let outcome = job.outcome { return outcome }
      _ = waitUntilReadable([bell.descriptor])
      if answerBell(onInterrupt: onInterrupt) { return nil }
    }
  }

  /// What is typed meanwhile waits for the prompt, and does not run into what is written.
  func withoutEcho<Result>(_ body: () -> Result) -> Result {
    guard reader.isInteractive else { return body() }
    setEcho(false, of: STDIN_FILENO)
    defer { setEcho(true, of: STDIN_FILENO) }
    return body()
  }

  /// - Returns: whether to give up on what is waited for.
  func answerBell(onInterrupt: (_ seconds: Double) -> Bool) -> Bool {
    var givesUp = false
    for case .signal(let number) in bell.answer() {
      switch number {
      case SIGINT:
        screen.eraseEcho()
        givesUp = onInterrupt(secondsOnSteadyClock()) || givesUp
      case _ where leavingSignals.contains(number):
        exitCode = 128 + number
        givesUp = true
      case SIGTSTP: stopUntilContinued()
      default: break
      }
    }
    return givesUp
  }

  private func stopUntilContinued() {
    setEcho(true, of: STDIN_FILENO)
    bell.stopUntilContinued()
    setEcho(false, of: STDIN_FILENO)
  }
}
