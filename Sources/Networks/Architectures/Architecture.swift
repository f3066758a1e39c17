import Tensors

/// Which network a model is, with its choices. A new system adds a case here and a file that builds its graph.
public enum Architecture: Sendable, Hashable {
  case unet(UNetConfiguration)
  case pixelDiscriminator(DiscriminatorConfiguration)
}

extension Architecture {
  /// The name of the command that makes it.
  public var name: String {
    switch self {
    case .unet: "unet"
    case .pixelDiscriminator: "pixel-discriminator"
    }
  }

  /// Whether it maps an image to a probability of non-perfusion per pixel.
  public var isGenerator: Bool {
    switch self {
    case .unet: true
    case .pixelDiscriminator: false
    }
  }

  /// Channels of the image it is given.
  public var imageChannels: Int {
    switch self {
    case .unet(let configuration): configuration.inputChannels
    case .pixelDiscriminator(let configuration): configuration.imageChannels
    }
  }

  /// Share of batch norm's running statistics kept at each step.
  var batchNormMomentum: Float {
    switch self {
    case .unet(let configuration): configuration.batchNormMomentum
    case .pixelDiscriminator(let configuration): configuration.batchNormMomentum
    }
  }

  /// The heights and widths it accepts.
  public var sizeRule: SizeRule {
    switch self {
    case .unet(let configuration): configuration.sizeRule
    case .pixelDiscriminator(let configuration): configuration.sizeRule
    }
  }

  /// Throws `sizeNotSupported`, with a depth that would fit if there is one, unless the network can take images of
  /// `height` × `width` pixels.
  public func checkSize(height: Int, width: Int) throws(NetworkError) {
    guard !sizeRule.allows(height) || !sizeRule.allows(width) else { return }
    let fitting = (1..<max(depth, 1)).last { candidate in
      let rule = withDepth(candidate).sizeRule
      return rule.allows(height) && rule.allows(width)
    }
    throw .sizeNotSupported(network: name, height: height, width: width, rule: sizeRule, fittingDepth: fitting)
  }

  /// Throws `optionOutOfRange` for a network nobody can build.
  public func validate() throws(NetworkError) {
    switch self {
    case .unet(let configuration): try configuration.validate()
    case .pixelDiscriminator(let configuration): try configuration.validate()
    }
  }

  /// The static graph of its operations.
  package func graph() -> Graph {
    switch self {
    case .unet(let configuration): configuration.graph()
    case .pixelDiscriminator(let configuration): configuration.graph()
    }
  }

  private var depth: Int {
    switch self {
    case .unet(let configuration): configuration.depth
    case .pixelDiscriminator(let configuration): configuration.depth
    }
  }

  private func withDepth(_ depth: Int) -> Architecture {
    switch self {
    case .unet(var configuration):
      configuration.depth = depth
      return .unet(configuration)
    case .pixelDiscriminator(var configuration):
      configuration.depth = depth
      return .pixelDiscriminator(configuration)
    }
  }
}

extension Architecture: Codable {
  private enum Key: String, CodingKey { case network, configuration }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .network)
    switch name {
    case "unet":
      self = .unet(try container.decode(UNetConfiguration.self, forKey: .configuration))
    case "pixel-discriminator":
      self = .pixelDiscriminator(try container.decode(DiscriminatorConfiguration.self, forKey: .configuration))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .network, in: container, debugDescription: "no network is called \(name)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .network)
    switch self {
    case .unet(let configuration): try container.encode(configuration, forKey: .configuration)
    case .pixelDiscriminator(let configuration): try container.encode(configuration, forKey: .configuration)
    }
  }
}
