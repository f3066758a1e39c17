import Glibc
import Language

extension REPL {
  /// Two presses of Ctrl-C within this many seconds abandon a command.
  private static let abandonInterval = 1.0

  /// Runs an input as the next one of the session.
  func evaluate(_ input: String) {
    let cell = "in-\(inputCount + 1)"
    if reader.isInteractive, input.contains(BackgroundWish.label) {
      let result = parseDeep(input, name: cell, registry: session.registry)
      if result.diagnostics.isEmpty, BackgroundWish.isExpressed(in: result.program, registry: session.registry) {
        return startInBackground(input, result.program, cell: cell)
      }
    }
    let host = PromptHost(screen: screen, cell: cell, folder: folder)
    let before = session
    guard let evaluation = run(host, { Evaluation(of: input, cell: cell, in: before, host: host) }) else {
      if exitCode == nil { inputCount += 1 }
      return record(input, cell: cell, before: before, nil, host)
    }
    finish(evaluation, input: input, cell: cell, before: before, host: host)
  }

  /// Keeps the names, says the mistakes, and how to go on with what was stopped.
  private func finish(_ evaluation: Evaluation, input: String, cell: String, before: Session, host: PromptHost) {
    session = evaluation.session
    if evaluation.hasRun {
      inputCount += 1
      record(input, cell: cell, before: before, evaluation, host)
    }
    say(evaluation.diagnostics)
    if host.isCancelled { sayHowToGoOn(evaluation) }
  }

  func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      complain(render(diagnostic.knowing(background), colour: screen.coloursErrors))
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

  /// - Parameter evaluation: `nil` for an abandoned input.
  func record(_ input: String, cell: String, before: Session, _ evaluation: Evaluation?, _ host: PromptHost) {
    var entry = Transcript.Entry(cell: cell, seed: before.seed, input: input, before: before, folder: folder)
    entry.complete(by: evaluation, host)
    transcript.add(entry)
  }

  /// Runs work for a host in the foreground: Ctrl-C asks it to stop, twice within a second leaves it behind.
  ///
  /// - Returns: `nil` when it was left behind, or when the program was asked to leave.
  func run(_ host: PromptHost, _ work: @escaping @Sendable () -> Evaluation) -> Evaluation? {
    guard waitForAbandoned() else { return nil }
    // What is typed meanwhile waits for the prompt, and does not run into what the command writes.
    if reader.isInteractive { setEcho(false, of: STDIN_FILENO) }
    defer { if reader.isInteractive { setEcho(true, of: STDIN_FILENO) } }
    let job = Job(bell: bell, work)
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
    if evaluation == nil {
      host.abandon()
      if exitCode == nil {
        abandoned = job
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

  /// - Returns: whether to give up on what is waited for.
  func answerBell(onInterrupt: (_ seconds: Double) -> Bool) -> Bool {
    for case .signal(let number) in bell.answer() {
      switch number {
      case SIGINT:
        screen.eraseEcho()
        if onInterrupt(secondsOnSteadyClock()) { return true }
      case SIGTERM, SIGHUP:
        exitCode = 128 + number
        return true
      case SIGTSTP: stopUntilContinued()
      default: break
      }
    }
    return false
  }

  private func stopUntilContinued() {
    setEcho(true, of: STDIN_FILENO)
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    bell.catchSignals([SIGTSTP])
    setEcho(false, of: STDIN_FILENO)
  }

  /// One command works in the foreground at a time: the next one waits until the one left behind has noticed, unless
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
}

extension Transcript.Entry {
  /// - Parameter evaluation: `nil` for an abandoned input.
  mutating func complete(by evaluation: Evaluation?, _ host: PromptHost) {
    output = host.texts
    guard let evaluation else { return outcome = .abandoned }
    workedBytes = evaluation.session.reach.end
    valueSpan = evaluation.session.reach.value
    outcome = !evaluation.diagnostics.isEmpty ? .failed : host.isCancelled ? .interrupted : .worked
  }
}
