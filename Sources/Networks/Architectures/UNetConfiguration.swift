/// The choices that make one generator G, a U-Net (method §3); every default is the row of method §7 it names.
public struct UNetConfiguration: NetworkConfiguration {
  public static let name = "unet"
  public static let isGenerator = true

  /// Channels of the first block; each of the `depth` next levels doubles them. Default 64 ("width").
  public var width: Int
  /// How many 2×2 poolings; inputs are multiples of 2^depth. Default 4: five encoder blocks (method §3).
  public var depth: Int
  /// Default `layer` ("block contents").
  public var norm: BlockNormalization
  /// Default `nearest` ("upsampling").
  public var upsample: Upsampling
  /// Default `block`; `aspp` is the generator of cGAN + ASPP (method §8).
  public var bottleneck: Bottleneck
  /// Share of the old running mean and variance kept at each step, in [0, 1). Default 0.99 ("batch norm").
  public var batchNormMomentum: Float
  /// Default `glorotUniform` ("initial weights, bias").
  public var initialization: WeightInitialization
  /// Channels of the image: 1, the grey angiogram (method §2); more where computed features are added.
  public var imageChannels: Int
  /// Default `lesion`.
  public var maps: GeneratorMaps

  public init(
    width: Int = 64, depth: Int = 4, norm: BlockNormalization = .layer, upsample: Upsampling = .nearest,
    bottleneck: Bottleneck = .block, batchNormMomentum: Float = 0.99,
    initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1, maps: GeneratorMaps = .lesion
  ) {
    self.width = width
    self.depth = depth
    self.norm = norm
    self.upsample = upsample
    self.bottleneck = bottleneck
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.imageChannels = imageChannels
    self.maps = maps
  }
}

/// What is drawn is written where it is not the default, so that files from before there was a choice are read, and others stay
/// as they were.
extension UNetConfiguration {
  private enum CodingKeys: CodingKey {
    case width, depth, norm, upsample, bottleneck, batchNormMomentum, initialization, imageChannels, maps
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      width: try fields.decode(Int.self, forKey: .width), depth: try fields.decode(Int.self, forKey: .depth),
      norm: try fields.decode(BlockNormalization.self, forKey: .norm),
      upsample: try fields.decode(Upsampling.self, forKey: .upsample),
      bottleneck: try fields.decode(Bottleneck.self, forKey: .bottleneck),
      batchNormMomentum: try fields.decode(Float.self, forKey: .batchNormMomentum),
      initialization: try fields.decode(WeightInitialization.self, forKey: .initialization),
      imageChannels: try fields.decode(Int.self, forKey: .imageChannels),
      maps: try fields.decodeIfPresent(GeneratorMaps.self, forKey: .maps) ?? .lesion)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(width, forKey: .width)
    try fields.encode(depth, forKey: .depth)
    try fields.encode(norm, forKey: .norm)
    try fields.encode(upsample, forKey: .upsample)
    try fields.encode(bottleneck, forKey: .bottleneck)
    try fields.encode(batchNormMomentum, forKey: .batchNormMomentum)
    try fields.encode(initialization, forKey: .initialization)
    try fields.encode(imageChannels, forKey: .imageChannels)
    if maps != .lesion { try fields.encode(maps, forKey: .maps) }
  }
}

extension UNetConfiguration {
  /// Every encoder level's channels, the bottom's last: 64, 128, 256, 512, 1024.
  public var widths: [Int] { (0...depth).map { width << $0 } }

  public var labelChannels: Int { maps == .nested ? 2 : 1 }

  /// Every pooling is undone by an upsampling that meets a skip connection of the same size.
  public var sizeRule: SizeRule { SizeRule(multiple: 1 << depth, minimum: 1 << depth) }

  public func shallower(forHeight height: Int, width: Int) -> (depth: Int, configuration: Self)? {
    shallower(than: depth, forHeight: height, width: width) { depth in
      var candidate = self
      candidate.depth = depth
      return candidate
    }
  }

  public func validate() throws(NetworkError) {
    try checkOption("width", width, in: OptionBounds.width, of: Self.name)
    try checkOption("depth", depth, in: OptionBounds.unetDepth, of: Self.name)
    try checkOption("channels", imageChannels, in: OptionBounds.imageChannels, of: Self.name)
    try checkMomentum(batchNormMomentum, of: Self.name)
  }
}
