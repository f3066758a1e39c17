/// Wilcoxon's signed-rank test of paired values, two-sided: do the differences lie around zero? Equal pairs are left out
/// (`zero_method="wilcox"` of SciPy), and equal differences share the mean of their ranks.
public struct SignedRank: Sendable, Hashable, Codable {
  /// How the probability was found.
  public enum Method: String, Sendable, Hashable, Codable {
    /// From all 2ⁿ signs that the ranks could have had, shared ranks as they are.
    case exact
    /// From the normal distribution with the variance that ties leave, without a continuity correction.
    case approximate = "normal approximation"
  }

  /// The smaller of the sums of positive and of negative ranks.
  public let statistic: Double
  /// 1 where no pair differs.
  public let probability: Double
  public let method: Method
  /// Pairs that differ.
  public let count: Int

  /// Up to so many pairs that differ, the probability is exact. Cost: their number cubed, at most 4 million additions.
  public static let mostPairsForExact = 200

  /// What rounding alone makes of equal differences, as a share of the largest value.
  private static let rounding = 1e-12

  /// - Parameters: finite values in pairs.
  /// - Returns: `nil` without pairs.
  public init?(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "values come in pairs")
    precondition((first + second).allSatisfy(\.isFinite), "values are finite")
    guard !first.isEmpty else { return nil }
    let tolerance = Self.rounding * (first + second).reduce(0) { max($0, abs($1)) }
    let differences = zip(first, second).map { $0 - $1 }.filter { abs($0) > tolerance }
    count = differences.count
    let (ranks, ties) = Self.doubledRanks(differences.map(abs), tolerance: tolerance)
    let positive = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    let smaller = min(positive, count * (count + 1) - positive)
    statistic = Double(smaller) / 2
    if count <= Self.mostPairsForExact {
      method = .exact
      probability = min(1, 2 * Self.share(ofSignsUpTo: smaller, ranks))
    } else {
      method = .approximate
      let n = Double(count)
      let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
      let z = (statistic - n * (n + 1) / 4) / variance.squareRoot()
      probability = min(1, 2 * NormalDistribution.probability(below: z))
    }
  }

  /// Of values per image: images of one patient are not independent, so each patient has one pair, the means of its images
  /// that have both values. An image without a case is a patient of its own.
  public init?(_ first: [Double?], _ second: [Double?], cases: [String?]) {
    precondition(first.count == second.count && first.count == cases.count, "values come in pairs, with their cases")
    let patients = imagesByPatient(cases) { first[$0] != nil && second[$0] != nil }
    func means(_ values: [Double?]) -> [Double] {
      patients.map { images in images.reduce(0) { $0 + (values[$1] ?? 0) } / Double(images.count) }
    }
    self.init(means(first), means(second))
  }

  /// Mean ranks from 1, doubled so that they are whole numbers, and Σ (t³ − t) over groups of t equal values.
  private static func doubledRanks(_ values: [Double], tolerance: Double) -> (ranks: [Int], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var ties = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count && values[order[end + 1]] - values[order[end]] <= tolerance { end += 1 }
      for place in start...end { ranks[order[place]] = start + end + 2 }
      let t = Double(end - start + 1)
      ties += t * t * t - t
      start = end + 1
    }
    return (ranks, ties)
  }

  /// The share of all 2ⁿ choices of signs whose positive ranks add up to `sum` at most.
  private static func share(ofSignsUpTo sum: Int, _ ranks: [Int]) -> Double {
    // How many choices make each sum; as floating-point numbers, they are exact to 2⁵³ and right to 1e-15 beyond.
    var ways = [Double](repeating: 0, count: sum + 1)
    ways[0] = 1
    for rank in ranks {
      for total in stride(from: sum, through: rank, by: -1) { ways[total] += ways[total - rank] }
    }
    return ways.reduce(0, +) / Double(sign: .plus, exponent: ranks.count, significand: 1)
  }
}
