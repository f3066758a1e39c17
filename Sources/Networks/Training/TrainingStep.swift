import Tensors

/// What one kind of training does with one batch. The trainer's loop is the same for all of them; a new system is a new
/// conformance.
protocol TrainingStep {
  /// The network that predicts, as trained so far.
  var generator: Model { get }
  /// The discriminator trained beside it.
  var discriminator: Model? { get }

  /// Learns from one batch: images `[batch, height, width, channels]`, label maps `[batch, height, width, 1]`.
  mutating func learn(images: Tensor, labels: Tensor) throws(StepError) -> StepReport
}

/// What can go wrong within a step, before the trainer adds which step it was.
package enum StepError: Error {
  case network(NetworkError)
  case notFinite(loss: String, parameter: String?)
}

extension StepReport {
  /// The losses, and the pixels that the DSC of G's map counts.
  init(generator: GeneratorLoss, discriminator: DiscriminatorLoss? = nil, generated: Tensor, labels: Tensor) {
    var predicted = 0
    var truth = 0
    var shared = 0
    for (probability, label) in zip(generated.values, labels.values) {
      let isPredicted = MethodLosses.isPositive(probability)
      let isTrue = MethodLosses.isPositive(label)
      predicted += isPredicted ? 1 : 0
      truth += isTrue ? 1 : 0
      shared += isPredicted && isTrue ? 1 : 0
    }
    self.init(
      generator: generator, discriminator: discriminator, predictedPixels: predicted, truePixels: truth,
      sharedPixels: shared)
  }
}
