import Language
import Networks

private let defaults = UNetConfiguration()

extension Command {
  static let unet = Command(
    network: "unet", "a U-Net with initial weights, the generator G",
    [
      .width(defaults.width, "channels of the first block; each level below doubles them"),
      .option(
        "depth", .integer(.within(OptionBounds.unetDepth)), default: .number(Double(defaults.depth)),
        "how many 2×2 poolings; the image's sides are multiples of 2^depth"),
      .option("norm", default: defaults.norm, "batch norm after each convolution, at each block's end, or nowhere"),
      .option("upsample", default: defaults.upsample, "how the decoder doubles the size of a map"),
      .option(
        "bottleneck", default: defaults.bottleneck, "the deepest level: a block, or one and an atrous pyramid"),
      .channels, .momentum(defaults.batchNormMomentum),
      .option("init", default: defaults.initialization, "how the kernels start; biases start at 0"),
      .option(
        "maps", default: defaults.maps,
        "what it draws: non-perfusion, or, nested, that and the territory which holds it (`territory:` of `load`)"),
      Randomness.seedOption,
    ],
    help: Help(
      "Five blocks of two 3×3 convolutions, 2×2 max-pooling after the first four; the decoder upsamples, concatenates "
        + "the encoder's map of the same size and fuses. A 1×1 convolution and a sigmoid give the probability of "
        + "non-perfusion in every pixel.",
      examples: ["describe (unet width: 8)", "print parameters (unet width: 16 upsample: bilinear)"],
      method: "The generator of §3 of the 2021 paper. The paper gives no width; 64 is ours, as in the first U-Net. "
        + "`bottleneck: aspp` is the generator of its cGAN + ASPP.", explanation: .unet),
    configuration: configuration)
}

private func configuration(_ arguments: Arguments) -> any NetworkConfiguration {
  UNetConfiguration(
    width: arguments.integer("width"), depth: arguments.integer("depth"), norm: arguments.choice("norm"),
    upsample: arguments.choice("upsample"), bottleneck: arguments.choice("bottleneck"),
    batchNormMomentum: Float(arguments.number("bn-momentum")), initialization: arguments.choice("init"),
    imageChannels: arguments.integer("channels"), maps: arguments.choice("maps"))
}

extension Explanation {
  static let unet = Explanation(
    commands: ["unet"], title: "The generator G (§3 of the 2021 paper, its Fig. 2)",
    text: """
      Five blocks of 3×3 convolutions with batch norm go down, with 2×2 max-pooling after the first four; the decoder
      upsamples, concatenates the encoder's map of the same size and fuses. A 1×1 convolution and a sigmoid end it.

      The reading in force, and what changes it:
        A block is (convolution → batch norm → ReLU) twice.                           norm: block, none
        Widths 64, 128, 256, 512, 1024: the paper gives none.                                   width:
        Five decoding blocks but four poolings to undo: four, and the 1×1 head is the fifth.
        Upsampling is nearest ×2 without a convolution of its own.        upsample: bilinear, transposed
        Glorot's uniform weights, biases 0.                                                      init:
        Non-perfusion alone is drawn; with the territory that holds it, by a second head.     maps: nested
        Batch norm: ε 1e-3, momentum 0.99; short runs want 0.9.                           bn-momentum:

      See it: show (diagram (unet width: 16)), describe (unet width: 16).
      """)
}
