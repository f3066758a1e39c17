import Kernels

/// Wilcoxon's signed-rank test of paired values, two-sided: do the differences lie around zero? As
/// `scipy.stats.wilcoxon` with its default `zero_method="wilcox"`: equal pairs are left out.
public struct SignedRank: Sendable, Hashable {
  /// How the probability was found.
  public enum Method: String, Sendable, Hashable {
    /// From all signs the ranks could have had: up to 50 pairs without ties.
    case exact
    /// From the normal distribution with the variance that ties leave, without a continuity correction.
    case approximate = "normal approximation"
  }

  /// The smaller of the sums of positive and of negative ranks.
  public let statistic: Double
  public let probability: Double
  public let method: Method
  /// Pairs that differ.
  public let count: Int

  /// - Returns: `nil` when no pair differs.
  public init?(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "values come in pairs")
    let differences = zip(first, second).map { $0 - $1 }.filter { $0 != 0 }
    guard !differences.isEmpty else { return nil }
    count = differences.count
    let (ranks, ties) = Self.ranks(differences.map(abs))
    let positive = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    let all = Double(count * (count + 1)) / 2
    statistic = min(positive, all - positive)
    if count <= 50 && ties == 0 && count == first.count {
      method = .exact
      probability = min(1, 2 * Self.exactTail(Int(statistic), count))
    } else {
      method = .approximate
      let n = Double(count)
      let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
      let z = (statistic - all / 2) / variance.squareRoot()
      probability = min(1, 2 * Self.normalTail(z))
    }
  }

  /// Mean ranks from 1, and Σ (t³ − t) over groups of t equal values.
  private static func ranks(_ values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count && values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      let t = Double(end - start + 1)
      ties += t * t * t - t
      start = end + 1
    }
    return (ranks, ties)
  }

  /// The share of all 2ⁿ choices of signs whose positive ranks add up to `sum` at most.
  private static func exactTail(_ sum: Int, _ count: Int) -> Double {
    var ways = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
    ways[0] = 1
    for rank in 1...count {
      for total in stride(from: ways.count - 1, through: rank, by: -1) { ways[total] += ways[total - rank] }
    }
    return ways[0...sum].reduce(0, +) / ways.reduce(0, +)
  }

  /// The probability that a normal number is below `z`, z ≤ 0: the continued fraction of erfc, or its series near 0.
  private static func normalTail(_ z: Double) -> Double {
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
}

/// Holm's step-down correction (Holm 1979): probabilities that keep the chance of one false finding among all at its level.
/// In the order given; at most 1.
public func holmCorrected(_ probabilities: [Double]) -> [Double] {
  let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
  var corrected = probabilities
  var least = 0.0
  for (place, index) in order.enumerated() {
    least = max(least, min(1, probabilities[index] * Double(order.count - place)))
    corrected[index] = least
  }
  return corrected
}
