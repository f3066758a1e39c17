/// Whether Eq. 3 is averaged over an image's pixels or summed (method §7, "Eq. 3 sums").
public enum CrossEntropyReduction: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default, as Keras computes it.
  case mean
  /// The formula: the sum over an image's pixels; the mean over a batch's images stays.
  case sum
}

/// What `Y_DP` is for a generated label map (method §7, the rows on Eq. 7).
public enum PixelTarget: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default and the paper's sentence: 1 where G, thresholded at 0.5, agrees with the truth.
  case agreement
  /// The paper's formula: 1 where they differ.
  case xor
  /// 1 − |G − Y|, without a threshold.
  case soft
}

/// What D is shown of G's output (method §7, "X_D when generated").
public enum GeneratedMap: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: the probabilities themselves.
  case soft
  /// Thresholded at 0.5. The threshold has no gradient, so G's gradient passes it unchanged (straight-through).
  case hard
}

/// Which epoch's weights the training returns (method §7, "weights kept").
public enum KeptWeights: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: the last epoch's.
  case last
  /// Those of the epoch with the best validation DSC, the earliest of equals.
  case best
}

/// How a network is trained (method §4, §5); every default is the paper's or the row of method §7 it names.
public struct TrainingOptions: Sendable, Hashable, Codable {
  /// Passes over the training images. Default 100 (method §5).
  public var epochs: Int
  /// Adam's learning rate. Default 0.0002 (method §5).
  public var rate: Float
  /// Adam's decay of the mean gradient, in [0, 1). Default 0.9 (Keras).
  public var beta1: Float
  /// Adam's decay of the mean squared gradient, in [0, 1). Default 0.999 (Keras).
  public var beta2: Float
  /// Adam's ε, added outside the bias correction as Keras does. Default 1e-7 (Keras).
  public var epsilon: Float
  /// Weight of L_bce in Eq. 1. Default 10. A U-Net trained alone ignores the three weights: its loss is L_bce.
  public var alpha: Float
  /// Weight of L_DC in Eq. 1. Default 1.
  public var beta: Float
  /// Weight of L_DP in Eq. 1. Default 1.
  public var gamma: Float
  /// Default `mean` ("Eq. 3 sums, Eq. 6 averages").
  public var crossEntropy: CrossEntropyReduction
  /// Default `agreement` ("Eq. 7").
  public var pixelTarget: PixelTarget
  /// Default `soft` ("X_D when generated").
  public var generated: GeneratedMap
  /// D's steps before each of G's, on the same batch. Default 1 ("order").
  public var discriminatorSteps: Int
  /// Default `last` ("weights kept").
  public var keep: KeptWeights
  /// Default `running` (Keras).
  public var statistics: BatchStatistics

  public init(
    epochs: Int = 100, rate: Float = 2e-4, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7,
    alpha: Float = 10, beta: Float = 1, gamma: Float = 1, crossEntropy: CrossEntropyReduction = .mean,
    pixelTarget: PixelTarget = .agreement, generated: GeneratedMap = .soft, discriminatorSteps: Int = 1,
    keep: KeptWeights = .last, statistics: BatchStatistics = .running
  ) {
    self.epochs = epochs
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.crossEntropy = crossEntropy
    self.pixelTarget = pixelTarget
    self.generated = generated
    self.discriminatorSteps = discriminatorSteps
    self.keep = keep
    self.statistics = statistics
  }

  /// Images a step (method §5). The source of batches decides it; the default lives here with its fellows.
  public static let defaultBatch = 2
}

extension TrainingOptions {
  /// Throws `optionOutOfRange` for the first option no training can run with.
  public func validate() throws(TrainingError) {
    try check("epochs", Float(epochs), epochs >= 1, "a whole number from 1")
    try check("rate", rate, rate > 0 && rate.isFinite, "above 0")
    try check("beta1", beta1, beta1 >= 0 && beta1 < 1, "from 0 up to, but below, 1")
    try check("beta2", beta2, beta2 >= 0 && beta2 < 1, "from 0 up to, but below, 1")
    try check("epsilon", epsilon, epsilon > 0 && epsilon.isFinite, "above 0")
    for (name, weight) in [("alpha", alpha), ("beta", beta), ("gamma", gamma)] {
      try check(name, weight, weight >= 0 && weight.isFinite, "0 or more")
    }
    try check("d-steps", Float(discriminatorSteps), discriminatorSteps >= 1, "a whole number from 1")
  }

  private func check(
    _ option: String, _ value: Float, _ isAllowed: Bool, _ allowed: String
  ) throws(TrainingError) {
    guard isAllowed else { throw .optionOutOfRange(option: option, value: "\(value)", allowed: allowed) }
  }
}
