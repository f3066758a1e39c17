import Angiography
import Files
import Language
import Networks
import Tensors

/// One call of a training command: its batches, its reports, its checkpoints, its way to stop.
struct TrainingRun: Sendable {
  let dataset: Dataset
  let stream: RandomStream
  private let batches: TrainingBatches
  private let validate: (@Sendable (Model) throws -> Double)?
  private let arguments: Arguments
  private let context: Context
  private let started = ContinuousClock.now

  init(_ arguments: Arguments, _ context: Context) throws {
    let data: DatasetValue = arguments.require("data")
    self.context = context
    self.arguments = arguments
    dataset = data.dataset
    stream = Randomness.stream(arguments, context)
    batches = try TrainingBatches(dataset, batch: arguments.integer("batch"), stream: stream.substream("batches"))
    if let held = arguments.object("validation", as: DatasetValue.self) {
      let unmarked = held.dataset.samples.filter { $0.mask == nil }.map(\.name)
      guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
      validate = { model in try Prediction.dice(of: model, on: held.dataset) }
    } else {
      validate = nil
    }
  }

  /// Trains, and gives the trained networks as a value.
  func train(_ generator: Model, against discriminator: Model?, options: TrainingOptions) throws -> Value {
    let checkpoints = try checkpoints(of: [generator] + (discriminator.map { [$0] } ?? []))
    if let start = checkpoints?.start {
      context.host.emit(.text("going on after epoch \(start.history.count)"))
    }
    let result = try Networks.train(
      generator, against: discriminator, on: batches, validate: validate, options: options, checkpoints: checkpoints,
      report: { report($0) }, isCancelled: { [host = context.host] in host.isCancelled })
    return finish(result, options: options)
  }

  // MARK: Checkpoints

  /// Where `checkpoint:` keeps the state, and the state to go on from if `resume:` asks for it.
  private func checkpoints(of networks: [Model]) throws -> Checkpoints? {
    guard !arguments.isNone("checkpoint") else {
      guard !arguments.truth("resume") else {
        throw Failure("nothing-to-resume", "`resume: true` needs `checkpoint:`, the file to go on from")
      }
      return nil
    }
    let path = try context.host.pathToKeep(arguments.text("checkpoint"))
    let start = arguments.truth("resume") && pathKind(path) != nil ? try Checkpoint(opening: path) : nil
    return Checkpoints(subject: subject(networks), start: start) {
      try $0.save(to: path, engineVersion: engineVersion)
    }
  }

  /// What the training learns from: a digest of the images, masks and starting weights, of how they are augmented and
  /// batched, and of the random stream.
  private func subject(_ networks: [Model]) -> String {
    var digest = Digest()
    for sample in dataset.samples {
      digest.add(sample.name)
      digest.add(sample.image.pixels)
      if let mask = sample.mask { digest.add(mask.plane.pixels) }
    }
    for network in networks {
      for name in network.parameters.names { digest.add(network.parameters[name].values) }
    }
    digest.add("\(dataset.workingSize ?? 0) \(String(describing: dataset.augmentation)) \(arguments.integer("batch"))")
    var draw = stream.substream("fingerprint")
    digest.add("\(draw.next()) \(draw.next())")
    return "digest \(digest.text)"
  }

  // MARK: Telling

  /// Tells the host how far training has come; the time left is what the steps so far took on average.
  private func report(_ progress: TrainingProgress) {
    let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
    let total = progress.epochs * progress.stepsPerEpoch
    let elapsed = started.duration(to: .now) / .seconds(1)
    context.host.report(
      Progress(
        "epoch \(progress.epoch)/\(progress.epochs)", done: done, of: total, readings: Self.readings(progress),
        secondsLeft: elapsed / Double(done) * Double(total - done), isMilestone: progress.finishedEpoch != nil))
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
      result.generator, discriminator: result.discriminator, history: history,
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
      let way =
        arguments.isNone("checkpoint") ? "with from: NETWORK epochs: \(left)" : "with resume: true"
      context.host.emit(.text("stopped; the network so far is kept. To go on, repeat the command \(way)"))
    }
    return .object(network)
  }
}

/// A 64-bit digest (FNV-1a) of numbers and texts: the same everywhere, and different for what differs, by chance alone
/// excepted; not against somebody who wants it to be the same.
struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }

  mutating func add(_ numbers: [Float]) {
    for number in numbers { add(UInt64(number.bitPattern)) }
    add(UInt64(numbers.count))
  }

  private mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01b3 }

  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
