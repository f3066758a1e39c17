import Angiography
import Language
import Methods
import Networks
import Tensors

/// One training that was planned: where it goes on, and the trained networks as its value.
struct TrainingRun {
  private let plan: TrainingPlan
  private let context: Context
  /// What batches and starting weights are drawn from: in a training that goes on, what it began with.
  private let stream: RandomStream
  private let start: Checkpoint?
  /// The file that keeps the state.
  private let file: StateFile?

  /// Trains, and gives the trained networks.
  static func train(_ plan: TrainingPlan, _ context: Context) throws -> Value {
    try TrainingRun(plan, context).train()
  }

  /// - Throws: `interrupted` where the program was stopped before the training began: it may be about to learn from what
  ///   was stopped half-way.
  private init(_ plan: TrainingPlan, _ context: Context) throws {
    if context.host.isCancelled {
      throw Failure(
        "interrupted", "this training was stopped before it began",
        hint: "a training inside it is kept when it is bound to a name of its own")
    }
    self.plan = plan
    self.context = context
    let automatic = plan.interrupted == nil ? context.stateFolder : nil
    file = plan.checkpoint.map { .named($0) } ?? automatic.map { .automatic($0) }
    // Asked for whether it is gone on from or not: a file that may not be kept there is to be known of now.
    let kept = try plan.checkpoint.flatMap { try context.host.kept($0, limit: SavedNetwork.largestFile) }
    start =
      switch plan.resumption {
      case .none: nil
      case .fromFile(let name): try kept.map { try Checkpoint(decoding: $0, at: name) }
      case .of(_, let checkpoint): checkpoint
      }
    // The cell of a training that goes on may be another, its seed may not.
    let own = Randomness.stream(seed: plan.seed, context)
    let begun = start?.stream.map { RandomStream($0) }
    let isOfSeed = plan.interrupted != nil || begun?.identity.seed == own.identity.seed
    stream = plan.seed == nil && isOfSeed ? begun ?? own : own
    TrainingWarnings.warnOfEmptyMasks(in: plan.data, context.host)
    guard let held = plan.validation else { return }
    TrainingWarnings.warnOfLeaks(from: plan.data, to: held, context.host)
    if let more = plan.unlabelled { TrainingWarnings.warnOfLeaks(from: more, to: held, context.host) }
  }

  private func train() throws -> Value {
    let networks = try plan.networks(stream)
    let job = TrainingJob(
      dataset: plan.data, unlabelled: plan.unlabelled, batch: plan.batch, stream: stream,
      surroundings: HostSurroundings(host: context.host))
    let result = try job.train(
      networks.generator, against: networks.discriminator, validatedOn: plan.validation, options: plan.options,
      keptIn: file, from: start, stopped: plan.interrupted?.network)
    return finish(result)
  }

  /// The trained network as a value, with a line about the last epoch; an interrupted training says how to go on.
  private func finish(_ result: TrainingResult) -> Value {
    let earlier = plan.earlierHistory
    let history =
      earlier
      + result.history.map { record in
        var renumbered = record
        renumbered.epoch += earlier.count
        return renumbered
      }
    let network = NetworkValue(
      result.generator, discriminator: result.discriminator, history: history, features: plan.data.features,
      wasInterrupted: result.wasInterrupted, imageSide: plan.data.squareSide,
      usual: result.wasInterrupted ? nil : UsualTraits(ofThoseLearntFrom: plan.data.samples),
      checkpoint: result.interrupted)
    context.host.emit(.text(line(about: result)))
    if let advice = result.history.last?.discriminatorHealth?.advice { context.host.note(advice) }
    if let note = note(on: network, result) { context.host.note(note) }
    if result.wasInterrupted { context.host.emit(.text("stopped, with what it has learnt so far; \(wayOn)")) }
    return .object(network)
  }

  /// How a training goes on that was stopped.
  private var wayOn: String {
    switch file {
    case .named: "`\(TrainingParameters.resumeName): true` goes on from there"
    case .automatic: "the next run goes on from there"
    case nil: "bound to a name, it goes on from there by `\(TrainingParameters.resumeName): NAME`"
    }
  }

  /// Why the network may predict nothing although it has learnt something.
  private func note(on network: NetworkValue, _ result: TrainingResult) -> String? {
    if plan.options.statistics == .running { return network.noteOnRunningAverages }
    guard result.lacksStatistics, context.host.stateFolder == nil else { return nil }
    return
      "batch norm's statistics were not measured, so the network predicts with its running averages, which may lag far "
      + "behind"
  }

  private func line(about result: TrainingResult) -> String {
    let steps = result.interrupted?.stepsBegun ?? 0
    let whole = result.history.count - (steps > 0 ? 1 : 0)
    var line = "trained \(whole) of \(plan.options.epochs) epochs"
    if steps > 0 { line += " and \(steps) step\(steps == 1 ? "" : "s") of the next" }
    if let last = result.history.last {
      line +=
        ": loss \(formatted(last.generator.total, decimals: 4)), DSC \(formatted(last.trainingDice, decimals: 4))"
    }
    if result.stoppedEarly { line += "; no better validation DSC for \(plan.options.patience) epochs" }
    if plan.options.keep == .best { line += "; kept epoch \(result.keptEpoch)" }
    return line
  }
}

extension Context {
  /// Where the host keeps the states of this call though nobody asked for it: how the names of their files begin, as
  /// `Host.keep` takes them, or the folder of several.
  var stateFolder: String? { host.stateFolder.map { "\($0)/\(randomKey.cell)-\(randomKey.index)" } }
}
