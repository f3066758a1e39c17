/// The arithmetic of one step of Adam on one parameter: one pass over its four arrays.
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

  public func update(_ parameter: Region, gradient: Region, firstMoment: Region, secondMoment: Region) {
    let count = parameter.count
    precondition(
      gradient.count == count && firstMoment.count == count && secondMoment.count == count,
      "the moments have the parameter's size")
    let (p, g, m, v) = (parameter.base, gradient.base, firstMoment.base, secondMoment.base)
    let (keep1, take1) = (Lanes(repeating: beta1), Lanes(repeating: 1 - beta1))
    let (keep2, take2) = (Lanes(repeating: beta2), Lanes(repeating: 1 - beta2))
    let (rate, epsilon) = (Lanes(repeating: rate), Lanes(repeating: epsilon))
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { index, used in
        let gradient = load(g + index)
        let mean = load(m + index).timesPlus(keep1, gradient * take1)
        let square = load(v + index).timesPlus(keep2, gradient * gradient * take2)
        store(mean, m + index, first: used)
        store(square, v + index, first: used)
        store(load(p + index) - rate * mean / (square.squareRoot() + epsilon), p + index, first: used)
      }
    }
  }
}
