import Imaging
import Language
import Vocabulary

/// The option of long commands that gives the prompt back while they run. In a book or a script it changes nothing.
enum BackgroundWish {
  static let label = TrainingParameters.backgroundName

  static func isExpressed(in program: Program, registry: Registry) -> Bool {
    program.calls.contains { call in
      call.labels[label]?.truth == true && !call.isInBody
        && registry.commands[call.name]?.parameters.contains { $0.name == label } == true
    }
  }
}

extension REPL {
  /// Checks an input, then runs it beside the prompt on a copy of the session; what it binds is bound when it ends.
  func startInBackground(_ input: SessionInput, _ program: Program) {
    var input = input
    input.isInBackground = true
    let host = PromptHost(screen: screen, cell: input.cell, folder: outputFolder, isInBackground: true)
    let before = session
    let mistakes = onDeepStack { Evaluation.check(program, in: before, host: host) }
    host.showWaiting()
    guard mistakes.isEmpty else {
      finish(Evaluation(of: program, mistakes: mistakes, in: before), of: input, host: host)
      return
    }
    let number = background.nextNumber()
    let streams = input.streams
    let job = BackgroundJob(
      number: number, input: input, program: program, seenInputs: Set(transcript.entries.flatMap(\.numbers)),
      host: host,
      job: Job(bell: bell) { Evaluation(running: program, streams: streams, in: before, host: host) })
    background.add(job)
    let bound = job.names.isEmpty ? "" : "; \(job.names.joined(separator: ", ")) will be bound when it ends"
    screen.remark("[\(number)] runs in the background\(bound). :jobs, :watch \(number), :stop \(number)")
  }

  /// Shows what ended jobs put out, and takes over the names that they bound.
  func takeEndedJobs() {
    for job in background.takeEnded() {
      guard let evaluation = job.job.outcome else { continue }
      screen.remark("[\(job.number)] has ended: \(job.input.text.split(separator: "\n").first ?? "")")
      job.host.showWaiting()
      var entry = Transcript.Entry(job.input, before: session, evaluation: evaluation, host: job.host)
      let meanwhile = Set(transcript.entries.filter { $0.number > job.input.number }.flatMap(\.boundNames))
      entry.staleNames = evaluation.program.readNames.filter(meanwhile.contains)
      keep(entry)
      for name in entry.boundNames {
        guard let value = evaluation.session.bindings[name] else { continue }
        if meanwhile.contains(name) {
          screen.remark("note: `\(name)` was bound meanwhile; what job \(job.number) computed takes its place")
        }
        session.bind(name, to: value)
      }
      say(evaluation.diagnostics)
      sayHowToGoOn(entry)
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
    screen.remark("[\(job.number)] stops after its current step")
  }

  /// Shows the progress of a job until it ends; Ctrl-C stops watching.
  func watchJob(_ operand: String) {
    guard let job = job(numbered: operand) else { return }
    withoutEcho { follow(job) }
    screen.setStatus("")
    if !job.hasEnded, exitCode == nil { screen.remark("[\(job.number)] goes on") }
    takeEndedJobs()
  }
}

extension REPL {
  private func follow(_ job: BackgroundJob) {
    var milestone = ""
    while !job.hasEnded, exitCode == nil {
      if let progress = job.host.latestProgress {
        if screen.hasStatusLine {
          screen.setStatus(statusLine(progress, columns: screen.columns) + (job.host.isCancelled ? "  stopping" : ""))
        } else if progress.isMilestone, logLine(progress) != milestone {
          milestone = logLine(progress)
          screen.complain(milestone)
        }
      }
      _ = waitUntilReadable([bell.descriptor], seconds: 0.1)
      if answerBell(onInterrupt: { _ in true }) { return }
    }
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
