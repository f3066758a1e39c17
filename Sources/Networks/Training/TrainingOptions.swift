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
  /// How the rate changes. Default `constant`.
  public var schedule: RateSchedule
  /// Weight of L_bce in Eq. 1. Default 10. A network trained alone ignores the three weights: its loss is L_bce.
  public var alpha: Float
  /// Weight of L_DC in Eq. 1. Default 1.
  public var beta: Float
  /// Weight of L_DP in Eq. 1. Default 1.
  public var gamma: Float
  /// Weight of 1 − the soft DSC, added to L_bce wherever that is used. Default 0: the paper has no such term.
  public var dice: Float
  /// How far D's answers are from "real" and "generated". Default `mse` (Eq. 6).
  public var adversarial: AdversarialLoss
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
  /// Epochs without a better validation DSC after which training stops; 0, the default, never.
  public var patience: Int
  /// Default `population`: short runs predict nothing with running averages.
  public var statistics: BatchStatistics
  /// How angiograms without masks are learnt from; `nil`, the default: not at all.
  public var unlabelled: UnlabelledLearning?

  public init(
    epochs: Int = 100, rate: Float = 2e-4, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7,
    schedule: RateSchedule = .constant, alpha: Float = 10, beta: Float = 1, gamma: Float = 1, dice: Float = 0,
    adversarial: AdversarialLoss = .mse, crossEntropy: CrossEntropyReduction = .mean,
    pixelTarget: PixelTarget = .agreement, generated: GeneratedMap = .soft, discriminatorSteps: Int = 1,
    keep: KeptWeights = .last, patience: Int = 0,
    statistics: BatchStatistics = .population, unlabelled: UnlabelledLearning? = nil
  ) {
    self.epochs = epochs
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.schedule = schedule
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.dice = dice
    self.adversarial = adversarial
    self.crossEntropy = crossEntropy
    self.pixelTarget = pixelTarget
    self.generated = generated
    self.discriminatorSteps = discriminatorSteps
    self.keep = keep
    self.patience = patience
    self.statistics = statistics
    self.unlabelled = unlabelled
  }

  /// Images a step (method §5). The source of batches decides it; the default lives here with its fellows.
  public static let defaultBatch = 2
}

extension TrainingOptions {
  /// Whether a training of other options passes through the state that one of these has after so many epochs. The number of
  /// epochs may be another where the learning rate does not depend on it.
  func lead(to other: TrainingOptions, after epochs: Int) -> Bool {
    var same = self
    if other.schedule == .constant && other.epochs >= epochs { same.epochs = other.epochs }
    return same == other
  }

  /// The options in which another differs, as `rate was 0.001 and is 0.01`; for people.
  func difference(from other: TrainingOptions) -> String {
    func words(_ value: Any) -> String {
      if let learning = value as? UnlabelledLearning { return "\(learning)" }
      return value is UnlabelledLearning? ? "none" : "\(value)"
    }
    let pairs = zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children)
    return pairs.filter { words($0.value) != words($1.value) }
      .map { "\($0.label ?? "an option") was \(words($0.value)) and is \(words($1.value))" }.joined(separator: ", ")
  }
}
