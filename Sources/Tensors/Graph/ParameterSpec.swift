import Kernels

/// A parameter a graph asks for.
public struct ParameterSpec: Sendable, Equatable {
  /// Layer and role, as `encoder1.convolution.weights`.
  public let name: String
  public let shape: [Int]
  public let initialiser: Initialiser
  /// False for running statistics, which training updates without gradients.
  public let isTrainable: Bool

  public init(name: String, shape: [Int], initialiser: Initialiser, isTrainable: Bool = true) {
    self.name = name
    self.shape = shape
    self.initialiser = initialiser
    self.isTrainable = isTrainable
  }

  public var count: Int { shape.reduce(1, *) }
}

/// How a parameter starts.
public enum Initialiser: Sendable, Equatable {
  case zeros, ones
  /// Uniform within ±√(6 / (fan in + fan out)) (Glorot & Bengio 2010), Keras's default.
  case glorotUniform(fanIn: Int, fanOut: Int)
  /// Normal with variance 2 / fan in (He et al. 2015).
  case heNormal(fanIn: Int)
  /// Normal with mean 0.
  case normal(deviation: Float)

  func tensor(_ shape: [Int], stream: RandomStream) -> Tensor {
    var stream = stream
    switch self {
    case .zeros: return Tensor(shape)
    case .ones: return Tensor(shape, filledWith: 1)
    case .glorotUniform(let fanIn, let fanOut):
      let bound = (6 / Float(fanIn + fanOut)).squareRoot()
      return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in stream.uniform(in: -bound...bound) })
    case .heNormal(let fanIn):
      let deviation = (2 / Float(fanIn)).squareRoot()
      return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in deviation * stream.normal() })
    case .normal(let deviation):
      return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in deviation * stream.normal() })
    }
  }
}
