import Angiography
import Language
import Methods
import Networks
import Tensors

/// One call of `compare`: its arguments as a comparison of segmenters, and what that comes to as a value.
struct ComparisonRun {
  private let arguments: Arguments
  private let context: Context
  private let surroundings: HostSurroundings
  private let comparison: Comparison
  /// How train and test images are told apart, in words.
  private let protocolText: String
  /// What an earlier call has learnt that was stopped.
  private let earlier: Trainings.State?

  init(_ arguments: Arguments, _ context: Context) throws {
    if context.host.isCancelled {
      throw Failure("interrupted", "this comparison was stopped before it began")
    }
    self.arguments = arguments
    self.context = context
    surroundings = HostSurroundings(host: context.host)
    let (segmenters, baseline) = try Self.segmenters(arguments)
    let stopped = arguments.object(TrainingParameters.resumeName, as: ComparisonValue.self)
    let stream = try Self.stream(stopped, segmenters, arguments, context)
    let holdOut = try Self.holdOut(arguments)
    let data: DatasetValue = arguments.require("data")
    let unit = SplitUnit(rawValue: arguments.text("by")) ?? (data.dataset.hasCases ? .byCase : .image)
    let more = arguments.object("also", as: DatasetValue.self)?.dataset
    let splits: [Comparison.Split]
    (splits, protocolText) = try Self.splits(of: data, by: unit, arguments, stream, context)
    TrainingWarnings.warnOfEmptyMasks(in: data.dataset, context.host)
    // What is trained on in every fold is tested in none.
    if let more {
      let tested = arguments.object("test", as: DatasetValue.self)?.dataset ?? data.dataset
      TrainingWarnings.warnOfLeaks(from: more, to: tested, context.host)
    }
    comparison = Comparison(
      of: segmenters, against: baseline, on: splits, more: more, settings: TrainingParameters.settings(from: arguments),
      ensemble: EnsemblePlan(count: arguments.integer("ensemble"), holdOut: holdOut, unit: unit),
      empty: arguments.choice("empty-masks"), stream: stream)
    earlier = stopped?.state
    if stopped != nil, earlier == nil {
      throw Failure(
        "nothing-to-resume", "this comparison was not interrupted, so there is nothing to go on with",
        hint: "leave `\(TrainingParameters.resumeName):` out to compare anew")
    }
  }

  /// What splits, batches and weights are drawn from: in a comparison that goes on, what it began with. The cell of that
  /// may be another, its seed may not.
  private static func stream(
    _ stopped: ComparisonValue?, _ segmenters: [any Segmenter], _ arguments: Arguments, _ context: Context
  ) throws -> RandomStream {
    let own = Randomness.stream(arguments, context)
    guard arguments.isNone("seed") else { return own }
    if let state = stopped?.state { return RandomStream(state.stream) }
    guard !arguments.isNone("checkpoint") else { return own }
    let begun = try Trainings.beginning(
      of: Comparison.firstTrainings(of: segmenters), in: arguments.text("checkpoint"),
      HostSurroundings(host: context.host))
    return begun.map { $0.seed == own.identity.seed ? RandomStream($0) : own } ?? own
  }

  /// What `systems:` names, and the place of `baseline:` among them.
  ///
  /// - Throws: `no-systems`, `repeated-system`, `unknown-baseline`.
  static func segmenters(_ arguments: Arguments) throws -> (segmenters: [any Segmenter], baseline: Int) {
    guard case .list(let values) = arguments["systems"], !values.isEmpty else {
      throw Failure("no-systems", "`systems:` names none to compare")
    }
    let names = values.map { value -> String in if case .text(let name) = value { name } else { "" } }
    // The signature lets nothing else through.
    let segmenters = names.compactMap { Segmenters.named($0) }
    guard Set(names).count == names.count else {
      throw Failure("repeated-system", "`systems:` names one of them twice", hint: "leave it out once")
    }
    let against = arguments.isNone("baseline") ? names[0] : arguments.text("baseline")
    guard let place = names.firstIndex(of: against) else {
      throw Failure(
        "unknown-baseline", "the baseline '\(against)' is not among the systems",
        hint: "the systems are \(names.joined(separator: ", "))")
    }
    return (segmenters, place)
  }

  /// - Throws: `ensemble-too-small`.
  static func holdOut(_ arguments: Arguments) throws -> HoldOut {
    let holdOut: HoldOut = arguments.choice("hold-out")
    if holdOut == .rotating, arguments.integer("ensemble") < 2 {
      throw Failure(
        "ensemble-too-small",
        "`hold-out: rotating` leaves out another part of the patients for each network, so it needs "
          + "two networks or more", hint: "add `ensemble: 3`")
    }
    return holdOut
  }

  private static func splits(
    of data: DatasetValue, by unit: SplitUnit, _ arguments: Arguments, _ stream: RandomStream, _ context: Context
  ) throws -> (splits: [Comparison.Split], protocolText: String) {
    if let test = arguments.object("test", as: DatasetValue.self) {
      TrainingWarnings.warnOfLeaks(from: data.dataset, to: test.dataset, context.host)
      return (
        [Comparison.Split(train: data.dataset, test: test.dataset)],
        "trained on \(data.dataset.samples.count) others"
      )
    }
    let (splits, warnings) = try Comparison.folds(
      arguments.integer("folds"), of: data.dataset, by: unit, stream: stream)
    for warning in warnings { context.host.warn(warning) }
    return (splits, "\(splits.count)-fold cross-validation by \(unit.rawValue)")
  }

  func compare() throws -> ComparisonValue {
    let outcome = try comparison.run(goingOnFrom: earlier, keptIn: folder, surroundings) { segmenter, networks in
      guard comparison.settings.options.statistics == .running else { return }
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
    if !arguments.isNone("checkpoint") { return .named(arguments.text("checkpoint")) }
    return context.stateFolder.map { .automatic($0) }
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
