import Angiography
import Language
import Networks
import Tensors

/// One call of a training command: what it trains on, and the trained networks as its value.
struct TrainingRun {
  let dataset: Dataset
  let stream: RandomStream
  private let validate: (@Sendable (Model) throws -> Double)?
  private let arguments: Arguments
  private let context: Context

  /// - Parameter canValidate: whether the command declares `validation:`.
  init(_ arguments: Arguments, _ context: Context, canValidate: Bool = true) throws {
    let data: DatasetValue = arguments.require("data")
    self.context = context
    self.arguments = arguments
    dataset = data.dataset
    stream = Randomness.stream(arguments, context)
    if canValidate, let held = arguments.object("validation", as: DatasetValue.self) {
      let unmarked = held.dataset.samples.filter { $0.mask == nil }.map(\.name)
      guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
      var seen = held.dataset
      seen.features = dataset.features
      validate = Prediction.validation(on: seen)
    } else {
      validate = nil
    }
  }

  /// Trains, and gives the trained networks as a value.
  func train(_ generator: Model, against discriminator: Model?, options: TrainingOptions) throws -> Value {
    let isKept = !arguments.isNone("checkpoint")
    guard isKept || !arguments.truth("resume") else {
      throw Failure("nothing-to-resume", "`resume: true` needs `checkpoint:`, the file to go on from")
    }
    let job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: stream, host: context.host)
    let result = try job.train(
      generator, against: discriminator, validate: validate, options: options,
      checkpoint: isKept ? try context.host.pathToKeep(arguments.text("checkpoint")) : nil,
      resuming: arguments.truth("resume"))
    return finish(result, options: options)
  }

  /// The trained network as a value, with a line about the last epoch; an interrupted training says how to go on.
  private func finish(_ result: TrainingResult, options: TrainingOptions) -> Value {
    let hasFrom = arguments.given.contains("from")
    let earlier = hasFrom ? arguments.object("from", as: NetworkValue.self)?.history ?? [] : []
    let history =
      earlier
      + result.history.map { record in
        var renumbered = record
        renumbered.epoch += earlier.count
        return renumbered
      }
    let network = NetworkValue(
      result.generator, discriminator: result.discriminator, history: history, features: dataset.features,
      wasInterrupted: result.wasInterrupted)
    var line = "trained \(result.history.count) of \(options.epochs) epochs"
    if let last = result.history.last {
      line +=
        ": loss \(formatted(last.generator.total, decimals: 4)), dice \(formatted(last.trainingDice, decimals: 4))"
    }
    if result.stoppedEarly { line += "; no better validation DSC for \(options.patience) epochs" }
    if options.keep == .best { line += "; kept epoch \(result.keptEpoch)" }
    context.host.emit(.text(line))
    if let advice = result.history.last?.discriminatorHealth?.advice { context.host.emit(.text("note: \(advice)")) }
    if result.wasInterrupted {
      let left = max(1, options.epochs - result.history.count)
      let way = arguments.isNone("checkpoint") ? "with from: NETWORK epochs: \(left)" : "with resume: true"
      context.host.emit(.text("stopped; the network so far is kept. To go on, repeat the command \(way)"))
    }
    return .object(network)
  }
}
