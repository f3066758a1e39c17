import Language
import Networks

/// Networks before training: `unet pixel-discriminator parameters`.
enum NetworkDesign {
  static var commands: [Command] { [unet, pixelDiscriminator, parameters] }

  private static let unetDefaults = UNetConfiguration()
  private static let discriminatorDefaults = DiscriminatorConfiguration()

  static let unet = Command(
    "unet", "a U-Net with initial weights, the generator G",
    [
      .option(
        "width", .integer(bounds(OptionBounds.width)), default: .number(Double(unetDefaults.width)),
        "channels of the first block; each level below doubles them"),
      .option(
        "depth", .integer(bounds(OptionBounds.unetDepth)), default: .number(Double(unetDefaults.depth)),
        "how many 2×2 poolings; the image's sides are multiples of 2^depth"),
      .option("norm", default: unetDefaults.norm, "batch norm after each convolution, at each block's end, or nowhere"),
      .option("upsample", default: unetDefaults.upsample, "how the decoder doubles the size of a map"),
      momentum(unetDefaults.batchNormMomentum),
      .option("init", default: unetDefaults.initialization, "how the kernels start; biases start at 0"),
      Randomness.seedOption,
    ],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Five blocks of two 3×3 convolutions, 2×2 max-pooling after the first four; the decoder upsamples, concatenates "
        + "the encoder's map of the same size and fuses. A 1×1 convolution and a sigmoid give the probability of "
        + "non-perfusion in every pixel.",
      examples: ["describe (unet width: 8)", "print parameters (unet width: 16 upsample: bilinear)"],
      method: "The generator of §3 of the 2021 paper. The paper gives no width; 64 is ours, as in the first U-Net.")
  ) { arguments, context in
    let configuration = UNetConfiguration(
      width: arguments.integer("width"), depth: arguments.integer("depth"), norm: arguments.choice("norm"),
      upsample: arguments.choice("upsample"), batchNormMomentum: Float(arguments.number("bn-momentum")),
      initialization: arguments.choice("init"))
    let model = try Model.unet(configuration, stream: Randomness.stream(arguments, context))
    return .object(NetworkValue(untrained: model))
  }

  static let pixelDiscriminator = Command(
    "pixel-discriminator", "a U-shaped discriminator D that judges a map as a whole and pixel by pixel",
    [
      .option(
        "width", .integer(bounds(OptionBounds.width)), default: .number(Double(discriminatorDefaults.width)),
        "channels of the first convolution; doubled up to eight times that"),
      .option(
        "depth", .integer(bounds(OptionBounds.discriminatorDepth)),
        default: .number(Double(discriminatorDefaults.depth)),
        "how many convolutions are followed by a 2×2 pooling; fewer for small images"),
      .option("skips", .truth, default: .truth(discriminatorDefaults.skips), "concatenate the encoder's maps"),
      .option("condition", default: discriminatorDefaults.condition, "what D sees beside the label map"),
      .option("norm", default: discriminatorDefaults.norm, "how its convolutions are normalised"),
      .option("output", default: discriminatorDefaults.output, "what ends both of its outputs"),
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
        + "the paper's baseline is a conditional GAN.")
  ) { arguments, context in
    let configuration = DiscriminatorConfiguration(
      width: arguments.integer("width"), depth: arguments.integer("depth"), skips: arguments.truth("skips"),
      condition: arguments.choice("condition"), norm: arguments.choice("norm"), output: arguments.choice("output"),
      batchNormMomentum: Float(arguments.number("bn-momentum")), initialization: arguments.choice("init"))
    let model = try Model.pixelDiscriminator(configuration, stream: Randomness.stream(arguments, context))
    return .object(NetworkValue(untrained: model))
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
