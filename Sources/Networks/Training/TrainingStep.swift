import Tensors

/// What one kind of training does with one batch. The trainer's loop is the same for all of them; a new system is a new
/// conformance.
package protocol TrainingStep {
  /// The network that predicts, then the discriminator trained beside it, if there is one.
  var learners: [Learner] { get }

  /// Learns from one batch: images `[batch, height, width, channels]`, label maps `[batch, height, width, 1]`.
  ///
  /// - Parameter rateShare: of the initial learning rate, in (0, 1].
  mutating func learn(images: Tensor, labels: Tensor, rateShare: Float) throws(StepError) -> StepReport

  /// Goes on from where the learners stood.
  mutating func restore(_ states: [LearnerState])
}

extension TrainingStep {
  /// The network that predicts, as trained so far.
  package var generator: Model { learners[0].model }
  /// The discriminator trained beside it.
  package var discriminator: Model? { learners.count > 1 ? learners[1].model : nil }
}

extension [Learner] {
  mutating func restore(_ states: [LearnerState]) {
    precondition(states.count == count, "every learner has its state")
    for index in indices { self[index].restore(states[index]) }
  }
}

/// What can go wrong within a step, before the trainer adds which step it was.
package enum StepError: Error {
  case network(NetworkError)
  /// `layer` is the first whose map is not finite; `parameter` the first weights that are not.
  case notFinite(loss: String, layer: String?, parameter: String?)
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
