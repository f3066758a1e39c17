import Base

/// y = Σ costᵢ · amountᵢ with costs of 0 or more: what every unit of several amounts adds.
///
/// The squares of the relative errors are least, so that a step of milliseconds counts as much as one of seconds. With so
/// few amounts every choice of those that cost something is tried, which finds the least of all.
public struct AddedCosts: Sendable {
  public let costs: [Double]

  /// - Parameter points: amounts, none of them negative, and y, which is positive.
  /// - Returns: `nil` where the points leave every cost open.
  public init?(_ points: [(amounts: [Double], y: Double)]) {
    let count = points.first?.amounts.count ?? 0
    precondition(count < 16, "every choice of amounts can be tried")
    // Amounts of very different sizes would spoil the equations.
    let scales = (0..<count).map { place in points.map { $0.amounts[place] }.max() ?? 0 }
    var best: (error: Double, costs: [Double])?
    for choice in 1..<max(1, 1 << count) {
      let chosen = (0..<count).filter { choice >> $0 & 1 == 1 && scales[$0] > 0 }
      var equations = NormalEquations(unknowns: chosen.count)
      for point in points {
        equations.add(
          chosen.map { point.amounts[$0] / scales[$0] }, value: point.y, weight: 1 / (point.y * point.y))
      }
      guard !chosen.isEmpty, let solution = equations.solution, solution.allSatisfy({ $0 >= 0 }) else { continue }
      var costs = [Double](repeating: 0, count: count)
      for (place, cost) in zip(chosen, solution) { costs[place] = cost / scales[place] }
      let error = points.reduce(0) { sum, point in
        let gap = Self.sum(costs, point.amounts) / point.y - 1
        return sum + gap * gap
      }
      if best.map({ error < $0.error }) ?? true { best = (error, costs) }
    }
    guard let best else { return nil }
    costs = best.costs
  }

  public func value(for amounts: [Double]) -> Double { Self.sum(costs, amounts) }

  private static func sum(_ costs: [Double], _ amounts: [Double]) -> Double {
    zip(costs, amounts).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
