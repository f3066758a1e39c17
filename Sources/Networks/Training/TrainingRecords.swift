/// The terms of the generator's loss, Eq. 1, before their weights.
public struct GeneratorLoss: Sendable, Hashable, Codable {
  /// L_bce, Eq. 3.
  public var crossEntropy: Double
  /// 1 − the soft DSC, where it has a weight.
  public var dice: Double?
  /// L_DC, Eq. 4, with the target "real"; `nil` without a discriminator that gives a verdict on the map.
  public var verdict: Double?
  /// L_DP, Eq. 5, with the target "all pixels real"; `nil` without a discriminator that judges pixels.
  public var pixels: Double?
  /// L_semi of unlabelled angiograms, and the share of their pixels that it is over, in [0, 1]; `nil` where a step learns from none.
  public var selfTaught: Double?
  public var trusted: Double?
  /// L = α·L_bce + β·L_DC + γ·L_DP, and α·λ·L_semi of unlabelled angiograms; L_bce alone without a discriminator.
  public var total: Double

  public init(
    crossEntropy: Double, dice: Double? = nil, verdict: Double? = nil, pixels: Double? = nil,
    selfTaught: Double? = nil, trusted: Double? = nil, total: Double
  ) {
    self.crossEntropy = crossEntropy
    self.dice = dice
    self.verdict = verdict
    self.pixels = pixels
    self.selfTaught = selfTaught
    self.trusted = trusted
    self.total = total
  }
}

/// The terms of the discriminator's loss, Eq. 2, for the real and the generated label map; `nil` for an answer that the
/// discriminator does not give.
public struct DiscriminatorLoss: Sendable, Hashable, Codable {
  /// L_DC and L_DP of the true label map.
  public var verdictOnReal: Double?
  public var pixelsOfReal: Double?
  /// L_DC and L_DP of G's label map.
  public var verdictOnGenerated: Double?
  public var pixelsOfGenerated: Double?

  /// What the true and the generated label maps cost.
  public var real: Double { (verdictOnReal ?? 0) + (pixelsOfReal ?? 0) }
  public var generated: Double { (verdictOnGenerated ?? 0) + (pixelsOfGenerated ?? 0) }
  /// Their sum.
  public var total: Double { real + generated }
}

/// What one step did.
public struct StepReport: Sendable, Hashable, Codable {
  public var generator: GeneratorLoss
  public var discriminator: DiscriminatorLoss?
  /// Pixels of G's map thresholded at 0.5, of the truth, and of both at once, for the DSC of Eq. 11.
  public var predictedPixels: Int
  public var truePixels: Int
  public var sharedPixels: Int

  package init(
    generator: GeneratorLoss, discriminator: DiscriminatorLoss? = nil, predictedPixels: Int, truePixels: Int,
    sharedPixels: Int
  ) {
    self.generator = generator
    self.discriminator = discriminator
    self.predictedPixels = predictedPixels
    self.truePixels = truePixels
    self.sharedPixels = sharedPixels
  }

  /// Whether numbers from a file can be counts of pixels.
  var isPossible: Bool {
    [predictedPixels, truePixels, sharedPixels].allSatisfy { (0...(1 << 40)).contains($0) }
      && sharedPixels <= min(predictedPixels, truePixels)
  }
}

/// What one epoch did: the mean of its steps' losses, and how well G then was.
public struct EpochRecord: Sendable, Hashable, Codable {
  /// From 1.
  public var epoch: Int
  /// Steps done: fewer than the source's batches where the training was interrupted.
  public var steps: Int
  public var generator: GeneratorLoss
  public var discriminator: DiscriminatorLoss?
  /// DSC (Eq. 11) at 0.5, in [0, 1], over all pixels of the epoch's training batches as G saw them while learning.
  public var trainingDice: Double
  /// What the validation closure returned: DSC in [0, 1].
  public var validationDice: Double?
  /// How the contest stood after it; `nil` without a discriminator.
  public var discriminatorHealth: DiscriminatorHealth?
  /// Worked on it; `nil` where it was read from a file, which does not hold it: the same training gives the same bytes.
  public var seconds: Double?

  private enum CodingKeys: CodingKey {
    case epoch, steps, generator, discriminator, trainingDice, validationDice, discriminatorHealth
  }

  package init(
    epoch: Int, steps: Int, generator: GeneratorLoss, discriminator: DiscriminatorLoss?, trainingDice: Double,
    validationDice: Double?, discriminatorHealth: DiscriminatorHealth? = nil, seconds: Double?
  ) {
    self.epoch = epoch
    self.steps = steps
    self.generator = generator
    self.discriminator = discriminator
    self.trainingDice = trainingDice
    self.validationDice = validationDice
    self.discriminatorHealth = discriminatorHealth
    self.seconds = seconds
  }
}

/// Told after every step, and once more at an epoch's end.
public struct TrainingProgress: Sendable {
  /// From 1.
  public var epoch: Int
  public var epochs: Int
  /// Steps done in this epoch, from 1.
  public var step: Int
  public var stepsPerEpoch: Int
  /// The last step's losses.
  public var report: StepReport
  /// Worked since the last report: on the step, or at the epoch's end on what is measured there.
  public var seconds: Double
  /// The epoch's record, at its end.
  public var finishedEpoch: EpochRecord?

  package init(
    epoch: Int, epochs: Int, step: Int, stepsPerEpoch: Int, report: StepReport, seconds: Double,
    finishedEpoch: EpochRecord?
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.report = report
    self.seconds = seconds
    self.finishedEpoch = finishedEpoch
  }
}

/// What a training gives back, finished or interrupted.
public struct TrainingResult: Sendable {
  /// The trained network.
  public var generator: Model
  /// The discriminator trained beside it.
  public var discriminator: Model?
  /// One record an epoch, the last one partial if the training was interrupted within it.
  public var history: [EpochRecord]
  /// Where an interrupted training stopped, to go on from.
  public var interrupted: Checkpoint?
  /// Whether batch norm still has its running averages although statistics of the training images were asked for: nobody
  /// waited for them to be measured.
  public var lacksStatistics: Bool
  /// Whether `patience` ended it.
  public var stoppedEarly: Bool
  /// The epoch whose weights these are; 0 if the training was interrupted before its first step.
  public var keptEpoch: Int

  public var wasInterrupted: Bool { interrupted != nil }
}
