import Tensors

/// Everything that one step of adversarial learning computed: D's update, then G's, on one batch.
///
/// Maps are `[batch, height, width, 1]`; a discriminator's answers have the shapes of `NetworkOutput`.
public struct StepTrace: Sendable, Codable {
  /// What `AdversarialStep` notes on its way.
  struct Notes {
    var generated = Tensor([1])
    var pixelTarget = Tensor([1])
    var onReal: [String: Tensor] = [:]
    var onGenerated: [String: Tensor] = [:]
    var afterUpdate: [String: Tensor] = [:]
    var discriminatorGradients: [GradientNorm] = []
    var generatorGradients: [GradientNorm] = []
  }

  /// How steep the loss is along the weights of one layer.
  public struct GradientNorm: Sendable, Hashable, Codable {
    /// Of the weights, biases or scales: `encoder1.convolution1.weights`.
    public let parameter: String
    /// Euclidean norm, as Adam meets it.
    public let norm: Double
  }

  public let images: Tensor
  /// Y_G.
  public let labels: Tensor
  /// G(X_G), probabilities before the step.
  public let generated: Tensor
  /// Y_DP of the generated map, Eq. 7.
  public let pixelTarget: Tensor
  /// D's answers, by output name, for the label map and for G's, from which D learns (Eq. 2); with several steps of D,
  /// those of the last.
  public let onReal, onGenerated: [String: Tensor]
  /// D's answers for G's map after D's update, from which G learns (Eq. 1).
  public let afterUpdate: [String: Tensor]
  public let report: StepReport
  public let discriminatorGradients, generatorGradients: [GradientNorm]
  /// The networks after the step.
  public let generator, discriminator: Model
}

/// One step of adversarial learning, with all that it computed on the way. Adam starts anew.
///
/// - Parameters:
///   - images: `[batch, height, width, channels]`, labels: `[batch, height, width, maps]`, in [0, 1], non-perfusion first.
public func traceStep(
  generator: Model, discriminator: Model, images: Tensor, labels: Tensor, options: TrainingOptions = TrainingOptions()
) throws(TrainingError) -> StepTrace {
  try checkRoles(generator.architecture, discriminator.architecture, options)
  try checkMemory(forTraining: generator, discriminator)
  var step = AdversarialStep(generator: generator, discriminator: discriminator, options: options)
  step.notes = StepTrace.Notes()
  let report: StepReport
  do {
    report = try step.learn(images: images, labels: labels)
  } catch {
    throw TrainingError(error, epoch: 1, step: 1)
  }
  guard let notes = step.notes, let judge = step.discriminator else {
    preconditionFailure("an adversarial step has a discriminator and keeps its notes")
  }
  return StepTrace(
    images: images, labels: labels.channel(0), generated: notes.generated, pixelTarget: notes.pixelTarget,
    onReal: notes.onReal,
    onGenerated: notes.onGenerated, afterUpdate: notes.afterUpdate, report: report,
    discriminatorGradients: notes.discriminatorGradients, generatorGradients: notes.generatorGradients,
    generator: step.generator, discriminator: judge)
}
