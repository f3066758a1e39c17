/// The choices that make one generator G, a U-Net (method §3); every default is the row of method §7 it names.
public struct UNetConfiguration: Sendable, Hashable, Codable {
  /// Channels of the first block; each of the `depth` next levels doubles them. Default 64 ("width").
  public var width: Int
  /// How many 2×2 poolings; inputs are multiples of 2^depth. Default 4: five encoder blocks (method §3).
  public var depth: Int
  /// Default `layer` ("block contents").
  public var norm: BlockNormalization
  /// Default `nearest` ("upsampling").
  public var upsample: Upsampling
  /// Share of the old running mean and variance kept at each step, in [0, 1). Default 0.99 ("batch norm").
  public var batchNormMomentum: Float
  /// Default `glorotUniform` ("initial weights, bias").
  public var initialization: WeightInitialization
  /// Channels of the image: 1, the grey angiogram (method §2); more where computed features are added.
  public var inputChannels: Int

  public init(
    width: Int = 64, depth: Int = 4, norm: BlockNormalization = .layer, upsample: Upsampling = .nearest,
    batchNormMomentum: Float = 0.99, initialization: WeightInitialization = .glorotUniform, inputChannels: Int = 1
  ) {
    self.width = width
    self.depth = depth
    self.norm = norm
    self.upsample = upsample
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.inputChannels = inputChannels
  }
}

extension UNetConfiguration {
  /// Every encoder level's channels, the bottom's last: 64, 128, 256, 512, 1024.
  public var widths: [Int] { (0...depth).map { width << $0 } }

  /// Every pooling is undone by an upsampling that meets a skip connection of the same size.
  public var sizeRule: SizeRule { SizeRule(multiple: 1 << depth, minimum: 1 << depth) }

  /// Throws `optionOutOfRange` for a network nobody can build; bounds are generous but finite, since a
  /// description may come from an untrusted file.
  public func validate() throws(NetworkError) {
    let network = "unet"
    try checkOption("width", width, in: OptionBounds.width, of: network)
    try checkOption("depth", depth, in: OptionBounds.unetDepth, of: network)
    try checkOption("input channels", inputChannels, in: OptionBounds.inputChannels, of: network)
    try checkMomentum(batchNormMomentum, of: network)
  }
}

/// The ranges that commands and descriptions check.
public enum OptionBounds {
  /// Channels of the first layer (method §7: any ≥ 4).
  public static let width = 4...1024
  public static let unetDepth = 1...6
  public static let discriminatorDepth = 1...7
  public static let inputChannels = 1...64
}

func checkOption(
  _ option: String, _ value: Int, in allowed: ClosedRange<Int>, of network: String
) throws(NetworkError) {
  guard allowed.contains(value) else {
    throw .optionOutOfRange(
      network: network, option: option, value: "\(value)",
      allowed: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
  }
}

func checkMomentum(_ momentum: Float, of network: String) throws(NetworkError) {
  guard momentum >= 0, momentum < 1 else {
    throw .optionOutOfRange(
      network: network, option: "bn-momentum", value: "\(momentum)", allowed: "from 0 up to, but below, 1")
  }
}
