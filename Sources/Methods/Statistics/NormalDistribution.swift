import Kernels

/// The normal distribution with mean 0 and standard deviation 1.
enum NormalDistribution {
  /// The probability that a normal number is below `z`, to about 1e-13 of itself in the lower tail: the continued fraction
  /// of erfc, or its series near 0.
  static func probability(below z: Double) -> Double {
    if z > 0 { return 1 - probability(below: -z) }
    let x = -z
    let density = Elementary.exp(-x * x / 2) * 0.398_942_280_401_432_7
    if x < 2.5 {
      // Φ(x) − 1/2 = φ(x)·Σ x^(2k+1) / (1·3·5·…·(2k+1))
      var (term, sum) = (x, x)
      for k in 1...60 {
        term *= x * x / Double(2 * k + 1)
        sum += term
      }
      return 0.5 - density * sum
    }
    var fraction = x
    for k in stride(from: 60, through: 1, by: -1) { fraction = x + Double(k) / fraction }
    return density / fraction
  }

  /// The number below which a normal one lies with probability `share`, in (0, 1). Found by halving: it is asked for a few
  /// times an interval.
  static func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1, "a probability lies between 0 and 1")
    if share > 0.5 { return -quantile(1 - share) }
    var (low, high) = (-38.0, 0.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if probability(below: middle) < share { low = middle } else { high = middle }
    }
    return high
  }
}
