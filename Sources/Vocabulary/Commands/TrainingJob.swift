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

  /// The state that a file keeps; nil where there is none yet.
  static func state(in path: String) throws -> Checkpoint? {
    pathKind(path) == nil ? nil : try Checkpoint(opening: path)
  }

  /// - Parameters:
  ///   - path: the file that keeps the state after every epoch; nil keeps none.
  ///   - start: where to go on from.
  ///   - startedFromOthers: whether that training may have begun with other weights: its own are all that count.
  func train(
    _ generator: Model, against discriminator: Model?, validate: (@Sendable (Model) throws -> Double)?,
    options: TrainingOptions, keptAt path: String? = nil, from start: Checkpoint? = nil,
    startedFromOthers: Bool = false
  ) throws -> TrainingResult {
    let batches = try TrainingBatches(dataset, batch: batch, stream: stream.substream("batches"))
    var subject = "data \(dataDigest)"
    if startedFromOthers, let start, start.subject.hasPrefix(subject + " ") {
      subject = start.subject
    } else {
      subject += " start \(digest(of: [generator] + (discriminator.map { [$0] } ?? [])))"
    }
    var checkpoints = Checkpoints(subject: subject, stream: stream.identity, start: start, keep: nil)
    if let path { checkpoints.keep = { try $0.save(to: path, engineVersion: engineVersion) } }
    if let start {
      try start.check(
        subject: subject, options: options, networks: [generator] + (discriminator.map { [$0] } ?? []))
      let place = start.stepsBegun > 0 ? "in epoch \(start.history.count + 1)" : "after epoch \(start.history.count)"
      host.emit(.text((label.isEmpty ? "" : "\(label): ") + "\(TrainingParameters.goingOn)\(place)"))
    }
    let clock = TrainingClock(label: label)
    return try Networks.train(
      generator, against: discriminator, on: batches, validate: validate, options: options, checkpoints: checkpoints,
      report: { [host] in host.report(clock.progress($0)) }, isCancelled: { [host] in host.isCancelled })
  }

  /// Of the images and masks, of how they are augmented, seen and batched, and of the random stream.
  private var dataDigest: String {
    var digest = Digest()
    for sample in dataset.samples {
      digest.add(sample.name)
      digest.add(sample.image.pixels)
      if let mask = sample.mask { digest.add(mask.plane.pixels) }
    }
    digest.add("\(dataset.workingSize ?? 0) \(String(describing: dataset.augmentation)) \(dataset.features) \(batch)")
    var draw = stream.substream("fingerprint")
    digest.add("\(draw.next()) \(draw.next())")
    return digest.text
  }

  /// Of weights.
  private func digest(of networks: [Model]) -> String {
    var digest = Digest()
    for network in networks {
      for name in network.parameters.names { digest.add(network.parameters[name].values) }
    }
    return digest.text
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
