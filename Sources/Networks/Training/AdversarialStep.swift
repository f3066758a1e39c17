import Tensors

/// A generator and a discriminator: the discriminator learns Eq. 2, then the generator Eq. 1, on the same batch.
///
/// The discriminator may answer for the whole map (`De`), for its pixels (`Dd`), or both: the pixel-discriminating GAN,
/// the conditional GAN and the ablations are this step with other networks.
///
/// Where nobody has judged a pixel, both maps that D is shown are 0, and its answer for it counts nowhere.
package struct AdversarialStep: TrainingStep {
  package private(set) var learners: [Learner]
  private let isConditional: Bool
  /// The names of D's outputs.
  private let answers: [String]
  private let options: TrainingOptions
  /// Of the batch that is learnt from.
  private var part = BatchPart(whole: 1)
  /// 1 in its pixels that somebody has judged; nil where these are all.
  private var judged: Tensor?
  /// Set where somebody wants to see what a step computes.
  var notes: StepTrace.Notes?

  package init(generator: Model, discriminator: Model, options: TrainingOptions) {
    // D works between G's forward and backward pass: what G keeps lies apart, everything else in the same memory.
    let workspace = Workspace()
    // Of large networks the gradients too take turns; of small ones, new memory each time would cost more than it saves.
    let areLarge = min(generator.parameters.count, discriminator.parameters.count) > 4 << 20
    learners = [
      Learner(generator, options: options, workspace: workspace, kept: Workspace(), releasesGradients: areLarge),
      Learner(discriminator, options: options, workspace: workspace, releasesGradients: areLarge),
    ]
    isConditional = discriminator.graph.inputNames.contains(NetworkInput.image)
    answers = discriminator.graph.outputNames
    self.options = options
  }

  /// G runs forward once: its output is what D learns from, and its activations wait for G's own backward pass.
  package mutating func learn(
    images: Tensor, labels: Tensor, unlabelled: UnlabelledBatch?, part: BatchPart, rateShare: Float
  ) throws(StepError) -> StepReport {
    self.part = part
    judged = labels.judged(behind: learners[0].model.architecture.labelChannels)
    let drawn = try learners[0].forward([NetworkInput.image: images], part)
    let generated = drawn.named(NetworkOutput.probability).within(judged)
    // D judges maps of non-perfusion alone.
    let truth = labels.channel(0).within(judged)
    let shown = shown(generated)
    let target = MethodLosses.pixelTarget(generated: generated, truth: truth, rule: options.pixelTarget)
    notes?.generated = generated
    notes?.pixelTarget = target
    var discriminatorLoss: DiscriminatorLoss?
    for _ in 0..<options.discriminatorSteps {
      discriminatorLoss = try learnDiscriminator(
        images: images, labels: truth, shown: shown, target: target, rateShare: rateShare)
    }
    let generatorLoss = try learnGenerator(
      images: images, labels: labels, unlabelled: unlabelled, drawn: drawn, shown: shown, rateShare: rateShare)
    return StepReport(
      generator: generatorLoss, discriminator: discriminatorLoss, generated: generated, labels: truth, part: part)
  }

  /// Eq. 2. The real and the generated label map go through D separately, so that batch norm sees one kind at a time;
  /// their gradients add up.
  private mutating func learnDiscriminator(
    images: Tensor, labels: Tensor, shown: Tensor, target: Tensor, rateShare: Float
  ) throws(StepError) -> DiscriminatorLoss {
    let onReal = try judge(labels, of: images, movesStatistics: true)
    let real = losses(of: onReal) { _ in .real }
    try check(real, "on the real map")
    learners[1].backward(real.mapValues(\.gradient))

    let onGenerated = try judge(shown, of: images, movesStatistics: true)
    let generated = losses(of: onGenerated) { answer in
      answer == NetworkOutput.pixels ? .pixels(target) : .generated
    }
    try check(generated, "on the generated map")
    learners[1].backward(generated.mapValues(\.gradient))

    notes?.onReal = onReal
    notes?.onGenerated = onGenerated
    notes?.discriminatorGradients = learners[1].gradientNorms
    try learners[1].descend(rateShare: rateShare)
    return DiscriminatorLoss(
      verdictOnReal: real[NetworkOutput.verdict]?.value, pixelsOfReal: real[NetworkOutput.pixels]?.value,
      verdictOnGenerated: generated[NetworkOutput.verdict]?.value,
      pixelsOfGenerated: generated[NetworkOutput.pixels]?.value)
  }

  /// Eq. 1: G wants D to call its map, and every pixel of it, real. D judges with its batch's statistics, as in its own
  /// step, but neither its weights nor its running statistics change, and their gradients are not computed.
  private mutating func learnGenerator(
    images: Tensor, labels: Tensor, unlabelled: UnlabelledBatch?, drawn: [String: Tensor], shown: Tensor,
    rateShare: Float
  ) throws(StepError) -> GeneratorLoss {
    let segmentation = MethodLosses.segmentation(drawn, labels, judged: judged, options: options, part: part)
    try learners[0].checkFinite(segmentation.crossEntropy, named: "L_bce")

    let answered = try judge(shown, of: images, movesStatistics: false)
    let verdicts = losses(of: answered) { _ in .real }
    notes?.afterUpdate = answered
    try check(verdicts, "of G's step")
    var gradient = gradientOfMap(verdicts)
    gradient.add(segmentation.gradients.named(NetworkOutput.probability), times: options.alpha)
    var gradients = [NetworkOutput.probability: gradient]
    if let other = segmentation.gradients[NetworkOutput.territory] {
      gradients[NetworkOutput.territory] = other * options.alpha
    }
    learners[0].backward(gradients)
    var loss = GeneratorLoss(
      crossEntropy: segmentation.crossEntropy, dice: segmentation.dice, verdict: verdicts[NetworkOutput.verdict]?.value,
      pixels: verdicts[NetworkOutput.pixels]?.value, total: 0)
    loss.total = Double(options.alpha) * (loss.crossEntropy + Double(options.dice) * (loss.dice ?? 0))
    add(verdicts, to: &loss.total)
    if let unlabelled { try gatherUnlabelled(unlabelled, into: &loss) }
    notes?.generatorGradients = learners[0].gradientNorms
    try learners[0].descend(rateShare: rateShare)
    return loss
  }

  /// Adds what G learns from images that nobody has labelled, with its gradients, to the step that G is about to take. D answers for
  /// them as for G's maps in G's step, and does not learn from them.
  private mutating func gatherUnlabelled(_ batch: UnlabelledBatch, into loss: inout GeneratorLoss) throws(StepError) {
    guard let learning = options.unlabelled else { preconditionFailure("the options say how they are learnt from") }
    (part, judged) = (batch.part, batch.judged)
    let drawn = try learners[0].forward([NetworkInput.image: batch.images], part)
    let probability = drawn.named(NetworkOutput.probability)
    let answered = try judge(shown(probability.within(judged)), of: batch.images, movesStatistics: false)
    let own = MethodLosses.selfTaught(
      probability, confidence: answered.named(NetworkOutput.pixels), trust: learning.trust, judged: judged,
      reduction: options.crossEntropy, part: part)
    try learners[0].checkFinite(own.loss.value, named: "L_semi")
    var gradient = own.loss.gradient * (options.alpha * learning.weight)
    (loss.selfTaught, loss.trusted) = (own.loss.value, own.trusted)
    loss.total += Double(options.alpha * learning.weight) * own.loss.value
    if learning.adversarialWeight > 0 {
      let verdicts = losses(of: answered) { _ in .real }
      try check(verdicts, "of unlabelled images")
      gradient.add(gradientOfMap(verdicts), times: learning.adversarialWeight)
      add(verdicts, times: Double(learning.adversarialWeight), to: &loss.total)
    }
    learners[0].backward([NetworkOutput.probability: gradient])
  }

  /// What D is shown of a map.
  private func shown(_ generated: Tensor) -> Tensor {
    options.generated == .hard ? MethodLosses.thresholded(generated) : generated
  }

  /// Of β·L_DC + γ·L_DP, by the map that D has just judged. With `generated: hard` this is the straight-through gradient: D saw the
  /// thresholded map.
  private func gradientOfMap(_ losses: [String: Loss]) -> Tensor {
    learners[1].inputGradient(
      Dictionary(uniqueKeysWithValues: losses.map { ($0.key, $0.value.gradient * weight(of: $0.key)) }),
      of: NetworkInput.map
    ).within(judged)
  }

  /// Adds β·L_DC + γ·L_DP, as far as D answers.
  private func add(_ losses: [String: Loss], times factor: Double = 1, to total: inout Double) {
    for answer in answers { total += factor * Double(weight(of: answer)) * (losses[answer]?.value ?? 0) }
  }

  package mutating func restore(_ states: [LearnerState]) { learners.restore(states) }

  /// D's answers by name.
  private mutating func judge(
    _ map: Tensor, of images: Tensor, movesStatistics: Bool
  ) throws(StepError) -> [String: Tensor] {
    var inputs = [NetworkInput.map: map]
    if isConditional { inputs[NetworkInput.image] = images }
    return try learners[1].forward(inputs, part, movesStatistics: movesStatistics)
  }

  /// β for the verdict on the map, γ for those on its pixels.
  private func weight(of answer: String) -> Float { answer == NetworkOutput.pixels ? options.gamma : options.beta }

  /// What an answer should be.
  private enum Target {
    case real, generated
    /// A value per pixel.
    case pixels(Tensor)
  }

  /// The loss of each answer.
  private func losses(of answered: [String: Tensor], _ target: (String) -> Target) -> [String: Loss] {
    var losses: [String: Loss] = [:]
    for answer in answers {
      let found = answered.named(answer)
      // A verdict is on the map as a whole.
      let counted = answer == NetworkOutput.pixels ? judged : nil
      func loss(_ target: Tensor) -> Loss {
        MethodLosses.adversarial(found, against: target, options.adversarial, judged: counted, part: part)
      }
      losses[answer] =
        switch target(answer) {
        case .real: loss(Tensor(found.shape, filledWith: 1))
        case .generated: loss(Tensor(found.shape, filledWith: 0))
        case .pixels(let target): loss(target)
        }
    }
    return losses
  }

  private func check(_ losses: [String: Loss], _ place: String) throws(StepError) {
    for answer in answers {
      let name = answer == NetworkOutput.pixels ? "L_DP" : "L_DC"
      if let loss = losses[answer] { try learners[1].checkFinite(loss.value, named: "\(name) \(place)") }
    }
  }
}
