import Glibc
import Language

extension REPL {
  /// Two presses of Ctrl-C within this many seconds abandon a command.
  private static let abandonInterval = 1.0

  /// Runs an input as the next one of the session.
  func evaluate(_ input: String) {
    let number = transcript.nextNumber()
    let cell = Transcript.label(number)
    if reader.isInteractive, input.contains(BackgroundWish.label) {
      let result = parseDeep(input, name: cell, registry: session.registry)
      if result.diagnostics.isEmpty, BackgroundWish.isExpressed(in: result.program, registry: session.registry),
        startInBackground(input, result.program, number: number)
      {
        return
      }
    }
    let host = PromptHost(screen: screen, cell: cell, folder: folder)
    let before = session
    let evaluation = run(host) { Evaluation(of: input, cell: cell, in: before, host: host) }
    finish(evaluation, of: input, number: number, cell: cell, folder: folder, host: host)
  }

  /// Keeps the names and the record of an input, says its mistakes, and how to go on with what was stopped.
  ///
  /// - Parameters:
  ///   - evaluation: `nil` for an abandoned input.
  ///   - folder: where its paths start.
  /// - Returns: whether all of it worked.
  @discardableResult
  func finish(
    _ evaluation: Evaluation?, of input: String, number: Int, cell: String, folder: String, host: PromptHost
  ) -> Bool {
    transcript.add(
      Transcript.Entry(
        number: number, cell: cell, input: input, before: session, folder: folder, evaluation: evaluation, host: host))
    guard let evaluation else { return false }
    session = evaluation.session
    say(evaluation.diagnostics)
    if host.isCancelled { sayHowToGoOn(evaluation) }
    return evaluation.diagnostics.isEmpty && !host.isCancelled
  }

  func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let renderer = DiagnosticRenderer(
        colour: screen.coloursErrors, width: screen.errorsAreTerminal ? max(20, screen.columns - 10) : 160)
      complain(renderer.render(diagnostic.knowing(background)))
    }
  }

  func sayHowToGoOn(_ evaluation: Evaluation) {
    guard reader.isInteractive,
      let line = resumption(
        of: evaluation.program, bindings: evaluation.session.bindings, registry: session.registry)
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
          self.screen.complain("stopping after the current step; Ctrl-C again within a second abandons the command")
        }
        return false
      }
    }
    screen.setStatus("")
    if evaluation == nil {
      host.abandon()
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
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    bell.catchSignals([SIGTSTP])
    setEcho(false, of: STDIN_FILENO)
  }
}
