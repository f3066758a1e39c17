import Tensors

/// The pixel-discriminating GAN: the discriminator learns Eq. 2, then the generator Eq. 1, on the same batch.
package struct AdversarialStep: TrainingStep {
  private var generatorLearner: Learner
  private var discriminatorLearner: Learner
  private let isConditional: Bool
  private let options: TrainingOptions

  package init(generator: Model, discriminator: Model, options: TrainingOptions) {
    // D works between G's forward and backward pass: what G keeps lies apart, everything else in the same memory.
    let workspace = Workspace()
    generatorLearner = Learner(generator, options: options, workspace: workspace, kept: Workspace())
    discriminatorLearner = Learner(discriminator, options: options, workspace: workspace)
    isConditional = discriminator.graph.inputNames.contains(NetworkInput.image)
    self.options = options
  }

  package var generator: Model { generatorLearner.model }
  package var discriminator: Model? { discriminatorLearner.model }

  /// G runs forward once: its output is what D learns from, and its activations wait for G's own backward pass.
  package mutating func learn(images: Tensor, labels: Tensor) throws(StepError) -> StepReport {
    let generated = try generatorLearner.forward([NetworkInput.image: images], output: NetworkOutput.probability)
    let shown = options.generated == .hard ? MethodLosses.thresholded(generated) : generated
    let target = MethodLosses.pixelTarget(generated: generated, truth: labels, rule: options.pixelTarget)
    var discriminatorLoss: DiscriminatorLoss?
    for _ in 0..<options.discriminatorSteps {
      discriminatorLoss = try learnDiscriminator(images: images, labels: labels, shown: shown, target: target)
    }
    let generatorLoss = try learnGenerator(images: images, labels: labels, generated: generated, shown: shown)
    return StepReport(
      generator: generatorLoss, discriminator: discriminatorLoss, generated: generated, labels: labels)
  }

  /// Eq. 2. The real and the generated label map go through D separately, so that batch norm sees one kind at a time;
  /// their gradients add up.
  private mutating func learnDiscriminator(
    images: Tensor, labels: Tensor, shown: Tensor, target: Tensor
  ) throws(StepError) -> DiscriminatorLoss {
    let real = try judge(labels, of: images, movesStatistics: true)
    let verdictOnReal = MethodLosses.squaredError(real.verdict, against: 1)
    let pixelsOfReal = MethodLosses.squaredError(real.pixels, against: 1)
    try discriminatorLearner.checkFinite(verdictOnReal.value, named: "L_DC on the real map")
    try discriminatorLearner.checkFinite(pixelsOfReal.value, named: "L_DP on the real map")
    discriminatorLearner.backward(gradients(verdictOnReal, pixelsOfReal))

    let fake = try judge(shown, of: images, movesStatistics: true)
    let verdictOnGenerated = MethodLosses.squaredError(fake.verdict, against: 0)
    let pixelsOfGenerated = MethodLosses.squaredError(fake.pixels, against: target)
    try discriminatorLearner.checkFinite(verdictOnGenerated.value, named: "L_DC on the generated map")
    try discriminatorLearner.checkFinite(pixelsOfGenerated.value, named: "L_DP on the generated map")
    discriminatorLearner.backward(gradients(verdictOnGenerated, pixelsOfGenerated))

    try discriminatorLearner.descend()
    return DiscriminatorLoss(
      verdictOnReal: verdictOnReal.value, pixelsOfReal: pixelsOfReal.value,
      verdictOnGenerated: verdictOnGenerated.value, pixelsOfGenerated: pixelsOfGenerated.value)
  }

  /// Eq. 1: G wants D to call its map, and every pixel of it, real. D judges with its batch's statistics, as in its own
  /// step, but neither its weights nor its running statistics change, and their gradients are not computed.
  private mutating func learnGenerator(
    images: Tensor, labels: Tensor, generated: Tensor, shown: Tensor
  ) throws(StepError) -> GeneratorLoss {
    let crossEntropy = MethodLosses.crossEntropy(generated, labels, reduction: options.crossEntropy)
    try generatorLearner.checkFinite(crossEntropy.value, named: "L_bce")

    let judged = try judge(shown, of: images, movesStatistics: false)
    var verdict = MethodLosses.squaredError(judged.verdict, against: 1)
    var pixels = MethodLosses.squaredError(judged.pixels, against: 1)
    try discriminatorLearner.checkFinite(verdict.value, named: "L_DC")
    try discriminatorLearner.checkFinite(pixels.value, named: "L_DP")
    verdict.gradient = verdict.gradient * options.beta
    pixels.gradient = pixels.gradient * options.gamma
    // With `generated: hard` this is the straight-through gradient: D saw the thresholded map.
    var gradient = discriminatorLearner.inputGradient(gradients(verdict, pixels), of: NetworkInput.map)
    gradient.add(crossEntropy.gradient, times: options.alpha)

    generatorLearner.backward([NetworkOutput.probability: gradient])
    try generatorLearner.descend()
    let total =
      Double(options.alpha) * crossEntropy.value + Double(options.beta) * verdict.value
      + Double(options.gamma) * pixels.value
    return GeneratorLoss(
      crossEntropy: crossEntropy.value, verdict: verdict.value, pixels: pixels.value, total: total)
  }

  private mutating func judge(
    _ map: Tensor, of images: Tensor, movesStatistics: Bool
  ) throws(StepError) -> (verdict: Tensor, pixels: Tensor) {
    var inputs = [NetworkInput.map: map]
    if isConditional { inputs[NetworkInput.image] = images }
    let outputs = try discriminatorLearner.forward(inputs, movesStatistics: movesStatistics)
    return (outputs.named(NetworkOutput.verdict), outputs.named(NetworkOutput.pixels))
  }

  private func gradients(_ verdict: Loss, _ pixels: Loss) -> [String: Tensor] {
    [NetworkOutput.verdict: verdict.gradient, NetworkOutput.pixels: pixels.gradient]
  }
}
