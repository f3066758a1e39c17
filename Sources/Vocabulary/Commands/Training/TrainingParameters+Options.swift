import Angiography
import Language
import Methods
import Networks

// What the parameters say of a training.
extension TrainingParameters {
  /// How a network learns alone: what `learning` and `keeping` declare.
  static func options(from arguments: Arguments) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = arguments.integer("epochs")
    options.schedule = arguments.choice("schedule")
    options.statistics = arguments.choice("statistics")
    options.keep = arguments.choice("keep")
    options.patience = arguments.integer("patience")
    takeLoss(from: arguments, into: &options)
    return options
  }

  /// How networks learn against each other: what `adversarial` and `semiSupervised` declare beside these.
  static func contestOptions(from arguments: Arguments) -> TrainingOptions {
    var options = options(from: arguments)
    takeContest(from: arguments, into: &options)
    if !arguments.isNone(unlabelledName) { options.unlabelled = unlabelledLearning(from: arguments) }
    return options
  }

  private static func unlabelledLearning(from arguments: Arguments) -> UnlabelledLearning {
    let first =
      arguments.isNone("unlabelled-from")
      ? UnlabelledLearning.firstEpoch(of: arguments.integer("epochs")) : arguments.integer("unlabelled-from")
    return UnlabelledLearning(
      firstEpoch: first, trust: Float(arguments.number("trust")), weight: Float(arguments.number("unlabelled-weight")),
      adversarialWeight: Float(arguments.number("unlabelled-adversarial")))
  }

  /// Of one step of that, which has no epochs.
  static func stepOptions(from arguments: Arguments) -> TrainingOptions {
    var options = TrainingOptions()
    takeLoss(from: arguments, into: &options)
    takeContest(from: arguments, into: &options)
    return options
  }

  /// How every network of a comparison learns.
  static func settings(from arguments: Arguments) -> LearningSettings {
    LearningSettings(
      options: contestOptions(from: arguments), batch: arguments.integer("batch"), width: arguments.integer("width"),
      batchNormMomentum: Float(arguments.number("bn-momentum")),
      start: arguments.object("from", as: NetworkValue.self)?.network)
  }

  /// Adam, and what the masks are learnt by.
  private static func takeLoss(from arguments: Arguments, into options: inout TrainingOptions) {
    options.rate = Float(arguments.number("rate"))
    options.beta1 = Float(arguments.number("beta1"))
    options.beta2 = Float(arguments.number("beta2"))
    options.epsilon = Float(arguments.number("epsilon"))
    options.dice = Float(arguments.number("dice"))
    options.crossEntropy = arguments.choice("bce")
  }

  private static func takeContest(from arguments: Arguments, into options: inout TrainingOptions) {
    options.alpha = Float(arguments.number("alpha"))
    options.beta = Float(arguments.number("beta"))
    options.gamma = Float(arguments.number("gamma"))
    options.adversarial = arguments.choice("adversarial")
    options.pixelTarget = arguments.choice("pixel-target")
    options.generated = arguments.choice("generated")
    options.discriminatorSteps = arguments.integer("d-steps")
  }
}
