import Language
import Synchronization

/// An input that runs while the prompt is used for others.
final class BackgroundJob: Sendable {
  /// From 1, as `:watch` and `:stop` take it.
  let number: Int
  let input: SessionInput
  let program: Program
  /// The numbers of the inputs whose names it may read.
  let seenInputs: Set<Int>
  let host: PromptHost
  let job: Job<Evaluation>

  init(
    number: Int, input: SessionInput, program: Program, seenInputs: Set<Int>, host: PromptHost, job: Job<Evaluation>
  ) {
    self.number = number
    self.input = input
    self.program = program
    self.seenInputs = seenInputs
    self.host = host
    self.job = job
  }

  /// What it will bind.
  var names: [String] { program.boundNames }
  var cell: String { input.cell }
  var hasEnded: Bool { job.outcome != nil }

  /// A line about it: its number, how far it is, what it was asked.
  var status: String {
    let progress = host.latestProgress.map { logLine($0) } ?? "starting"
    let state = hasEnded ? "ended" : host.isCancelled ? "stopping, \(progress)" : progress
    let firstLine = input.text.split(separator: "\n").first.map(String.init) ?? ""
    return "[\(number)] \(state)\n    \(firstLine)"
  }

  /// What it reads of an input, in words: a name that this bound, or its value.
  func reads(from entry: Transcript.Entry) -> String? {
    guard seenInputs.contains(entry.number) else { return nil }
    if let name = entry.boundNames.first(where: program.readNames.contains) { return "`\(name)`" }
    return program.bar != nil && input.valueSource == entry.number ? "its value" : nil
  }
}

/// The background jobs of a session.
final class BackgroundJobs: Sendable {
  private struct State: Sendable {
    var jobs: [BackgroundJob] = []
    var count = 0
  }
  private let state = Mutex(State())

  /// Those that have not been handed over, oldest first.
  var all: [BackgroundJob] { state.withLock { $0.jobs } }
  var hasEnded: Bool { all.contains(where: \.hasEnded) }

  func nextNumber() -> Int {
    state.withLock {
      $0.count += 1
      return $0.count
    }
  }

  func add(_ job: BackgroundJob) { state.withLock { $0.jobs.append(job) } }

  /// Hands over those that have ended.
  func takeEnded() -> [BackgroundJob] {
    state.withLock { state in
      let ended = state.jobs.filter(\.hasEnded)
      state.jobs.removeAll { job in ended.contains { $0 === job } }
      return ended
    }
  }

  /// The job that will bind a name.
  func job(binding name: String) -> BackgroundJob? { all.first { $0.names.contains(name) } }
}
