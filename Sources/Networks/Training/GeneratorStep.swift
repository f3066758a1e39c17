import Tensors

/// A network that predicts, trained alone on L_bce (Eq. 3).
struct GeneratorStep: TrainingStep {
  private(set) var learners: [Learner]
  private let options: TrainingOptions

  init(_ model: Model, options: TrainingOptions) {
    learners = [Learner(model, options: options)]
    self.options = options
  }

  mutating func learn(
    images: Tensor, labels: Tensor, unlabelled: UnlabelledBatch?, part: BatchPart, rateShare: Float
  ) throws(StepError) -> StepReport {
    precondition(unlabelled == nil, "what nobody has labelled is learnt from by a discriminator's answers")
    let judged = labels.judged(behind: learners[0].model.architecture.labelChannels)
    let drawn = try learners[0].forward([NetworkInput.image: images], part)
    let loss = MethodLosses.segmentation(drawn, labels, judged: judged, options: options, part: part)
    try learners[0].checkFinite(loss.crossEntropy, named: "L_bce")
    learners[0].backward(loss.gradients)
    try learners[0].descend(rateShare: rateShare)
    let total = loss.crossEntropy + Double(options.dice) * (loss.dice ?? 0)
    return StepReport(
      generator: GeneratorLoss(crossEntropy: loss.crossEntropy, dice: loss.dice, total: total),
      generated: drawn.named(NetworkOutput.probability).within(judged), labels: labels.channel(0).within(judged),
      part: part)
  }

  mutating func restore(_ states: [LearnerState]) { learners.restore(states) }
}
