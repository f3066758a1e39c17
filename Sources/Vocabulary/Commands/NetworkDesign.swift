import Language
import Networks

/// Networks before training: `unet fcn8 pixel-discriminator patch-discriminator pointwise-discriminator parameters`.
enum NetworkDesign {
  static var commands: [Command] {
    [unet, fcn8, pixelDiscriminator, patchDiscriminator, pointwiseDiscriminator, parameters]
  }

  private static let unetDefaults = UNetConfiguration()
  private static let discriminatorDefaults = DiscriminatorConfiguration()

  static let unet = Command(
    "unet", "a U-Net with initial weights, the generator G",
    [
      width(unetDefaults.width, "channels of the first block; each level below doubles them"),
      .option(
        "depth", .integer(bounds(OptionBounds.unetDepth)), default: .number(Double(unetDefaults.depth)),
        "how many 2×2 poolings; the image's sides are multiples of 2^depth"),
      .option("norm", default: unetDefaults.norm, "batch norm after each convolution, at each block's end, or nowhere"),
      .option("upsample", default: unetDefaults.upsample, "how the decoder doubles the size of a map"),
      .option(
        "bottleneck", default: unetDefaults.bottleneck, "the deepest level: a block, or one and an atrous pyramid"),
      channels, momentum(unetDefaults.batchNormMomentum),
      .option("init", default: unetDefaults.initialization, "how the kernels start; biases start at 0"),
      Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Five blocks of two 3×3 convolutions, 2×2 max-pooling after the first four; the decoder upsamples, concatenates "
        + "the encoder's map of the same size and fuses. A 1×1 convolution and a sigmoid give the probability of "
        + "non-perfusion in every pixel.",
      examples: ["describe (unet width: 8)", "print parameters (unet width: 16 upsample: bilinear)"],
      method: "The generator of §3 of the 2021 paper. The paper gives no width; 64 is ours, as in the first U-Net. "
        + "`bottleneck: aspp` is the generator of its cGAN + ASPP."),
    check: NetworkChecks.untrained(unetConfiguration)
  ) { arguments, context in
    try untrained(unetConfiguration(arguments), arguments, context)
  }

  private static let fcn8Defaults = FCN8Configuration()

  static let fcn8 = Command(
    "fcn8", "FCN-8s with initial weights: a VGG-16 encoder whose scores at three scales are added",
    [
      width(fcn8Defaults.width, "channels of the first block; the dense layers have 64 times as many"),
      .option("normalised", .truth, default: .truth(fcn8Defaults.isNormalized), "batch norm after each convolution"),
      channels, momentum(fcn8Defaults.batchNormMomentum), Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Thirteen 3×3 convolutions and five poolings, VGG's dense layers as convolutions of 7×7 and 1×1, then scores of "
        + "one channel at 1/32, 1/16 and 1/8 of the size, added and upsampled. Images have sides of multiples of 32.",
      examples: ["describe (fcn8 width: 4)"],
      method:
        "FCN-8s of the paper's Table 1 (Long, Shelhamer & Darrell 2015), from scratch: no pretrained weights come "
        + "with this program, and without them plain VGG hardly learns, so batch norm is on by default."),
    check: NetworkChecks.untrained(fcn8Configuration)
  ) { arguments, context in
    try untrained(fcn8Configuration(arguments), arguments, context)
  }

  static let pixelDiscriminator = Command(
    "pixel-discriminator", "a U-shaped discriminator D that judges a map as a whole and pixel by pixel",
    [
      width(discriminatorDefaults.width, "channels of the first convolution; doubled up to eight times that"),
      .option(
        "depth", .integer(bounds(OptionBounds.discriminatorDepth)),
        default: .number(Double(discriminatorDefaults.depth)),
        "how many convolutions are followed by a 2×2 pooling; fewer for small images"),
      .option("skips", .truth, default: .truth(discriminatorDefaults.skips), "concatenate the encoder's maps"),
      .option("condition", default: discriminatorDefaults.condition, "what D sees beside the label map"),
      .option("norm", default: discriminatorDefaults.norm, "how its convolutions are normalised"),
      .option("output", default: discriminatorDefaults.output, "what ends both of its outputs"),
      .option(
        "answers", default: discriminatorDefaults.answers,
        "what it judges: the whole map and its pixels, or one of them"),
      channels,
      momentum(discriminatorDefaults.batchNormMomentum),
      .option("init", default: discriminatorDefaults.initialization, "how the kernels start; biases start at 0"),
      Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "The encoder is a binary classifier of eight 3×3 convolutions; its decoder starts from the fifth and gives one "
        + "value a pixel. De(X) answers whether the map is real, Dd(X) which of its pixels are right.",
      examples: ["describe (pixel-discriminator width: 8)"],
      method: "The pixel discriminator of §3 of the 2021 paper. That D sees the image beside the map is our reading: "
        + "the paper's baseline is a conditional GAN."),
    check: NetworkChecks.untrained(pixelConfiguration)
  ) { arguments, context in
    try untrained(pixelConfiguration(arguments), arguments, context)
  }

  private static let patchDefaults = PatchDiscriminatorConfiguration()

