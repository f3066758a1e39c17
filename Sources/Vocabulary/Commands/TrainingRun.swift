import Angiography
import Language
import Methods
import Networks
import Tensors

/// One call of a training command: what it trains on, and the trained networks as its value.
struct TrainingRun {
  let dataset: Dataset
  /// What batches and starting weights are drawn from: in a training that goes on, what it began with.
  let stream: RandomStream
  /// What is measured on after every epoch.
  private let validation: Dataset?
  private let arguments: Arguments
  private let context: Context
  /// The interrupted network to go on with.
  private let interrupted: NetworkValue?
  private let start: Checkpoint?
  /// The file that keeps the state.
  private let file: StateFile?

  /// - Parameter isWhole: whether the command declares what a whole training takes: `validation:`, `checkpoint:`, `resume:`.
  /// - Throws: `interrupted` where the program was stopped before the training began: it may be about to learn from what
  ///   was stopped half-way.
  init(_ arguments: Arguments, _ context: Context, isWhole: Bool = true) throws {
    if isWhole, context.host.isCancelled {
      throw Failure(
        "interrupted", "this training was stopped before it began",
        hint: "a training inside it is kept when it is bound to a name of its own")
    }
    let data: DatasetValue = arguments.require("data")
    self.context = context
    self.arguments = arguments
    dataset = data.dataset
    let name = isWhole && !arguments.isNone("checkpoint") ? arguments.text("checkpoint") : nil
    interrupted = isWhole ? arguments.object(TrainingParameters.resumeName) : nil
    let isGivenItsState = name != nil || interrupted != nil || !isWhole
    file = name.map { .named($0) } ?? (isGivenItsState ? nil : context.stateFolder.map { .automatic($0) })
    // Asked for whether it is gone on from or not: a file that may not be kept there is to be known of now.
    let kept = try name.flatMap { try context.host.kept($0, limit: SavedNetwork.largestFile) }
    start = isWhole ? try Self.start(interrupted, arguments, kept) : nil
    // The cell of a training that goes on may be another, its seed may not.
    let own = Randomness.stream(arguments, context)
    let begun = start?.stream.map { RandomStream($0) }
    let isOfSeed = interrupted != nil || begun?.identity.seed == own.identity.seed
    stream = arguments.isNone("seed") && isOfSeed ? begun ?? own : own
    validation = isWhole ? try Self.validation(arguments) : nil
    TrainingWarnings.warnOfEmptyMasks(in: dataset, context.host)
    if let validation { TrainingWarnings.warnOfLeaks(from: dataset, to: validation, context.host) }
  }

  private static func validation(_ arguments: Arguments) throws -> Dataset? {
    guard let held = arguments.object("validation", as: DatasetValue.self)?.dataset else { return nil }
    let unmarked = held.samples.filter { $0.mask == nil }.map(\.name)
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    return held
  }

  /// Where to go on from: the state of an interrupted network, or that in the file.
  private static func start(
    _ interrupted: NetworkValue?, _ arguments: Arguments, _ kept: [UInt8]?
  ) throws -> Checkpoint? {
    if let interrupted {
      guard let start = interrupted.checkpoint else {
        throw Failure(
          "nothing-to-resume", "this network was not interrupted, so there is nothing to go on with",
          hint: "`from:` trains a finished network further, with a new optimiser")
      }
      return start
    }
    guard arguments.truth(TrainingParameters.resumeName) else { return nil }
    guard !arguments.isNone("checkpoint") else {
      throw Failure("nothing-to-resume", "`resume: true` needs `checkpoint:`, the file to go on from")
    }
    return try kept.map { try Checkpoint(decoding: $0, at: arguments.text("checkpoint")) }
  }

  /// The interrupted network where its networks are the ones to train: nothing is said of how to make others.
  var networkToResume: NetworkValue? {
    let saysHow = TrainingParameters.making.contains { arguments.given.contains($0.name) }
    return saysHow ? nil : interrupted
  }

