import Tensors

/// Where batch normalisation stands in a convolution block (method §7, "block contents").
public enum BlockNormalization: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: (3×3 convolution → batch norm → ReLU) × 2.
  case layer
  /// (3×3 convolution → ReLU) × 2, then one batch norm at the block's end.
  case block
  /// (3×3 convolution → ReLU) × 2: no normalisation.
  case none
}

/// How the decoder doubles the height and width of a map (method §7, "upsampling").
public enum Upsampling: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: every pixel becomes 2×2 equal ones.
  case nearest
  case bilinear
  /// A learnt 2×2 transposed convolution of stride 2 to the width of the level above.
  case transposed
}

/// How the convolutions' kernels start (method §7, "initial weights"); biases start at 0 in all of them.
///
/// With `fanIn = kernel height × kernel width × input channels` and `fanOut` the same with the output channels.
public enum WeightInitialization: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default, Keras's: uniform in ±√(6 / (fanIn + fanOut)).
  case glorotUniform = "glorot-uniform"
  /// Normal with standard deviation √(2 / fanIn), made for ReLU.
  case heNormal = "he-normal"
  /// Normal with standard deviation 0.02, as the first convolutional GANs.
  case normal

  /// The engine's name for it.
  var initialiser: Initialisation {
    switch self {
    case .glorotUniform: .glorotUniform
    case .heNormal: .heNormal
    case .normal: .normal(deviation: 0.02)
    }
  }
}

/// What the discriminator sees beside the label map (method §7, "D's input").
public enum DiscriminatorCondition: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: image and label map, concatenated.
  case image
  /// The label map alone.
  case none
}

/// How the discriminator's convolutions are normalised (method §7, "D's normalisation").
public enum DiscriminatorNormalization: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: batch norm after every convolution but the two that give the outputs.
  case batch
  /// Every kernel divided by its largest singular value, no batch norm.
  case spectral
  case none
}

/// What ends both of the discriminator's outputs (method §7, "D's activations").
public enum DiscriminatorOutput: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: values in (0, 1).
  case sigmoid
  /// No activation: with mean squared error, the least squares GAN.
  case linear
}

/// What the pixel discriminator is asked (method §8, ablations).
public enum DiscriminatorAnswers: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: `De` and `Dd`.
  case both
  /// `De` alone: the encoder.
  case map
  /// `Dd` alone: the U without the verdict on the whole map.
  case pixels
}

/// Which maps a generator draws.
public enum GeneratorMaps: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: of non-perfusion alone.
  case lesion
  /// Of non-perfusion and of the territory that holds it, each by a head of its own: region-based training (Isensee et al.,
  /// Nature Methods 18, 2021).
  case nested
}

/// What stands at the U-Net's deepest level.
public enum Bottleneck: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: a block as at every level.
  case block
  /// A block, then an atrous spatial pyramid (method §8, cGAN + ASPP).
  case aspp
}

/// Constants of the method's networks that no option changes, with their source.
enum MethodConstant {
  /// ε of batch norm: Keras's default (method §7).
  static let batchNormEpsilon: Float = 1e-3
  /// Slope of the discriminator's leaky ReLU below zero (method §7).
  static let leakyReLUSlope: Float = 0.2
  /// Widths stop doubling at this multiple of the first: 64, 128, 256, 512, 512, … (method §7).
  static let widestDiscriminatorFactor = 8
  /// Rates of the atrous pyramid's 3×3 convolutions (method §8).
  static let atrousRates = [6, 12, 18]
  /// The discriminator's decoder starts from this convolution (method §3).
  static let discriminatorDecoderStart = 5
}
