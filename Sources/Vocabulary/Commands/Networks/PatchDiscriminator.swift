import Language
import Networks

private let defaults = PatchDiscriminatorConfiguration()

extension Command {
  static let patchDiscriminator = Command(
    network: "patch-discriminator", "a discriminator that judges square patches of image and map",
    [
      .width(defaults.width, "channels of the first convolution; doubled up to eight times that"),
      .option(
        "layers", .integer(.within(OptionBounds.patchLayers)), default: .number(Double(defaults.layers)),
        "convolutions of stride 2: 1, 2, 3 and 4 see patches of 16, 34, 70 and 142 px"),
      .option("condition", default: defaults.condition, "what D sees beside the label map"),
      .option("output", default: defaults.output, "what ends its output"), .channels,
      .momentum(defaults.batchNormMomentum), Randomness.seedOption,
    ],
    help: Help(
      "Convolutions of 4×4, the first ones of stride 2, and one value a patch: is this part of the map real?",
      examples: ["describe (patch-discriminator width: 8)"],
      method: "The discriminator of the paper's cGAN baseline (Isola et al. 2017)."),
    configuration: configuration)
}

private func configuration(_ arguments: Arguments) -> any NetworkConfiguration {
  PatchDiscriminatorConfiguration(
    width: arguments.integer("width"), layers: arguments.integer("layers"), condition: arguments.choice("condition"),
    output: arguments.choice("output"), batchNormMomentum: Float(arguments.number("bn-momentum")),
    imageChannels: arguments.integer("channels"))
}