  /// Trains, and gives the trained networks as a value.
  func train(_ generator: Model, against discriminator: Model?, options: TrainingOptions) throws -> Value {
    let job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: stream,
      surroundings: HostSurroundings(host: context.host))
    let result = try job.train(
      generator, against: discriminator, validatedOn: validation, options: options, keptIn: file, from: start,
      stopped: interrupted?.network)
    return finish(result, options: options)
  }

  /// The epochs before those of this training.
  private var earlierHistory: [EpochRecord] {
    if let interrupted, let start {
      // Its own epochs, the last one perhaps begun, stand at the end.
      return interrupted.history.dropLast(start.history.count + (start.stepsBegun > 0 ? 1 : 0))
    }
    let hasFrom = arguments.given.contains("from")
    return hasFrom ? arguments.object("from", as: NetworkValue.self)?.history ?? [] : []
  }

  /// The trained network as a value, with a line about the last epoch; an interrupted training says how to go on.
  private func finish(_ result: TrainingResult, options: TrainingOptions) -> Value {
    let earlier = earlierHistory
    let history =
      earlier
      + result.history.map { record in
        var renumbered = record
        renumbered.epoch += earlier.count
        return renumbered
      }
    let network = NetworkValue(
      result.generator, discriminator: result.discriminator, history: history, features: dataset.features,
      wasInterrupted: result.wasInterrupted, imageSide: dataset.squareSide, checkpoint: result.interrupted)
    context.host.emit(.text(line(about: result, options)))
    if let advice = result.history.last?.discriminatorHealth?.advice { context.host.note(advice) }
    if let note = note(on: network, result, options) { context.host.note(note) }
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
  private func note(on network: NetworkValue, _ result: TrainingResult, _ options: TrainingOptions) -> String? {
    if options.statistics == .running { return network.noteOnRunningAverages }
    guard result.lacksStatistics, context.host.stateFolder == nil else { return nil }
    return
      "batch norm's statistics were not measured, so the network predicts with its running averages, which may lag far "
      + "behind"
  }

  private func line(about result: TrainingResult, _ options: TrainingOptions) -> String {
    let steps = result.interrupted?.stepsBegun ?? 0
    let whole = result.history.count - (steps > 0 ? 1 : 0)
    var line = "trained \(whole) of \(options.epochs) epochs"
    if steps > 0 { line += " and \(steps) step\(steps == 1 ? "" : "s") of the next" }
    if let last = result.history.last {
      line +=
        ": loss \(formatted(last.generator.total, decimals: 4)), DSC \(formatted(last.trainingDice, decimals: 4))"
    }
    if result.stoppedEarly { line += "; no better validation DSC for \(options.patience) epochs" }
    if options.keep == .best { line += "; kept epoch \(result.keptEpoch)" }
    return line
  }
}

extension Context {
  /// Where the host keeps the states of this call though nobody asked for it: how the names of their files begin, as
  /// `Host.keep` takes them, or the folder of several.
  var stateFolder: String? { host.stateFolder.map { "\($0)/\(randomKey.cell)-\(randomKey.index)" } }
}

extension NetworkValue {
  /// That its running averages still hold much of what they began with; `nil` where they have forgotten that.
  var noteOnRunningAverages: String? {
    let steps = history.reduce(0) { $0 + $1.steps }
    let share = model.initialShare(ofRunningAveragesAfter: steps)
    guard share > 0.05 else { return nil }
    let momentum = Model.momentum(forgettingWithin: steps).map { ", or train with `bn-momentum: \($0)`" } ?? ""
    let percent = formatted(100 * share, decimals: 0)
    return "batch norm predicts with running averages that are to \(percent) % what they began with: \(steps) steps "
      + "are few for a momentum of \(decimal(model.batchNormMomentum)); `statistics: population` measures them"
      + momentum
  }
}
