import Angiography
import Base
import Imaging
import Language
import Methods
import Networks

/// The options that the training commands share, and what they make of them.
public enum TrainingParameters {
  private static let defaults = TrainingOptions()

  static let data = Parameter.argument(
    "data", .object(DatasetValue.typeName), "angiograms with masks, augmented or not")

  static func network(_ name: String, _ help: String) -> Parameter {
    .option(name, .optional(.object(NetworkValue.typeName)), default: Value.none, help)
  }

  static let generator = network("generator", "G; left out, a U-Net of the given width")
  static let discriminator = network("discriminator", "D; left out, a pixel discriminator of the given width")

  static let from = network("from", "go on from this trained network; the optimiser starts anew")

  static let width = Parameter.option(
    "width", .integer(.within(OptionBounds.width)), default: .number(64),
    "channels of the first block of the networks that are not given")

  static let momentum = Parameter.option(
    "bn-momentum", .number(.one, OptionBounds.momentum),
    default: .number(decimal(SystemScale().batchNormMomentum)),
    "share of batch norm's running averages kept at each step, in networks that are not given; of use with `statistics: running`"
  )

  /// How the networks are made that are not given.
  static let making: [Parameter] = [width, momentum]

  /// How long, how fast, against what loss.
  static let learning: [Parameter] = [
    .option(
      "epochs", .integer(TrainingBounds.epochs), default: .number(Double(defaults.epochs)), "passes over the images"),
    .option(
      "batch", .integer(TrainingBounds.batch), default: .number(Double(TrainingOptions.defaultBatch)), "images a step"),
    .option(
      "rate", .number(.one, TrainingBounds.rate), default: .number(decimal(defaults.rate)), "Adam's learning rate"),
    .option("schedule", default: defaults.schedule, "how the rate falls: not, from half-way on, or along a cosine"),
    .option(
      "beta1", .number(.one, TrainingBounds.decay), default: .number(decimal(defaults.beta1)),
      "Adam's decay of the mean gradient"),
    .option(
      "beta2", .number(.one, TrainingBounds.decay), default: .number(decimal(defaults.beta2)),
      "Adam's decay of the mean squared gradient"),
    .option(
      "epsilon", .number(.one, TrainingBounds.epsilon), default: .number(decimal(defaults.epsilon)),
      "Adam's ε, outside the bias correction"),
    .option("bce", default: defaults.crossEntropy, "Eq. 3 averaged over an image's pixels, or summed"),
    .option(
      "dice", .number(.one, TrainingBounds.weight), default: .number(decimal(defaults.dice)),
      "weight of 1 − the soft DSC beside L_bce"),
    .option(
      "statistics", default: defaults.statistics,
      "what batch norm predicts with: statistics of the training images with the final weights, or its running averages, which "
        + "lag in short runs"
    ),
  ]

  static let keep = Parameter.option(
    "keep", default: defaults.keep, "weights of the last epoch, or of the best on images put aside to validate on")

  static let patience = Parameter.option(
    "patience", .integer(TrainingBounds.patience), default: .number(Double(defaults.patience)),
    "epochs without a better DSC on the images that validate after which training stops; 0: never")

  /// Which epoch is kept, and when to stop.
  static let keeping: [Parameter] = [
    keep, patience,
    .option(
      "validation", .optional(.object(DatasetValue.typeName)), default: Value.none,
      "angiograms with masks on which the DSC is measured after each epoch"),
    .option(
      "checkpoint", .optional(.text), default: Value.none,
      "a file to keep the state in after each epoch, below `.cnp/checkpoints` beside a book; a longer training is not replaced. "
        + "`cnp run` keeps states there by itself until the book has run to its end"),
    .option(
      resumeName, .either([.truth, .object(NetworkValue.typeName)]), default: .truth(false),
      "go on where an interrupted network stopped, which brings its networks; or with true from the file of `checkpoint` "
        + "if it is there: the same bits as a training that was never stopped"),
    background,
  ]

  static let background = Parameter.option(
    backgroundName, .truth, default: .truth(false),
    "at the prompt, go on with other inputs meanwhile; in a book or script it changes nothing")

  /// The prompt looks for these two itself.
  public static let resumeName = "resume"
  public static let backgroundName = "background"

  /// What weighs in the contest with a discriminator.
  static let adversarial: [Parameter] = [
    weight("alpha", defaults.alpha, "weight of L_bce in Eq. 1"),
    weight("beta", defaults.beta, "weight of L_DC, D's verdict on the whole map, in Eq. 1"),
    weight("gamma", defaults.gamma, "weight of L_DP, D's verdict on each pixel, in Eq. 1"),
    .option("adversarial", default: defaults.adversarial, "how far D's answers are from what they should be"),
    .option("pixel-target", default: defaults.pixelTarget, "what D is taught about a generated map's pixels (Eq. 7)"),
    .option("generated", default: defaults.generated, "what D is shown of G's map: probabilities, or 0 and 1"),
    .option(
      "d-steps", .integer(TrainingBounds.discriminatorSteps), default: .number(Double(defaults.discriminatorSteps)),
      "D's steps before each of G's"),
  ]

  static let unlabelledName = "unlabelled"

  /// What is learnt from angiograms without masks.
  static let semiSupervised: [Parameter] = [
    .option(
      unlabelledName, .optional(.object(DatasetValue.typeName)), default: Value.none,
      "angiograms to learn from without masks, by what D thinks of G's maps of them; prepared as `data` is"),
    .option(
      "trust", .number(.one, TrainingBounds.trust), default: .number(decimal(ofUnlabelled.trust)),
      "of unlabelled angiograms, D's answer above which a pixel is learnt from (T_semi)"),
    .option(
      "unlabelled-weight", .number(.one, TrainingBounds.unlabelledWeight),
      default: .number(decimal(ofUnlabelled.weight)),
      "weight of L_semi beside L_bce, both within α"),
    weight(
      "unlabelled-adversarial", ofUnlabelled.adversarialWeight,
      "weight of D's answers on unlabelled maps beside those on labelled ones, in what G learns"),
    .option(
      "unlabelled-from", .optional(.integer(TrainingBounds.firstEpoch)), default: Value.none,
      "the first epoch that learns from them; left out, the first after a third of `epochs:`"),
  ]

  private static let ofUnlabelled = UnlabelledLearning(firstEpoch: 1)

  private static func weight(_ name: String, _ value: Float, _ help: String) -> Parameter {
    .option(name, .number(.one, TrainingBounds.weight), default: .number(decimal(value)), help)
  }
}
