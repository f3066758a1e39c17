/// The gradient of an activation, in a type of its own for each kind so that loops over it have no branch.
protocol ActivationSlope {
  /// gradient · f′(x).
  func gradient(_ gradient: Lanes, argument x: Lanes) -> Lanes
  /// The same from y = f(x).
  func gradient(_ gradient: Lanes, output y: Lanes) -> Lanes
}

/// 1 above zero and `slope` below: ReLU with 0, leaky ReLU, no activation with 1. The result has its argument's sign.
struct Rectified: ActivationSlope {
  let slope: Float

  @inline(__always)
  func gradient(_ gradient: Lanes, argument x: Lanes) -> Lanes {
    // Where nothing passes, not even an infinite gradient does.
    let below = slope == 0 ? Lanes(repeating: 0) : gradient * Lanes(repeating: slope)
    return Lanes.choose(x .> Lanes(repeating: 0), gradient, below)
  }

  @inline(__always)
  func gradient(_ gradient: Lanes, output y: Lanes) -> Lanes { self.gradient(gradient, argument: y) }
}

struct Curved: ActivationSlope {
  let activation: Activation

  @inline(__always)
  func gradient(_ gradient: Lanes, argument x: Lanes) -> Lanes { activation.gradient(gradient, argument: x) }

  @inline(__always)
  func gradient(_ gradient: Lanes, output y: Lanes) -> Lanes { activation.gradient(gradient, output: y) }
}

extension Activation? {
  /// f′ below zero, where it is constant on both sides of zero and 1 above.
  var slopeBelowZero: Float? {
    switch self {
    case nil: 1
    case .relu?: 0
    case .leakyRelu(let slope)?: slope
    case .sigmoid?, .tanh?: nil
    }
  }
}
