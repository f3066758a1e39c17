import Angiography
import Language
import Networks
import Tensors

/// Learning: `train-net train-gan`.
enum Training {
  static var commands: [Command] { [trainNet, trainGAN] }

  private static let defaults = TrainingOptions()

  static let trainNet = Command(
    "train-net", "train a U-Net alone against the masks",
    [dataArgument, generatorOption("network", "the network to train; left out, a U-Net of the given width")]
      + commonOptions,
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "The loss is the binary cross-entropy of Eq. 3. Ctrl-C stops after the current step and keeps the network so far.",
      examples: ["net = train-net (phantom 4 size: 64) width: 4 epochs: 1"],
      method: "U-Net of the paper's Table 1: the generator alone, L_bce (Eq. 3), Adam at 0.0002, batches of 2.")
  ) { arguments, context in
    let stream = Randomness.stream(arguments, context)
    let model = try startingGenerator("network", arguments, stream)
    let work = try TrainingRun(arguments, context, stream: stream)
    let result = try trainNetwork(
      model, on: work.batches, validate: work.validate, options: options(from: arguments), report: work.report,
      isCancelled: work.isCancelled)
    return work.finish(result, from: arguments)
  }

  static let trainGAN = Command(
    "train-gan", "train a generator against the masks and a pixel discriminator",
    [
      dataArgument,
      generatorOption("generator", "G; left out, a U-Net of the given width"),
      generatorOption("discriminator", "D; left out, a pixel discriminator of the given width"),
    ] + commonOptions + [
      weight("alpha", defaults.alpha, "weight of L_bce in Eq. 1"),
      weight("beta", defaults.beta, "weight of L_DC, D's verdict on the whole map, in Eq. 1"),
      weight("gamma", defaults.gamma, "weight of L_DP, D's verdict on each pixel, in Eq. 1"),
      .option("pixel-target", default: defaults.pixelTarget, "what D is taught about a generated map's pixels (Eq. 7)"),
      .option("generated", default: defaults.generated, "what D is shown of G's map: probabilities, or 0 and 1"),
      .option(
        "d-steps", .integer(.atLeast(1)), default: .number(Double(defaults.discriminatorSteps)),
        "D's steps before each of G's"),
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Each batch, D takes a step on the real and on the generated maps, then G takes one against the masks and D. "
        + "Ctrl-C stops after the current step and keeps the networks so far.",
      examples: ["net = train-gan (phantom 4 size: 128) width: 4 epochs: 1"],
      method: "L = α·L_bce + β·L_DC + γ·L_DP (Eq. 1) for G, L_D = L_DC + L_DP (Eq. 2) for D. Y_DP (Eq. 7): the paper's "
        + "sentence and its ⊕ disagree; the sentence holds by default, `pixel-target: xor` gives the formula.")
  ) { arguments, context in
    let stream = Randomness.stream(arguments, context)
    let generator = try startingGenerator("generator", arguments, stream)
    let discriminator = try startingDiscriminator(arguments, stream)
    let work = try TrainingRun(arguments, context, stream: stream)
    let result = try Networks.trainGAN(
      generator: generator, discriminator: discriminator, on: work.batches, validate: work.validate,
      options: adversarialOptions(from: arguments), report: work.report, isCancelled: work.isCancelled)
    return work.finish(result, from: arguments)
  }

  // MARK: Parameters

  private static let dataArgument = Parameter.argument(
    "data", .object(DatasetValue.typeName), "angiograms with masks, augmented or not")

  private static func generatorOption(_ name: String, _ help: String) -> Parameter {
    .option(name, .optional(.object(NetworkValue.typeName)), default: Value.none, help)
  }

  private static func weight(_ name: String, _ value: Float, _ help: String) -> Parameter {
    .option(name, .number(.one, .atLeast(0)), default: .number(decimal(value)), help)
  }

  private static let commonOptions: [Parameter] = [
    .option(
      "width", .integer(bounds(OptionBounds.width)), default: .number(64),
      "channels of the first block of the networks that are not given"),
    .option(
      "from", .optional(.object(NetworkValue.typeName)), default: Value.none,
      "go on from this trained network; the optimiser starts anew"),
    .option("epochs", .integer(.atLeast(1)), default: .number(Double(defaults.epochs)), "passes over the images"),
    .option(
      "batch", .integer(.within(1...256)), default: .number(Double(TrainingOptions.defaultBatch)), "images a step"),
    .option("rate", .number(.one, .above(0)), default: .number(decimal(defaults.rate)), "Adam's learning rate"),
    .option(
      "beta1", .number(.one, Bounds(from: 0, to: 1, excludesUpper: true)), default: .number(decimal(defaults.beta1)),
      "Adam's decay of the mean gradient"),
    .option(
      "beta2", .number(.one, Bounds(from: 0, to: 1, excludesUpper: true)), default: .number(decimal(defaults.beta2)),
      "Adam's decay of the mean squared gradient"),
    .option(
      "epsilon", .number(.one, .above(0)), default: .number(decimal(defaults.epsilon)),
      "Adam's ε, outside the bias correction"),
    .option("bce", default: defaults.crossEntropy, "Eq. 3 averaged over an image's pixels, or summed"),
    .option("keep", default: defaults.keep, "weights of the last epoch, or of the best on `validation`"),
    .option(
      "statistics", default: defaults.statistics,
      "what batch norm predicts with: its running averages, or statistics of the training images with the final weights"
    ),
    .option(
      "validation", .optional(.object(DatasetValue.typeName)), default: Value.none,
      "angiograms with masks on which the DSC is measured after each epoch"),
    Randomness.seedOption,
  ]

  private static func options(from arguments: Arguments) -> TrainingOptions {
    TrainingOptions(
      epochs: arguments.integer("epochs"), rate: Float(arguments.number("rate")),
      beta1: Float(arguments.number("beta1")), beta2: Float(arguments.number("beta2")),
      epsilon: Float(arguments.number("epsilon")), crossEntropy: arguments.choice("bce"),
      keep: arguments.choice("keep"), statistics: arguments.choice("statistics"))
  }

  private static func adversarialOptions(from arguments: Arguments) -> TrainingOptions {
    var options = options(from: arguments)
    options.alpha = Float(arguments.number("alpha"))
    options.beta = Float(arguments.number("beta"))
    options.gamma = Float(arguments.number("gamma"))
    options.pixelTarget = arguments.choice("pixel-target")
    options.generated = arguments.choice("generated")
    options.discriminatorSteps = arguments.integer("d-steps")
    return options
  }

  // MARK: Where training starts

  private static func startingGenerator(
    _ role: String, _ arguments: Arguments, _ stream: RandomStream
  ) throws -> Model {
    let given = ["network", "generator", "discriminator"].filter { arguments.given.contains($0) }
    guard !arguments.given.contains("from") || given.isEmpty else {
      throw Failure("contradiction", "`from:` goes on with its own networks; `\(given[0]):` names another")
    }
    if let given = arguments.object(role, as: NetworkValue.self) { return given.model }
    if let earlier = arguments.object("from", as: NetworkValue.self) { return earlier.model }
    return try Model.unet(UNetConfiguration(width: arguments.integer("width")), stream: stream.substream(role))
  }

  private static func startingDiscriminator(_ arguments: Arguments, _ stream: RandomStream) throws -> Model {
    if let given = arguments.object("discriminator", as: NetworkValue.self) { return given.model }
    if let earlier = arguments.object("from", as: NetworkValue.self) {
      guard let discriminator = earlier.discriminator else {
        throw Failure(
          "no-discriminator", "the network to go on from was trained without a discriminator",
          hint: "give `generator:` instead of `from:`")
      }
      return discriminator
    }
    let configuration = DiscriminatorConfiguration(width: arguments.integer("width"))
    return try Model.pixelDiscriminator(configuration, stream: stream.substream("discriminator"))
  }
}
