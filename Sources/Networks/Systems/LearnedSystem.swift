import Tensors

/// A learned method: which networks learn, and against what. A new one is a value like those beside it, and its place in
/// `all`.
public struct LearnedSystem: Sendable {
  /// The name it is asked for by: `cgan-aspp`.
  public let name: String
  /// As the paper's Table 1 has it: "cGAN + ASPP".
  public let title: String
  /// What it is, in a sentence.
  public let summary: String
  let generator: @Sendable (SystemScale) -> any NetworkConfiguration
  /// Nil where the generator learns alone.
  let discriminator: (@Sendable (SystemScale) -> any NetworkConfiguration)?

  /// The paper's Table 1, then the ablations, then what is ours.
  public static let all: [LearnedSystem] = [
    fcn8, unet, cgan, cganASPP, pixelGAN, mapGAN, pixelOnlyGAN, pointwiseGAN, nestedUNet, nestedPixelGAN,
  ]

  public static func named(_ name: String) -> LearnedSystem? { all.first { $0.name == name } }
}

/// How large a system's networks are.
public struct SystemScale: Sendable, Hashable {
  /// Channels of the first layer of each network.
  public var width: Int
  /// Channels of the image.
  public var imageChannels: Int
  /// Smaller side of the images, px: small ones leave the discriminator room for fewer poolings.
  public var side: Int
  public var batchNormMomentum: Float

  public init(width: Int = 64, imageChannels: Int = 1, side: Int = 512, batchNormMomentum: Float = 0.99) {
    self.width = width
    self.imageChannels = imageChannels
    self.side = side
    self.batchNormMomentum = batchNormMomentum
  }

  /// Halvings that leave a pixel, seven at most: the depth of the pixel discriminator.
  var discriminatorDepth: Int {
    max(1, min(OptionBounds.discriminatorDepth.upperBound, Int.bitWidth - 1 - max(side, 2).leadingZeroBitCount))
  }
}

extension LearnedSystem {
  /// The untrained networks: the generator's weights are the same for all systems that share it, drawn from `stream`.
  public func networks(
    _ scale: SystemScale, stream: RandomStream
  ) throws(NetworkError) -> (generator: Model, discriminator: Model?) {
    let (generator, discriminator) = architectures(scale)
    return (
      try Model(generator, stream: stream.substream("generator")),
      try discriminator.map { architecture throws(NetworkError) in
        try Model(architecture, stream: stream.substream("discriminator"))
      }
    )
  }

  /// Whether its generator at a scale is the network that another is, whatever the weights.
  public func generatorIs(like model: Model, at scale: SystemScale) -> Bool {
    guard let own = try? Model(architectures(scale).generator, stream: RandomStream(seed: 0)) else { return false }
    let names = own.parameters.names
    return names == model.parameters.names
      && names.allSatisfy { own.parameters[$0].shape == model.parameters[$0].shape }
  }

  /// Which networks it makes, without their weights.
  public func architectures(_ scale: SystemScale) -> (generator: Architecture, discriminator: Architecture?) {
    (Architecture(generator(scale)), discriminator.map { Architecture($0(scale)) })
  }
}
