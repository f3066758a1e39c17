import Kernels

/// Fisher's F: the quotient of two mean squares with their degrees of freedom, which need not be whole.
package enum FDistribution {
  /// The probability of a smaller quotient.
  package static func probability(below quotient: Double, _ first: Double, _ second: Double) -> Double {
    let (part, rest) = (first * quotient, second)
    return IncompleteBeta.ratio(first / 2, second / 2, x: part / (part + rest), y: rest / (part + rest))
  }

  /// The quotient below which one lies with probability `share`, in (0, 1): within 1e-10 of itself, by halving its logarithm.
  package static func quantile(_ share: Double, _ first: Double, _ second: Double) -> Double {
    precondition(share > 0 && share < 1, "a probability lies between 0 and 1")
    var (low, high) = (-700.0, 700.0)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if probability(below: Elementary.exp(middle), first, second) < share { low = middle } else { high = middle }
    }
    return Elementary.exp((low + high) / 2)
  }
}

/// Student's t.
package enum StudentDistribution {
  /// The number below which t lies with probability `share`, in (0, 1).
  package static func quantile(_ share: Double, freedom: Double) -> Double {
    if share < 0.5 { return -quantile(1 - share, freedom: freedom) }
    return share == 0.5 ? 0 : FDistribution.quantile(2 * share - 1, 1, freedom).squareRoot()
  }
}
