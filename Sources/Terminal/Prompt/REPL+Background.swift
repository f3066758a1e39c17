import Language
import Vocabulary

/// The option of long commands that gives the prompt back while they run. In a book or a script it changes nothing.
enum BackgroundWish {
  static let label = TrainingParameters.backgroundName

  static func isExpressed(in program: Program, registry: Registry) -> Bool {
    program.calls.contains { call in
      call.labels[label]?.truth == true
        && registry.commands[call.name]?.parameters.contains { $0.name == label } == true
    }
  }
}

extension REPL {
  /// Checks an input, then runs it beside the prompt on a copy of the session; what it binds is bound when it ends.
  func startInBackground(_ input: String, _ program: Program, cell: String) {
    let host = PromptHost(screen: screen, cell: cell, folder: folder, isInBackground: true)
    let before = session
    inputCount += 1
    transcript.add(Transcript.Entry(cell: cell, seed: before.seed, input: input, before: before, folder: folder))
    let number = background.nextNumber()
    let names = program.boundNames
    let job = Job(bell: bell) { Evaluation(of: input, cell: cell, in: before, host: host) }
    background.add(BackgroundJob(number: number, cell: cell, input: input, names: names, host: host, job: job))
    let bound = names.isEmpty ? "" : "; \(names.joined(separator: ", ")) will be bound when it ends"
    screen.complain("[\(number)] runs in the background\(bound). :jobs, :watch \(number), :stop \(number)")
  }

  /// Shows what ended jobs put out, and takes over the names that they bound.
  func takeEndedJobs() {
    for job in background.takeEnded() {
      guard let evaluation = job.job.outcome else { continue }
      screen.complain("[\(job.number)] has ended: \(job.input.split(separator: "\n").first ?? "")")
      job.host.showWaiting()
      if evaluation.hasRun {
        for name in job.names { evaluation.session.bindings[name].map { session.bind(name, to: $0) } }
      }
      transcript.update(job.cell) { $0.complete(by: evaluation, job.host) }
      say(evaluation.diagnostics)
    }
  }

  /// The job that a prompt command speaks of: that of the number, or the only one.
  private func job(numbered operand: String) -> BackgroundJob? {
    let jobs = background.all
    if operand.isEmpty, jobs.count == 1 { return jobs[0] }
    if let job = jobs.first(where: { String($0.number) == operand }) { return job }
    if jobs.isEmpty {
      complain(
        "error[no-job]: nothing runs in the background\n  = help: a training with `\(BackgroundWish.label): true` does")
    } else {
      let numbers = jobs.map { String($0.number) }.joined(separator: ", ")
      let problem = operand.isEmpty ? "say which job" : "there is no job \(operand)"
      complain("error[no-job]: \(problem)\n  = help: running are \(numbers)")
    }
    return nil
  }

  func listJobs() {
    let jobs = background.all
    screen.write(jobs.isEmpty ? "nothing runs in the background" : jobs.map(\.status).joined(separator: "\n"))
  }

  func stopJob(_ operand: String) {
    guard let job = job(numbered: operand) else { return }
    job.host.cancel()
    screen.complain("[\(job.number)] stops after its current step")
  }

  /// Shows the progress of a job until it ends; Ctrl-C stops watching.
  func watchJob(_ operand: String) {
    guard let job = job(numbered: operand) else { return }
    var isWatching = true
    var milestone = ""
    while isWatching, !job.hasEnded, exitCode == nil {
      if let progress = job.host.latestProgress {
        if screen.hasStatusLine {
          screen.setStatus(progressLine(progress, withBar: true) + (job.host.isCancelled ? "  stopping" : ""))
        } else if progress.isMilestone, progressLine(progress, withBar: false) != milestone {
          milestone = progressLine(progress, withBar: false)
          screen.complain(milestone)
        }
      }
      _ = waitUntilReadable([bell.descriptor], seconds: 0.1)
      if answerBell(onInterrupt: { _ in true }) { isWatching = false }
    }
    screen.setStatus("")
    takeEndedJobs()
  }
}

extension Diagnostic {
  /// The same, with a better hint where a name is missing that a background job will bind.
  func knowing(_ background: BackgroundJobs) -> Diagnostic {
    guard [DiagnosticCode.unknownName, .unknownCommand].map(\.rawValue).contains(code) else { return self }
    let name = String(decoding: source.text.utf8.dropFirst(span.start).prefix(span.end - span.start), as: UTF8.self)
    guard let job = background.job(binding: name) else { return self }
    let hint = "job \(job.number) in the background will bind it: :watch \(job.number)"
    return Diagnostic(code, message, hint: hint, in: source, at: span)
  }
}
