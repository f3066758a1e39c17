import Kernels

/// AdaC2: boosting of decision stumps where errors have costs (Sun, Kamel, Wong and Wang, Pattern Recognition 40, 2007).
///
/// With weights D, costs C, labels y and a stump h: α = ½ ln(Σ C D [h = y] ÷ Σ C D [h ≠ y]), and then D ∝ C D e^(−α y h),
/// the cost outside the exponential. A stump is the one whose wrong answers have the least Σ C D. With all costs 1 this is
/// AdaBoost.
package struct CostBoosting: Sendable, Hashable, Codable {
  /// One stump and its say.
  package struct Member: Sendable, Hashable, Codable {
    package let stump: DecisionStump
    /// α > 0.
    package let vote: Double
  }

  package let members: [Member]

  package init(members: [Member]) { self.members = members }

  /// Boosts until there are `rounds` stumps, or one makes no mistake, or none is better than chance.
  ///
  /// Deterministic: of equally good stumps the first counts. Cost: a sort a feature, then a pass over all examples and
  /// features a round.
  ///
  /// - Parameters:
  ///   - examples: [example][feature], one at least, finite numbers.
  ///   - labels: whether each is of the class that is looked for.
  ///   - costs: of getting each wrong, above 0.
  package init(_ examples: [[Double]], labels: [Bool], costs: [Double], rounds: Int) {
    let count = examples.count
    precondition(count > 0 && count == labels.count && count == costs.count, "a label and a cost each")
    precondition(
      examples.allSatisfy { $0.count == examples[0].count && $0.allSatisfy(\.isFinite) }, "features are numbers")
    precondition(costs.allSatisfy { $0 > 0 && $0.isFinite } && !examples[0].isEmpty, "costs are above 0")
    let signs = labels.map { $0 ? 1 : -1 }
    let search = StumpSearch(examples, labels: signs)
    var weights = [Double](repeating: 1 / Double(examples.count), count: examples.count)
    var members: [Member] = []
    for _ in 0..<rounds {
      let charged = zip(costs, weights).map { $0 * $1 }
      let stump = search.best(charged)
      let agrees = examples.indices.map { stump(examples[$0]) == signs[$0] }
      let total = charged.reduce(0, +)
      let wrong = zip(charged, agrees).reduce(0) { $1.1 ? $0 : $0 + $1.0 }
      // A stump without a mistake would have an infinite say.
      let least = Self.leastError * total
      guard wrong < total / 2 else { break }
      let vote = Elementary.log((total - wrong) / max(wrong, least)) / 2
      members.append(Member(stump: stump, vote: vote))
      if wrong <= least { break }
      let (kept, raised) = (Elementary.exp(-vote), Elementary.exp(vote))
      weights = zip(charged, agrees).map { $0 * ($1 ? kept : raised) }
      let sum = weights.reduce(0, +)
      for index in weights.indices { weights[index] /= sum }
    }
    self.members = members
  }

  /// The share of the weights at which a stump counts as one without a mistake.
  package static let leastError = 1e-10

  /// α h(x) of each stump, in their order.
  package func votes(_ features: [Double]) -> [Double] {
    members.map { $0.vote * Double($0.stump(features)) }
  }

  /// Σ α h(x) ÷ Σ α, in [−1, 1]; above 0 for the class that was looked for, 0 without a stump.
  package func margin(_ features: [Double]) -> Double {
    let say = members.reduce(0) { $0 + $1.vote }
    return say > 0 ? votes(features).reduce(0, +) / say : 0
  }

  /// Whether an example is of the class that was looked for.
  package func callAsFunction(_ features: [Double]) -> Bool { margin(features) > 0 }
}
