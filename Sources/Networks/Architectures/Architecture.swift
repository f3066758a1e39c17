import Tensors

/// The choices that make one kind of network. A new kind is one file: a conformance that builds its graph, and its place
/// in `Architecture.kinds`.
public protocol NetworkConfiguration: Sendable, Hashable, Codable {
  /// The name of the command that makes it, and of its kind in files.
  static var name: String { get }
  /// Whether it maps an image to a probability of non-perfusion per pixel; else it judges label maps.
  static var isGenerator: Bool { get }
  /// Channels of the image it is given.
  var imageChannels: Int { get }
  /// Whether it is given an image at all: a discriminator may see the label map alone.
  var seesImage: Bool { get }
  /// Share of batch norm's running statistics kept at each step.
  var batchNormMomentum: Float { get }
  /// The heights and widths it accepts.
  var sizeRule: SizeRule { get }
  /// The maps that it learns to draw, as channels of its labels: non-perfusion, then what else.
  var labelChannels: Int { get }
  /// Whether its outputs are probabilities.
  var endsInSigmoid: Bool { get }
  /// The same network for images of `height` × `width` pixels, where fewer poolings would make them fit.
  func shallower(forHeight height: Int, width: Int) -> (depth: Int, configuration: Self)?
  /// Throws `optionOutOfRange` for a network nobody can build; bounds are generous but finite, since a description may
  /// come from an untrusted file.
  func validate() throws(NetworkError)
  /// The static graph of its operations.
  func graph() -> Graph
}

extension NetworkConfiguration {
  public var endsInSigmoid: Bool { true }

  public var labelChannels: Int { 1 }

  public var seesImage: Bool { true }

  public func shallower(forHeight height: Int, width: Int) -> (depth: Int, configuration: Self)? { nil }

  /// The deepest of the candidates below `depth` that takes such images.
  func shallower(
    than depth: Int, forHeight height: Int, width: Int, _ candidate: (Int) -> Self
  ) -> (depth: Int, configuration: Self)? {
    for fewer in (1..<max(depth, 1)).reversed() {
      let network = candidate(fewer)
      if network.sizeRule.allows(height) && network.sizeRule.allows(width) { return (fewer, network) }
    }
    return nil
  }
}

/// Which network a model is, with its choices.
public struct Architecture: Sendable {
  public let configuration: any NetworkConfiguration

  public init(_ configuration: any NetworkConfiguration) { self.configuration = configuration }

  /// Every kind that files may name.
  public static let kinds: [any NetworkConfiguration.Type] = [
    UNetConfiguration.self, FCN8Configuration.self, DiscriminatorConfiguration.self,
    PatchDiscriminatorConfiguration.self, PointwiseDiscriminatorConfiguration.self,
  ]

  /// The names of all that draw maps, or of all that judge them.
  static func names(areGenerators: Bool) -> String {
    kinds.filter { $0.isGenerator == areGenerators }.map { $0.name }.joined(separator: ", ")
  }
}

extension Architecture {
  /// The name of the command that makes it.
  public var name: String { type(of: configuration).name }

  /// Whether it maps an image to a probability of non-perfusion per pixel.
  public var isGenerator: Bool { type(of: configuration).isGenerator }

  /// Whether it is a discriminator that answers for each pixel of a map, beside the map as a whole or alone.
  public var judgesPixels: Bool { configuration.graph().outputNames.contains(NetworkOutput.pixels) }

  /// Channels of the image it is given.
  public var imageChannels: Int { configuration.imageChannels }

  /// Channels of the labels that it learns from.
  public var labelChannels: Int { configuration.labelChannels }

  /// Throws `channelsDiffer` or `sizeNotSupported` unless the network can take images of `height` × `width` pixels with
  /// that many channels.
  public func checkImages(height: Int, width: Int, channels: Int) throws(NetworkError) {
    guard channels == imageChannels else {
      throw .channelsDiffer(network: name, expected: imageChannels, found: channels)
    }
    try checkSize(height: height, width: width)
  }

  /// Throws `sizeNotSupported`, with a depth that would fit if there is one, unless the network can take images of
  /// `height` × `width` pixels.
  public func checkSize(height: Int, width: Int) throws(NetworkError) {
    let rule = configuration.sizeRule
    guard !rule.allows(height) || !rule.allows(width) else { return }
    throw .sizeNotSupported(
      network: name, height: height, width: width, rule: rule,
      fittingDepth: configuration.shallower(forHeight: height, width: width)?.depth)
  }
}

extension Architecture: Hashable {
  public static func == (left: Architecture, right: Architecture) -> Bool {
    AnyHashable(left.configuration) == AnyHashable(right.configuration)
  }

  public func hash(into hasher: inout Hasher) { configuration.hash(into: &hasher) }
}

extension Architecture: Codable {
  private enum Key: String, CodingKey { case network, configuration }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .network)
    guard let kind = Architecture.kinds.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .network, in: container, debugDescription: "no network is called \(name)")
    }
    self.init(try container.decode(kind, forKey: .configuration))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .network)
    try container.encode(configuration, forKey: .configuration)
  }
}