  static let patchDiscriminator = Command(
    "patch-discriminator", "a discriminator that judges square patches of image and map",
    [
      width(patchDefaults.width, "channels of the first convolution; doubled up to eight times that"),
      .option(
        "layers", .integer(bounds(OptionBounds.patchLayers)), default: .number(Double(patchDefaults.layers)),
        "convolutions of stride 2: 1, 2, 3 and 4 see patches of 16, 34, 70 and 142 px"),
      .option("condition", default: patchDefaults.condition, "what D sees beside the label map"),
      .option("output", default: patchDefaults.output, "what ends its output"), channels,
      momentum(patchDefaults.batchNormMomentum), Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Convolutions of 4×4, the first ones of stride 2, and one value a patch: is this part of the map real?",
      examples: ["describe (patch-discriminator width: 8)"],
      method: "The discriminator of the paper's cGAN baseline (Isola et al. 2017)."),
    check: NetworkChecks.untrained(patchConfiguration)
  ) { arguments, context in
    try untrained(patchConfiguration(arguments), arguments, context)
  }

  private static let pointwiseDefaults = PointwiseDiscriminatorConfiguration()

  static let pointwiseDiscriminator = Command(
    "pointwise-discriminator", "a discriminator that judges each pixel by itself",
    [
      width(pointwiseDefaults.width, "channels of the first convolution; the second has twice as many"),
      .option("condition", default: pointwiseDefaults.condition, "what D sees beside the label map"),
      .option("output", default: pointwiseDefaults.output, "what ends its output"), channels,
      momentum(pointwiseDefaults.batchNormMomentum), Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Three 1×1 convolutions: an ablation that asks what the pixel discriminator's view of the surroundings is worth.",
      examples: ["describe (pointwise-discriminator width: 8)"],
      method: "The 1×1 “PixelGAN” of Isola et al. 2017, taught with Eq. 5 and 7."),
    check: NetworkChecks.untrained(pointwiseConfiguration)
  ) { arguments, context in
    try untrained(pointwiseConfiguration(arguments), arguments, context)
  }

  static let parameters = Command(
    "parameters", "how many weights training adjusts",
    [.argument("network", .object(NetworkValue.typeName), "a network")], result: .number,
    help: Help(
      "Counts kernels, biases and the scales and offsets of batch norm; running statistics are not trained.",
      examples: ["print parameters (unet width: 8)"])
  ) { arguments, _ in
    let network: NetworkValue = arguments.require("network")
    return .number(Double(network.model.trainableParameterCount))
  }

  private static func untrained(
    _ configuration: any NetworkConfiguration, _ arguments: Arguments, _ context: Context
  ) throws -> Value {
    let stream = Randomness.stream(arguments, context)
    return .object(NetworkValue(untrained: try Model(Architecture(configuration), stream: stream)))
  }

  // MARK: What the arguments describe

  @Sendable static func unetConfiguration(_ arguments: Arguments) -> any NetworkConfiguration {
    UNetConfiguration(
      width: arguments.integer("width"), depth: arguments.integer("depth"), norm: arguments.choice("norm"),
      upsample: arguments.choice("upsample"), bottleneck: arguments.choice("bottleneck"),
      batchNormMomentum: Float(arguments.number("bn-momentum")), initialization: arguments.choice("init"),
      imageChannels: arguments.integer("channels"))
  }

  @Sendable static func fcn8Configuration(_ arguments: Arguments) -> any NetworkConfiguration {
    FCN8Configuration(
      width: arguments.integer("width"), isNormalized: arguments.truth("normalised"),
      batchNormMomentum: Float(arguments.number("bn-momentum")), imageChannels: arguments.integer("channels"))
  }

  @Sendable static func pixelConfiguration(_ arguments: Arguments) -> any NetworkConfiguration {
    DiscriminatorConfiguration(
      width: arguments.integer("width"), depth: arguments.integer("depth"), skips: arguments.truth("skips"),
      condition: arguments.choice("condition"), norm: arguments.choice("norm"), output: arguments.choice("output"),
      answers: arguments.choice("answers"), batchNormMomentum: Float(arguments.number("bn-momentum")),
      initialization: arguments.choice("init"), imageChannels: arguments.integer("channels"))
  }

  @Sendable static func patchConfiguration(_ arguments: Arguments) -> any NetworkConfiguration {
    PatchDiscriminatorConfiguration(
      width: arguments.integer("width"), layers: arguments.integer("layers"), condition: arguments.choice("condition"),
      output: arguments.choice("output"), batchNormMomentum: Float(arguments.number("bn-momentum")),
      imageChannels: arguments.integer("channels"))
  }

  @Sendable static func pointwiseConfiguration(_ arguments: Arguments) -> any NetworkConfiguration {
    PointwiseDiscriminatorConfiguration(
      width: arguments.integer("width"), condition: arguments.choice("condition"), output: arguments.choice("output"),
      batchNormMomentum: Float(arguments.number("bn-momentum")), imageChannels: arguments.integer("channels"))
  }

  private static func width(_ value: Int, _ help: String) -> Parameter {
    .option("width", .integer(bounds(OptionBounds.width)), default: .number(Double(value)), help)
  }

  private static let channels = Parameter.option(
    "channels", .integer(bounds(OptionBounds.imageChannels)), default: .number(1),
    "channels of the image: the grey angiogram, and features computed from it")

  private static func momentum(_ value: Float) -> Parameter {
    .option(
      "bn-momentum", .number(.one, Bounds(from: 0, to: 1, excludesUpper: true)),
      default: .number(decimal(value)),
      "share of batch norm's running statistics kept at each step; short runs want 0.9")
  }
}

/// Bounds of the language from a range of whole numbers.
func bounds(_ range: ClosedRange<Int>) -> Bounds {
  .within(Double(range.lowerBound)...Double(range.upperBound))
}

/// A single-precision constant as the decimal that was written: 0.99, not 0.9900000095.
func decimal(_ value: Float) -> Double { Double("\(value)") ?? Double(value) }
