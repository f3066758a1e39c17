/// A pointwise function after a layer. Each gradient is a function of the result, so the argument need not be kept.
public enum Activation: Sendable, Hashable {
  /// max(x, 0)
  case relu
  /// x where positive, else slope·x; the slope is positive.
  case leakyRelu(Float)
  /// 1 / (1 + e⁻ˣ)
  case sigmoid
  case tanh

  /// For people: `leaky ReLU 0.2`.
  public var name: String {
    switch self {
    case .relu: "ReLU"
    case .leakyRelu(let slope): "leaky ReLU \(slope)"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    }
  }

  /// f(x).
  @inline(__always)
  func value(_ x: Lanes) -> Lanes {
    switch self {
    case .relu: x.larger(Lanes(repeating: 0))
    case .leakyRelu(let slope): Lanes.choose(x .> Lanes(repeating: 0), x, x * Lanes(repeating: slope))
    case .sigmoid: logistic(x)
    case .tanh: hyperbolicTangent(x)
    }
  }

  /// gradient · f′(x), from y = f(x).
  @inline(__always)
  func gradient(_ gradient: Lanes, output y: Lanes) -> Lanes {
    let zero = Lanes(repeating: 0)
    switch self {
    case .relu: return Lanes.choose(y .> zero, gradient, zero)
    case .leakyRelu(let slope): return Lanes.choose(y .> zero, gradient, gradient * Lanes(repeating: slope))
    case .sigmoid: return gradient * (y * (Lanes(repeating: 1) - y))
    case .tanh: return gradient * (-y).timesPlus(y, Lanes(repeating: 1))
    }
  }

  public func forward(_ x: Region, into y: Region) {
    precondition(x.count == y.count, "a map keeps its size")
    let (x, y, count) = (x.base, y.base, x.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(value(load(x + $0)), y + $0, first: $1) }
    }
  }

  /// into = (or +=) outputGradient · f′.
  public func backward(output: Region, outputGradient: Region, into: Region, accumulating: Bool) {
    precondition(output.count == into.count && outputGradient.count == into.count, "a gradient has its map's size")
    let (y, dy, dx, count) = (output.base, outputGradient.base, into.base, into.count)
    forEachBlock(of: count) { block in
      if accumulating {
        forEachOctet(in: block) {
          store(load(dx + $0) + gradient(load(dy + $0), output: load(y + $0)), dx + $0, first: $1)
        }
      } else {
        forEachOctet(in: block) { store(gradient(load(dy + $0), output: load(y + $0)), dx + $0, first: $1) }
      }
    }
  }
}
