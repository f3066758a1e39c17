/// The choices that make one pixel discriminator D (method §3); every default is the row of method §7 it names.
public struct DiscriminatorConfiguration: NetworkConfiguration {
  public static let name = "pixel-discriminator"
  public static let isGenerator = false

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
  /// Default `both`; one alone is an ablation of method §8.
  public var answers: DiscriminatorAnswers
  /// Share of the old running mean and variance kept at each step, in [0, 1). Default 0.99 ("batch norm").
  public var batchNormMomentum: Float
  /// Default `glorotUniform` ("initial weights, bias").
  public var initialization: WeightInitialization
  /// Channels of the image that conditions it, as the generator's: 1. Not used with `condition: none`.
  public var imageChannels: Int

  public init(
    width: Int = 64, depth: Int = 7, skips: Bool = true, condition: DiscriminatorCondition = .image,
    norm: DiscriminatorNormalization = .batch, output: DiscriminatorOutput = .sigmoid,
    answers: DiscriminatorAnswers = .both, batchNormMomentum: Float = 0.99,
    initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1
  ) {
    self.width = width
    self.depth = depth
    self.skips = skips
    self.condition = condition
    self.norm = norm
    self.output = output
    self.answers = answers
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
  public var sizeRule: SizeRule {
    switch answers {
    case .both: SizeRule(multiple: 1 << (decoderStart - 1), minimum: 1 << depth)
    case .map: SizeRule(multiple: 1, minimum: 1 << depth)
    case .pixels: SizeRule(multiple: 1 << (decoderStart - 1), minimum: 1 << (decoderStart - 1))
    }
  }

  public func shallower(forHeight height: Int, width: Int) -> (depth: Int, configuration: Self)? {
    shallower(than: depth, forHeight: height, width: width) { depth in
      var candidate = self
      candidate.depth = depth
      return candidate
    }
  }

  public var endsInSigmoid: Bool { output == .sigmoid }

  public var seesImage: Bool { condition == .image }

  public func validate() throws(NetworkError) {
    try checkOption("width", width, in: OptionBounds.width, of: Self.name)
    try checkOption("depth", depth, in: OptionBounds.discriminatorDepth, of: Self.name)
    try checkOption("channels", imageChannels, in: OptionBounds.imageChannels, of: Self.name)
    try checkMomentum(batchNormMomentum, of: Self.name)
  }
}
