import Angiography
import Language
import Methods
import Tensors

/// One comparison that was planned, and what it comes to as a value.
struct ComparisonRun {
  private let plan: ComparisonPlan
  private let context: Context
  private let surroundings: HostSurroundings
  private let comparison: Comparison
  /// How train and test images are told apart, in words.
  private let protocolText: String

  static func compare(_ plan: ComparisonPlan, _ context: Context) throws -> Value {
    .object(try ComparisonRun(plan, context).compare())
  }

  private init(_ plan: ComparisonPlan, _ context: Context) throws {
    if context.host.isCancelled {
      throw Failure("interrupted", "this comparison was stopped before it began")
    }
    self.plan = plan
    self.context = context
    surroundings = HostSurroundings(host: context.host)
    let stream = try Self.stream(plan, context, surroundings)
    let splits: [Comparison.Split]
    (splits, protocolText) = try Self.splits(plan, stream, context)
    TrainingWarnings.warnOfEmptyMasks(in: plan.data, context.host)
    // What is trained on in every fold is tested in none.
    if let more = plan.more { TrainingWarnings.warnOfLeaks(from: more, to: plan.tested, context.host) }
    comparison = Comparison(
      of: plan.segmenters, against: plan.baseline, on: splits, repeats: plan.repeats, more: plan.more,
      unlabelled: plan.unlabelled,
      settings: plan.settings, ensemble: plan.ensemble, empty: plan.empty, averaged: plan.averaged, stream: stream)
    let leftOut = try comparison.unlabelledLeftOut()
    if let most = leftOut.max(), most > 0 {
      let counts = leftOut.map(String.init).joined(separator: ", ")
      context.host.note(
        "unlabelled angiograms that have something in common with those a fold tests are left out of it: \(counts)")
    }
  }

  /// What splits, batches and weights are drawn from: in a comparison that goes on, what it began with. The cell of that
  /// may be another, its seed may not.
  private static func stream(
    _ plan: ComparisonPlan, _ context: Context, _ surroundings: HostSurroundings
  ) throws -> RandomStream {
    let own = Randomness.stream(seed: plan.seed, context)
    guard plan.seed == nil else { return own }
    if let state = plan.stopped { return RandomStream(state.stream) }
    guard let folder = plan.checkpoint else { return own }
    let trainings = Comparison.firstTrainings(of: plan.segmenters)
    let begun = try Trainings.beginning(of: trainings, in: folder, surroundings)
    return begun.map { $0.seed == own.identity.seed ? RandomStream($0) : own } ?? own
  }

  private static func splits(
    _ plan: ComparisonPlan, _ stream: RandomStream, _ context: Context
  ) throws -> (splits: [Comparison.Split], protocolText: String) {
    switch plan.testing {
    case .test(let test):
      TrainingWarnings.warnOfLeaks(from: plan.data, to: test, context.host)
      let split = Comparison.Split(train: plan.data, test: test)
      return (
        Array(repeating: split, count: plan.repeats),
        "trained on \(plan.data.samples.count) others" + (plan.repeats > 1 ? ", \(plan.repeats) times" : "")
      )
    case .folds(let count):
      let (splits, warnings) = try Comparison.folds(
        count, of: plan.data, by: plan.unit, repeats: plan.repeats, stream: stream)
      for warning in warnings { context.host.warn(warning) }
      let times = plan.repeats > 1 ? ", \(plan.repeats) times" : ""
      return (splits, "\(splits.count / plan.repeats)-fold cross-validation by \(plan.unit.rawValue)\(times)")
    }
  }

  private func compare() throws -> ComparisonValue {
    let outcome = try comparison.run(goingOnFrom: plan.stopped, keptIn: folder, surroundings) { segmenter, networks in
      guard plan.settings.options.statistics == .running else { return }
      if let note = networks.first.flatMap({ NetworkValue($0).noteOnRunningAverages }) {
        context.host.note("\(segmenter.title): \(note)")
      }
    }
    switch outcome {
    case .ranked(let result): return ComparisonValue(result, protocolText: protocolText)
    case .stopped(let state):
      context.host.emit(
        .text("stopped, with \(state.finished.count) of \(state.total) networks trained; \(wayOn)"))
      return ComparisonValue(stopped: state, protocolText: protocolText)
    }
  }

  private var folder: Trainings.Folder? {
    plan.checkpoint.map { .named($0) } ?? context.stateFolder.map { .automatic($0) }
  }

  /// How a comparison goes on that was stopped.
  private var wayOn: String {
    switch folder {
    case .named: "the same command goes on from there"
    case .automatic: "the next run goes on from there"
    case nil: "bound to a name, it goes on from there by `\(TrainingParameters.resumeName): NAME`"
    }
  }
}
