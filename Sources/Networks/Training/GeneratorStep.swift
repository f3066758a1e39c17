import Tensors

/// A U-Net alone, whose loss is L_bce (Eq. 3).
struct GeneratorStep: TrainingStep {
  private var learner: Learner
  private let options: TrainingOptions

  init(_ model: Model, options: TrainingOptions) {
    learner = Learner(model, options: options)
    self.options = options
  }

  var generator: Model { learner.model }
  var discriminator: Model? { nil }

  mutating func learn(images: Tensor, labels: Tensor) throws(StepError) -> StepReport {
    let generated = try learner.forward([NetworkInput.image: images], output: NetworkOutput.probability)
    let loss = MethodLosses.crossEntropy(generated, labels, reduction: options.crossEntropy)
    try learner.checkFinite(loss.value, named: "L_bce")
    learner.backward([NetworkOutput.probability: loss.gradient])
    try learner.descend()
    return StepReport(
      generator: GeneratorLoss(crossEntropy: loss.value, verdict: nil, pixels: nil, total: loss.value),
      generated: generated, labels: labels)
  }
}
