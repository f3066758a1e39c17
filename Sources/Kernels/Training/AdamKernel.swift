/// The arithmetic of one step of Adam on one parameter: one pass over its four arrays, in which
/// the gradient is also checked and cleared for the next step.
public struct AdamKernel: Sendable {
  let rate: Float
  let beta1: Float
  let beta2: Float
  let epsilon: Float

  /// `rate` already carries the bias correction.
  public init(rate: Float, beta1: Float, beta2: Float, epsilon: Float) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// Moves the parameter and its moments, sets the gradient to zero, and tells whether all of it was finite.
  public func update(_ parameter: Region, clearing gradient: Region, firstMoment: Region, secondMoment: Region) -> Bool
  {
    let count = parameter.count
    precondition(
      gradient.count == count && firstMoment.count == count && secondMoment.count == count,
      "the moments have the parameter's size")
    let (p, g, m, v) = (parameter.base, gradient.base, firstMoment.base, secondMoment.base)
    let (keep1, take1) = (Lanes(repeating: beta1), Lanes(repeating: 1 - beta1))
    let (keep2, take2) = (Lanes(repeating: beta2), Lanes(repeating: 1 - beta2))
    let (rate, epsilon, zero) = (Lanes(repeating: rate), Lanes(repeating: epsilon), Lanes(repeating: 0))
    let blocks = (count + 16383) / 16384
    return withUnsafeTemporaryAllocation(of: Bool.self, capacity: blocks) { isFinite in
      let isFinite = isFinite.baseAddress!
      isFinite.initialize(repeating: false, count: blocks)
      forEachBlock(of: count, size: 16384) { block in
        var traces = zero  // zeros times finite numbers; infinity and NaN leave NaN
        forEachOctet(in: block) { index, used in
          let gradient = load(g + index)
          let trace = gradient * zero
          traces += used == 8 ? trace : Lanes.choose(firstLanes(used), trace, zero)
          let mean = load(m + index).timesPlus(keep1, gradient * take1)
          let square = load(v + index).timesPlus(keep2, gradient * gradient * take2)
          store(mean, m + index, first: used)
          store(square, v + index, first: used)
          store(load(p + index) - rate * mean / (square.squareRoot() + epsilon), p + index, first: used)
          store(zero, g + index, first: used)
        }
        isFinite[block.lowerBound / 16384] = traces == zero
      }
      return (0..<blocks).allSatisfy { isFinite[$0] }
    }
  }
}

/// A mask of the first `count` lanes.
@inline(__always)
private func firstLanes(_ count: Int) -> SIMDMask<SIMD8<Int32>> {
  SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) .< SIMD8<Int32>(repeating: Int32(count))
}
