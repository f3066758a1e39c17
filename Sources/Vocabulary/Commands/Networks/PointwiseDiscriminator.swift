import Language
import Networks

private let defaults = PointwiseDiscriminatorConfiguration()

extension Command {
  static let pointwiseDiscriminator = Command(
    network: "pointwise-discriminator", "a discriminator that judges each pixel by itself",
    [
      .width(defaults.width, "channels of the first convolution; the second has twice as many"),
      .option("condition", default: defaults.condition, "what D sees beside the label map"),
      .option("output", default: defaults.output, "what ends its output"), .channels,
      .momentum(defaults.batchNormMomentum), Randomness.seedOption,
    ],
    help: Help(
      "Three 1×1 convolutions: an ablation that asks what the pixel discriminator's view of the surroundings is worth.",
      examples: ["describe (pointwise-discriminator width: 8)"],
      method: "The 1×1 “PixelGAN” of Isola et al. 2017, taught with Eq. 5 and 7."),
    configuration: configuration)
}

private func configuration(_ arguments: Arguments) -> any NetworkConfiguration {
  PointwiseDiscriminatorConfiguration(
    width: arguments.integer("width"), condition: arguments.choice("condition"), output: arguments.choice("output"),
    batchNormMomentum: Float(arguments.number("bn-momentum")), imageChannels: arguments.integer("channels"))
}
