import Kernels

/// The noncentral t: (z + δ)/√(χ²/ν) of a normal z and an independent χ² with ν degrees of freedom.
package struct NoncentralStudent {
  /// e^u of the places at which the distribution of √(χ²/ν) is known, and the probability of each.
  private let deviations: [(ratio: Double, share: Double)]
  private let offset: Double

  /// - Parameters:
  ///   - freedom: ν, above 0.
  ///   - offset: δ.
  package init(freedom: Double, offset: Double) {
    precondition(freedom > 0, "degrees of freedom are above 0")
    self.offset = offset
    // Over u = ln √(χ²/ν) the density is e^(ν·(u − e²ᵘ/2)): smooth, with light tails, so that equal steps of a fifth of its
    // width integrate it to the last digits.
    let step = 0.2 / (2 * freedom).squareRoot()
    func logarithm(_ u: Double) -> Double { freedom * (u - (Elementary.exp(2 * u) - 1) / 2) }
    var places = [0.0]
    for direction in [-step, step] {
      var u = direction
      while logarithm(u) > -40 {
        places.append(u)
        u += direction
      }
    }
    let weights = places.map { Elementary.exp(logarithm($0)) }
    let sum = weights.reduce(0, +)
    deviations = zip(places, weights).map { (Elementary.exp($0), $1 / sum) }
  }

  /// The probability of a smaller number.
  package func probability(below t: Double) -> Double {
    deviations.reduce(0) { $0 + $1.share * NormalDistribution.probability(below: t * $1.ratio - offset) }
  }

  /// The number below which t lies with probability `share`, in (0, 1): within 1e-8 of itself for shares from 0.001 to 0.999.
  package func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1, "a probability lies between 0 and 1")
    var (low, high) = (offset - 1, offset + 1)
    while probability(below: low) > share { low -= 2 * (high - low) }
    while probability(below: high) < share { high += 2 * (high - low) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if probability(below: middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
