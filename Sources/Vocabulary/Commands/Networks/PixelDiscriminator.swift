import Language
import Networks

private let defaults = DiscriminatorConfiguration()

extension Command {
  static let pixelDiscriminator = Command(
    network: "pixel-discriminator", "a U-shaped discriminator D that judges a map as a whole and pixel by pixel",
    [
      .width(defaults.width, "channels of the first convolution; doubled up to eight times that"),
      .option(
        "depth", .integer(.within(OptionBounds.discriminatorDepth)),
        default: .number(Double(defaults.depth)),
        "how many convolutions are followed by a 2×2 pooling; fewer for small images"),
      .option("skips", .truth, default: .truth(defaults.skips), "concatenate the encoder's maps"),
      .option("condition", default: defaults.condition, "what D sees beside the label map"),
      .option("norm", default: defaults.norm, "how its convolutions are normalised"),
      .option("output", default: defaults.output, "what ends both of its outputs"),
      .option(
        "answers", default: defaults.answers,
        "what it judges: the whole map and its pixels, or one of them"),
      .channels,
      .momentum(defaults.batchNormMomentum),
      .option("init", default: defaults.initialization, "how the kernels start; biases start at 0"),
      Randomness.seedOption,
    ],
    help: Help(
      "The encoder is a binary classifier of eight 3×3 convolutions; its decoder starts from the fifth and gives one "
        + "value a pixel. De(X) answers whether the map is real, Dd(X) which of its pixels are right.",
      examples: ["describe (pixel-discriminator width: 8)"],
      method: "The pixel discriminator of §3 of the 2021 paper. That D sees the image beside the map is our reading: "
        + "the paper's baseline is a conditional GAN.", explanation: .pixelDiscriminator),
    configuration: configuration)
}

private func configuration(_ arguments: Arguments) -> any NetworkConfiguration {
  DiscriminatorConfiguration(
    width: arguments.integer("width"), depth: arguments.integer("depth"), skips: arguments.truth("skips"),
    condition: arguments.choice("condition"), norm: arguments.choice("norm"), output: arguments.choice("output"),
    answers: arguments.choice("answers"), batchNormMomentum: Float(arguments.number("bn-momentum")),
    initialization: arguments.choice("init"), imageChannels: arguments.integer("channels"))
}

extension Explanation {
  static let pixelDiscriminator = Explanation(
    commands: ["pixel-discriminator"], title: "The pixel discriminator D (§3 of the 2021 paper, its Fig. 3)",
    text: """
      The encoder is a binary classifier: eight 3×3 convolutions with max-pooling after the first seven; at 512 × 512 the
      eighth gives De as 4 × 4 values. The decoder starts from the fifth and goes back to full size: Dd, one value a pixel.

      The reading in force, and what changes it:
        Widths 64, 128, 256, 512, 512, 512, 512.                                                width:
        The decoder: four times (nearest ×2, concatenate, 3×3 convolution), 512 to 64.    skips: false
        Leaky ReLU 0.2 inside, a sigmoid at both ends.                                  output: linear
        Batch norm; others found these steadier.                                  norm: spectral, none
        D sees image and map; the paper's baseline is a conditional GAN.               condition: none
        Seven poolings need 128 pixels a side.                                                  depth:

      See it: show (diagram (pixel-discriminator width: 16)).
      """)
}
