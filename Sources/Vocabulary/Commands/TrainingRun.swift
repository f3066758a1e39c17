import Angiography
import Language
import Networks
import Tensors

/// One call of a training command: its batches, its reports, its way to stop.
struct TrainingRun: Sendable {
  let batches: TrainingBatches
  let validate: (@Sendable (Model) throws -> Double)?
  private let context: Context
  private let started = ContinuousClock.now

  init(_ arguments: Arguments, _ context: Context, stream: RandomStream) throws {
    let data: DatasetValue = arguments.require("data")
    self.context = context
    batches = try TrainingBatches(
      data.dataset, batch: arguments.integer("batch"), stream: stream.substream("batches"))
    if let held = arguments.object("validation", as: DatasetValue.self) {
      let unmarked = held.dataset.samples.filter { $0.mask == nil }.map(\.name)
      guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
      validate = { model in try Prediction.dice(of: model, on: held.dataset) }
    } else {
      validate = nil
    }
  }

  var isCancelled: @Sendable () -> Bool {
    { [host = context.host] in host.isCancelled }
  }

  /// Tells the host how far training has come; the time left is what the steps so far took on average.
  var report: @Sendable (TrainingProgress) -> Void {
    { [host = context.host, started] progress in
      let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
      let total = progress.epochs * progress.stepsPerEpoch
      let elapsed = started.duration(to: .now) / .seconds(1)
      host.report(
        Progress(
          "epoch \(progress.epoch)/\(progress.epochs)", done: done, of: total, readings: Self.readings(progress),
          secondsLeft: elapsed / Double(done) * Double(total - done), isMilestone: progress.finishedEpoch != nil))
    }
  }

  private static func readings(_ progress: TrainingProgress) -> [(name: String, value: Double)] {
    if let epoch = progress.finishedEpoch {
      var readings = [(name: "loss", value: epoch.generator.total)]
      if let judge = epoch.discriminator { readings.append(("D", judge.total)) }
      readings.append(("dice", epoch.trainingDice))
      if let dice = epoch.validationDice { readings.append(("validation", dice)) }
      return readings
    }
    var readings = [(name: "loss", value: progress.report.generator.total)]
    if let judge = progress.report.discriminator { readings.append(("D", judge.total)) }
    return readings
  }

  /// The trained network as a value, with a line about the last epoch; an interrupted training says how to go on.
  func finish(_ result: TrainingResult, from arguments: Arguments) -> Value {
    let planned = arguments.integer("epochs")
    let earlier = arguments.object("from", as: NetworkValue.self)?.history ?? []
    let history =
      earlier
      + result.history.map { record in
        var renumbered = record
        renumbered.epoch += earlier.count
        return renumbered
      }
    let network = NetworkValue(
      result.generator, discriminator: result.discriminator, history: history,
      wasInterrupted: result.wasInterrupted)
    var line = "trained \(result.history.count) of \(planned) epochs"
    if let last = result.history.last {
      line +=
        ": loss \(formatted(last.generator.total, decimals: 4)), dice \(formatted(last.trainingDice, decimals: 4))"
    }
    if arguments.text("keep") == KeptWeights.best.rawValue { line += "; kept epoch \(result.keptEpoch)" }
    context.host.emit(.text(line))
    if result.wasInterrupted {
      let left = max(1, planned - result.history.count)
      context.host.emit(
        .text("stopped; the network so far is kept. To go on, repeat the command with from: NETWORK epochs: \(left)"))
    }
    return .object(network)
  }
}
