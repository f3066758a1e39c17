import Kernels

// The operations a network is built of. Layers with parameters must be named, the others may be.

extension Graph {
  /// Convolution with zero padding of dilation·(kernel − 1) / 2 on every side: at stride 1 and an odd kernel the map keeps
  /// its size, else height and width become ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
  ///
  /// Parameters: `NAME.weights` `[kernel, kernel, in channels, out channels]`, `NAME.bias` `[out channels]`. With spectral
  /// normalisation (Miyato et al. 2018) the weights are divided by their largest singular value, found by one power
  /// iteration a pass from `NAME.singular-vector` `[out channels]`, which training moves on.
  public mutating func convolution(
    _ x: Node, filters: Int, kernel: Int = 3, stride: Int = 1, dilation: Int = 1, bias: Bool = true,
    initialiser: Initialisation = .glorotUniform, spectralNormalization: Bool = false, name: String
  ) -> Node {
    precondition(filters > 0 && kernel > 0 && stride > 0 && dilation > 0, "a convolution's settings are positive")
    let operation = Convolution(
      inChannels: x.channels, outChannels: filters, kernel: kernel, stride: stride, dilation: dilation, hasBias: bias,
      isSpectrallyNormalized: spectralNormalization, initialisation: initialiser)
    return add(operation, [x], channels: filters, name: name)
  }

  /// Transposed convolution with a kernel of `stride` × `stride`, so that each pixel becomes a block of its own:
  /// `[b, h, w, c]` → `[b, stride·h, stride·w, filters]`.
  ///
  /// Parameters: `NAME.weights` `[stride, stride, in channels, out channels]`, `NAME.bias` `[out channels]`.
  public mutating func transposedConvolution(
    _ x: Node, filters: Int, stride: Int = 2, bias: Bool = true, initialiser: Initialisation = .glorotUniform,
    name: String
  ) -> Node {
    precondition(filters > 0 && stride > 0, "a convolution's settings are positive")
    let operation = TransposedConvolution(
      inChannels: x.channels, outChannels: filters, stride: stride, hasBias: bias, initialisation: initialiser)
    return add(operation, [x], channels: filters, name: name)
  }

  /// Batch normalisation over all pixels of the batch. Training uses the batch's mean and (biased) variance and moves the
  /// running ones towards them, running ← momentum·running + (1 − momentum)·batch, with the unbiased variance as Keras'
  /// fused kernel and PyTorch do; inference uses the running ones.
  ///
  /// Parameters, all `[channels]`: `NAME.scale`, `NAME.offset`, `NAME.running-mean`, `NAME.running-variance`.
  public mutating func batchNormalization(
    _ x: Node, epsilon: Float = 1e-3, momentum: Float = 0.99, name: String
  ) -> Node {
    add(
      BatchNormalization(channels: x.channels, epsilon: epsilon, momentum: momentum), [x], channels: x.channels,
      name: name)
  }

  public mutating func activation(_ x: Node, _ function: Activation, name: String? = nil) -> Node {
    add(Activating(function: function), [x], channels: x.channels, name: name)
  }

  /// The largest of each window of `size` × `size`; an odd last row or column is left out.
  public mutating func maxPool(_ x: Node, _ size: Int = 2, name: String? = nil) -> Node {
    precondition(size > 0, "a window has a size")
    return add(MaxPooling(size: size), [x], channels: x.channels, name: name)
  }

  /// Maps `factor` times as high and wide.
  public mutating func upsample(
    _ x: Node, by factor: Int = 2, _ mode: Interpolation = .nearest, name: String? = nil
  ) -> Node {
    precondition(factor > 0, "a factor is positive")
    return add(Upsampling(factor: factor, mode: mode), [x], channels: x.channels, name: name)
  }

  /// Maps of the height and width of `other`.
  public mutating func resize(
    _ x: Node, like other: Node, _ mode: Interpolation = .nearest, name: String? = nil
  ) -> Node {
    add(Resizing(mode: mode), [x, other], channels: x.channels, name: name)
  }

  /// Maps `[b, 1, 1, c]`, repeated over the height and width of `other`.
  public mutating func broadcast(_ x: Node, like other: Node, name: String? = nil) -> Node {
    resize(x, like: other, .nearest, name: name)
  }

  /// The channels of all maps side by side.
  public mutating func concatenate(_ nodes: [Node], name: String? = nil) -> Node {
    precondition(!nodes.isEmpty, "there is something to concatenate")
    let channels = nodes.map(\.channels)
    return add(Concatenation(channels: channels), nodes, channels: channels.reduce(0, +), name: name)
  }

  /// The sum of two maps of one shape.
  public mutating func add(_ left: Node, _ right: Node, name: String? = nil) -> Node {
    precondition(left.channels == right.channels, "maps that are added have as many channels")
    return add(Addition(), [left, right], channels: left.channels, name: name)
  }

  /// The mean over height and width: `[b, h, w, c]` → `[b, 1, 1, c]`.
  public mutating func globalAveragePool(_ x: Node, name: String? = nil) -> Node {
    add(GlobalAveragePooling(), [x], channels: x.channels, name: name)
  }
}

/// How a convolution's weights start; its biases start at 0.
public enum Initialisation: Sendable, Hashable {
  case glorotUniform, heNormal
  case normal(deviation: Float)

  func weights(fanIn: Int, fanOut: Int) -> Initialiser {
    switch self {
    case .glorotUniform: .glorotUniform(fanIn: fanIn, fanOut: fanOut)
    case .heNormal: .heNormal(fanIn: fanIn)
    case .normal(let deviation): .normal(deviation: deviation)
    }
  }
}
