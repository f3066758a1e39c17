import Angiography
import Networks

/// How networks learn, and how large they are.
package struct LearningSettings: Sendable {
  package let options: TrainingOptions
  /// Images a step.
  package let batch: Int
  /// Channels of the first block.
  package let width: Int
  package let batchNormMomentum: Float
  /// What generators start with, weights and all; `nil` where their weights are drawn.
  package let start: TrainedNetwork?

  package init(options: TrainingOptions, batch: Int, width: Int, batchNormMomentum: Float, start: TrainedNetwork? = nil)
  {
    self.start = start
    self.options = options
    self.batch = batch
    self.width = width
    self.batchNormMomentum = batchNormMomentum
  }

  func scale(for dataset: Dataset) -> SystemScale {
    SystemScale(width: width, batchNormMomentum: batchNormMomentum, for: dataset)
  }
}

extension SystemScale {
  /// Of networks for the images of a dataset.
  package init(width: Int, batchNormMomentum: Float, for dataset: Dataset) {
    let frame = dataset.samples.first?.frame(workingSize: dataset.workingSize)
    self.init(
      width: width, imageChannels: dataset.features.count, side: frame.map { min($0.width, $0.height) } ?? 512,
      batchNormMomentum: batchNormMomentum)
  }
}

extension TrainingOptions {
  /// Whether the DSC on images put aside decides which weights are kept, or when training ends.
  var isDecidedByValidation: Bool { keep == .best || patience > 0 }
}
