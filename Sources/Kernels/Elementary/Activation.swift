/// A pointwise function after a layer. Each gradient is a function of the result and of the argument, so either of them is
/// enough to go back from. NaN goes through them all.
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
    case .relu: Lanes(repeating: 0).larger(x)  // the other way round it would lose NaN
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

  /// gradient · f′(x), from x.
  @inline(__always)
  func gradient(_ gradient: Lanes, argument x: Lanes) -> Lanes {
    switch self {
    // Both have the sign of their argument.
    case .relu, .leakyRelu: self.gradient(gradient, output: x)
    case .sigmoid, .tanh: self.gradient(gradient, output: value(x))
    }
  }

  public func forward(_ x: Region, into y: Region) {
    precondition(x.count == y.count, "a map keeps its size")
    let (x, y, count) = (x.base, y.base, x.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(value(load(x + $0)), y + $0, first: $1) }
    }
  }

  /// Turns `gradient`, the gradient by after(map), into that by the number a that map = before(a) was made of, in place.
  public static func backward(_ map: Region, before: Activation?, after: Activation?, gradient: Region) {
    precondition(map.count == gradient.count, "a gradient has its map's size")
    let (x, dy) = (map.base, gradient.base)
    forEachBlock(of: map.count) { block in
      forEachOctet(in: block) { index, used in
        let value = load(x + index)
        var result = load(dy + index)
        if let after { result = after.gradient(result, argument: value) }
        if let before { result = before.gradient(result, output: value) }
        store(result, dy + index, first: used)
      }
    }
  }
}
