import Angiography
import Files
import Language
import Networks
import Tensors

/// One training: on which data, with which random numbers, told to whom.
struct TrainingJob {
  let dataset: Dataset
  let batch: Int
  let stream: RandomStream
  let host: any Host
  /// Before the epochs in progress lines; empty for none.
  var label = ""

  /// - Parameters:
  ///   - checkpoint: the file that keeps the state after every epoch; nil keeps none.
  ///   - resuming: whether to go on from it if it is there.
  func train(
    _ generator: Model, against discriminator: Model?, validate: (@Sendable (Model) throws -> Double)?,
    options: TrainingOptions, checkpoint: String?, resuming: Bool
  ) throws -> TrainingResult {
    let batches = try TrainingBatches(dataset, batch: batch, stream: stream.substream("batches"))
    let checkpoints = try checkpoint.map { path in
      let start = resuming && pathKind(path) != nil ? try Checkpoint(opening: path) : nil
      if let start {
        host.emit(.text((label.isEmpty ? "" : "\(label): ") + "going on after epoch \(start.history.count)"))
      }
      return Checkpoints(subject: subject([generator] + (discriminator.map { [$0] } ?? [])), start: start) {
        try $0.save(to: path, engineVersion: engineVersion)
      }
    }
    let clock = TrainingClock(label: label, epochsBefore: checkpoints?.start?.history.count ?? 0)
    return try Networks.train(
      generator, against: discriminator, on: batches, validate: validate, options: options, checkpoints: checkpoints,
      report: { [host] in host.report(clock.progress($0)) }, isCancelled: { [host] in host.isCancelled })
  }

  /// What the training learns from: a digest of the images, masks and starting weights, of how they are augmented, seen
  /// and batched, and of the random stream.
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
    digest.add("\(dataset.workingSize ?? 0) \(String(describing: dataset.augmentation)) \(dataset.features) \(batch)")
    var draw = stream.substream("fingerprint")
    digest.add("\(draw.next()) \(draw.next())")
    return "digest \(digest.text)"
  }
}

/// Tells how far a training has come; the time left is what the steps so far took on average.
private struct TrainingClock: Sendable {
  let label: String
  let epochsBefore: Int
  private let started = ContinuousClock.now

  init(label: String, epochsBefore: Int) {
    self.label = label
    self.epochsBefore = epochsBefore
  }

  func progress(_ progress: TrainingProgress) -> Progress {
    let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
    let total = progress.epochs * progress.stepsPerEpoch
    let fresh = done - epochsBefore * progress.stepsPerEpoch
    let elapsed = started.duration(to: .now) / .seconds(1)
    return Progress(
      (label.isEmpty ? "" : "\(label), ") + "epoch \(progress.epoch)/\(progress.epochs)", done: done, of: total,
      readings: Self.readings(progress), secondsLeft: elapsed / Double(max(fresh, 1)) * Double(total - done),
      isMilestone: progress.finishedEpoch != nil)
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
