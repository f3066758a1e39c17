import Networks
import Synchronization
import Tensors

/// A problem small enough to learn in a test: a dark square on a noisy ground.
enum Toy {
  static func generator() throws -> Model {
    try Model(UNetConfiguration(width: 4, depth: 2, batchNormMomentum: 0.9), stream: RandomStream(seed: 1))
  }

  static func discriminator() throws -> Model {
    try Model(
      DiscriminatorConfiguration(width: 4, depth: 3, batchNormMomentum: 0.9), stream: RandomStream(seed: 2))
  }

  static func options(epochs: Int = 1, rate: Float = 2e-4) -> TrainingOptions {
    TrainingOptions(epochs: epochs, rate: rate)
  }

  /// `[count, 16, 16, 1]`: grey 0.5 to 0.9, with a square of 0 to 0.3 where `labels` is 1.
  static func images(_ name: String, count: Int) -> Tensor {
    let shape = [count, 16, 16, 1]
    return hashed(name, shape, from: 0.5, to: 0.9) * (1 - labels(count: count))
      + hashed("\(name), dark", shape, from: 0, to: 0.3) * labels(count: count)
  }

  static func labels(count: Int) -> Tensor {
    var labels = Tensor([count, 16, 16, 1])
    for image in 0..<count {
      for y in 4..<10 { for x in 3 + image..<11 + image { labels[flat: (image * 16 + y) * 16 + x] = 1 } }
    }
    return labels
  }

  static func source(lastBatch: Int = 2) -> ToyBatches { ToyBatches(lastBatch: lastBatch) }

  static func trainedPair(_ options: TrainingOptions = options(epochs: 2)) throws -> TrainingResult {
    try trainGAN(generator: generator(), discriminator: discriminator(), on: source(), options: options)
  }

  /// Every number of a network, in order.
  static func weights(_ model: Model) -> [UInt32] {
    model.parameters.names.flatMap { model.parameters[$0].values.map(\.bitPattern) }
  }

  /// Every number of a training's result but the seconds.
  static func everything(of result: TrainingResult) -> [UInt64] {
    let weights = weights(result.generator) + (result.discriminator.map(weights) ?? [])
    let losses = result.history.flatMap { (record: EpochRecord) -> [Double] in
      [record.generator.total, record.discriminator?.total ?? 0, record.trainingDice]
    }
    return weights.map { UInt64($0) } + losses.map(\.bitPattern)
  }
}

/// Two batches an epoch, the same in every epoch.
struct ToyBatches: BatchSource {
  let lastBatch: Int
  var batchesPerEpoch = 2

  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
    let count = index == 1 ? lastBatch : 2
    return (Toy.images("batch \(index)", count: count), Toy.labels(count: count))
  }
}

/// Counts from 0, across closures that may run anywhere.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0 - 1
    }
  }
}

/// Trains a network alone on L_bce (Eq. 3).
func trainNetwork(
  _ model: Model, on source: any BatchSource, validate: (@Sendable (Model) throws -> Double)? = nil,
  options: TrainingOptions = TrainingOptions(), report: @escaping (TrainingProgress) -> Void = { _ in },
  isCancelled: @escaping () -> Bool = { false }
) throws(TrainingError) -> TrainingResult {
  try train(
    model, against: nil, on: source, validate: validate, options: options, report: report,
    watch: TrainingWatch(isCancelled: isCancelled))
}

/// Trains a generator and a discriminator against each other (Eq. 1 to 7).
func trainGAN(
  generator: Model, discriminator: Model, on source: any BatchSource,
  validate: (@Sendable (Model) throws -> Double)? = nil, options: TrainingOptions = TrainingOptions(),
  report: @escaping (TrainingProgress) -> Void = { _ in }, isCancelled: @escaping () -> Bool = { false }
) throws(TrainingError) -> TrainingResult {
  try train(
    generator, against: discriminator, on: source, validate: validate, options: options, report: report,
    watch: TrainingWatch(isCancelled: isCancelled))
}
