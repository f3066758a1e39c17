import Angiography
import Language
import Networks
import Tensors

/// One call of a training command: what it trains on, and the trained networks as its value.
struct TrainingRun {
  let dataset: Dataset
  /// What batches and starting weights are drawn from: in a training that goes on, what it began with.
  let stream: RandomStream
  private let validate: (@Sendable (Model) throws -> Double)?
  private let arguments: Arguments
  private let context: Context
  /// The interrupted network to go on with.
  private let interrupted: NetworkValue?
  private let start: Checkpoint?
  /// The file that keeps the state.
  private let path: String?

  /// - Parameter isWhole: whether the command declares what a whole training takes: `validation:`, `checkpoint:`, `resume:`.
  init(_ arguments: Arguments, _ context: Context, isWhole: Bool = true) throws {
    let data: DatasetValue = arguments.require("data")
    self.context = context
    self.arguments = arguments
    dataset = data.dataset
    let isKept = isWhole && !arguments.isNone("checkpoint")
    path = isKept ? try context.host.pathToKeep(arguments.text("checkpoint")) : nil
    interrupted = isWhole ? arguments.object(TrainingParameters.resumeName) : nil
    start = isWhole ? try Self.start(interrupted, arguments, path) : nil
    // The cell of a training that goes on may be another, its seed may not.
    let own = Randomness.stream(arguments, context)
    let begun = start?.stream.map { RandomStream($0) }
    let isOfSeed = interrupted != nil || begun?.identity.seed == own.identity.seed
    stream = arguments.isNone("seed") && isOfSeed ? begun ?? own : own
    if isWhole, let held = arguments.object("validation", as: DatasetValue.self) {
      let unmarked = held.dataset.samples.filter { $0.mask == nil }.map(\.name)
      guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
      var seen = held.dataset
      seen.features = dataset.features
      validate = Prediction.validation(on: seen)
    } else {
      validate = nil
    }
  }

  /// Where to go on from: the state of an interrupted network, or that in the file.
  private static func start(
    _ interrupted: NetworkValue?, _ arguments: Arguments, _ path: String?
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
    guard let path else {
      throw Failure("nothing-to-resume", "`resume: true` needs `checkpoint:`, the file to go on from")
    }
    return try TrainingJob.state(in: path)
  }

  /// Trains, and gives the trained networks as a value.
  func train(_ generator: Model, against discriminator: Model?, options: TrainingOptions) throws -> Value {
    let job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: stream, host: context.host)
    let result = try job.train(
      generator, against: discriminator, validate: validate, options: options, keptAt: path, from: start,
      startedFromOthers: interrupted != nil)
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
      wasInterrupted: result.wasInterrupted, checkpoint: result.interrupted)
    context.host.emit(.text(line(about: result, options)))
    if let advice = result.history.last?.discriminatorHealth?.advice { context.host.emit(.text("note: \(advice)")) }
    if result.wasInterrupted {
      let way = path == nil ? "`\(TrainingParameters.resumeName): NETWORK`" : "`\(TrainingParameters.resumeName): true`"
      context.host.emit(.text("stopped; what it has learnt so far is kept, and \(way) goes on from there"))
    }
    return .object(network)
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
