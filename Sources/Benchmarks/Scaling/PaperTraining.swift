import Angiography
import Imaging
import Networks
import Tensors

/// The 2021 paper's full training (method §2, §5): how long it would take here.
public struct PaperTraining: Sendable {
  public static let images = 107
  public static let side = 512
  public static let width = 64

  /// Steps in all.
  public let steps: Int
  /// Seconds of each: preparing a batch and learning from it.
  public let preparation, step: Double
  /// Measuring batch norm's statistics at the end, in seconds.
  public let statistics: Double
  /// In MiB.
  public let peakMebibytes: Double

  package init(steps: Int, preparation: Double, step: Double, statistics: Double, peakMebibytes: Double) {
    self.steps = steps
    self.preparation = preparation
    self.step = step
    self.statistics = statistics
    self.peakMebibytes = peakMebibytes
  }

  /// `nil` where too little was measured.
  public init?(_ steps: CostModel, _ predictions: CostModel) {
    let options = TrainingOptions()
    let batch = TrainingOptions.defaultBatch
    let perEpoch = (Self.images + batch - 1) / batch
    let row = ScalingRow(kind: .step, side: Self.side, width: Self.width, count: batch)
    let prediction = ScalingRow(kind: .prediction, side: Self.side, width: Self.width, count: 1)
    guard let step = steps.seconds(of: row), let peak = steps.peakMebibytes(of: row),
      let forward = predictions.seconds(of: prediction)
    else { return nil }
    let share = Self.share(perEpoch, batch)
    self.init(
      steps: options.epochs * perEpoch, preparation: Self.secondsToPrepareBatch(of: batch) * share, step: step * share,
      statistics: forward * Double(Self.images), peakMebibytes: peak)
  }

  /// The last batch of an epoch holds one image: what a step has of a whole one's images on average.
  private static func share(_ perEpoch: Int, _ batch: Int) -> Double { Double(images) / Double(perEpoch * batch) }

  /// Of a step on a whole batch.
  var wholeStep: Double {
    let batch = TrainingOptions.defaultBatch
    return step / Self.share((Self.images + batch - 1) / batch, batch)
  }

  public var seconds: Double { (preparation + step) * Double(steps) + statistics }

  /// What flipping, shifting and turning the images of a batch takes, as the median of a few.
  private static func secondsToPrepareBatch(of count: Int) -> Double {
    let mask = Mask(width: side, height: side, filledWith: true)
    let samples = (0..<count).map { index in
      Sample(
        name: "\(index)", image: Plane(width: side, height: side, filledWith: 0.5),
        mask: mask, fieldOfView: mask)
    }
    let dataset = Dataset(name: "measured", samples: samples, augmentation: Augmentation())
    guard let batches = try? TrainingBatches(dataset, batch: count, stream: benchmarkStream.substream("batches")) else {
      return 0
    }
    let times = (1...5).map { epoch in measured { _ = batches.batch(epoch: epoch, index: 0) }.seconds }
    return times.sorted()[times.count / 2]
  }
}
