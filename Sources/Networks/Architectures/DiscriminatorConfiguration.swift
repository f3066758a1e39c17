/// The choices that make one pixel discriminator D (method §3); every default is the row of method §7 it names.
public struct DiscriminatorConfiguration: Sendable, Hashable, Codable {
  /// Channels of the first convolution; doubled up to eight times that: 64, 128, 256, 512, 512, 512, 512. Default 64.
  public var width: Int
  /// How many convolutions are followed by a 2×2 pooling; one more gives `De`. Default 7; fewer for small images.
  public var depth: Int
  /// Whether the decoder concatenates the encoder's maps of the same size. Default true ("D's decoder").
  public var skips: Bool
  /// Default `image` ("D's input").
  public var condition: DiscriminatorCondition
  /// Default `batch` ("D's normalisation").
  public var norm: DiscriminatorNormalization
  /// Default `sigmoid` ("D's activations").
  public var output: DiscriminatorOutput
  /// Share of the old running mean and variance kept at each step, in [0, 1). Default 0.99 ("batch norm").
  public var batchNormMomentum: Float
  /// Default `glorotUniform` ("initial weights, bias").
  public var initialization: WeightInitialization
  /// Channels of the image that conditions it, as the generator's: 1. Not used with `condition: none`.
  public var imageChannels: Int

  public init(
    width: Int = 64, depth: Int = 7, skips: Bool = true, condition: DiscriminatorCondition = .image,
    norm: DiscriminatorNormalization = .batch, output: DiscriminatorOutput = .sigmoid,
    batchNormMomentum: Float = 0.99, initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1
  ) {
    self.width = width
    self.depth = depth
    self.skips = skips
    self.condition = condition
    self.norm = norm
    self.output = output
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.imageChannels = imageChannels
  }
}

extension DiscriminatorConfiguration {
  /// Channels of the pooled convolutions, first to last.
  public var widths: [Int] { (0..<depth).map { width * min(1 << $0, MethodConstant.widestDiscriminatorFactor) } }

  /// Which convolution (counted from 1) the decoder starts from: the 5th, or the last one of a shallower network.
  public var decoderStart: Int { min(MethodConstant.discriminatorDecoderStart, depth) }

  /// Poolings above the decoder's start halve exactly; those below it may floor, but must leave a pixel.
  public var sizeRule: SizeRule { SizeRule(multiple: 1 << (decoderStart - 1), minimum: 1 << depth) }

  /// Throws `optionOutOfRange` for a network nobody can build.
  public func validate() throws(NetworkError) {
    let network = "pixel-discriminator"
    try checkOption("width", width, in: OptionBounds.width, of: network)
    try checkOption("depth", depth, in: OptionBounds.discriminatorDepth, of: network)
    try checkOption("image channels", imageChannels, in: OptionBounds.inputChannels, of: network)
    try checkMomentum(batchNormMomentum, of: network)
  }
}
