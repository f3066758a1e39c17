import Language
import Networks

private let defaults = FCN8Configuration()

extension Command {
  static let fcn8 = Command(
    network: "fcn8", "FCN-8s with initial weights: a VGG-16 encoder whose scores at three scales are added",
    [
      .width(defaults.width, "channels of the first block; the dense layers have 64 times as many"),
      .option("normalised", .truth, default: .truth(defaults.isNormalized), "batch norm after each convolution"),
      .channels, .momentum(defaults.batchNormMomentum), Randomness.seedOption,
    ],
    help: Help(
      "Thirteen 3×3 convolutions and five poolings, VGG's dense layers as convolutions of 7×7 and 1×1, then scores of "
        + "one channel at 1/32, 1/16 and 1/8 of the size, added and upsampled. Images have sides of multiples of 32.",
      examples: ["describe (fcn8 width: 4)"],
      method:
        "FCN-8s of the paper's Table 1 (Long, Shelhamer & Darrell 2015), from scratch: no pretrained weights come "
        + "with this program, and without them plain VGG hardly learns, so batch norm is on by default."),
    configuration: configuration)
}

private func configuration(_ arguments: Arguments) -> any NetworkConfiguration {
  FCN8Configuration(
    width: arguments.integer("width"), isNormalized: arguments.truth("normalised"),
    batchNormMomentum: Float(arguments.number("bn-momentum")), imageChannels: arguments.integer("channels"))
}
