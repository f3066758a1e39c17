import Kernels

/// Fuzzy region competition as its solvers see it. Of two phases only the first is solved for, as u₂ = 1 − u₁:
/// E = 2 (∫|∇u₁| + ½ λ ∫ u₁ (r₁ − r₂)) + λ ∫ r₂.
struct FuzzyPosing {
  private let isPair: Bool
  /// What a picture that is solved for costs; 0 outside the region.
  let linear: [Float]
  /// λ ∫ r₂ of two phases.
  private let constant: Double
  private let region: Mask?

  init(costs: [Plane], lambda: Double, region: Mask?) {
    precondition(lambda >= 0, "a cost is none below nothing")
    isPair = costs.count == 2
    self.region = region
    let inside = costs.map { $0.values(within: region).pixels }
    if isPair {
      linear = zip(inside[0], inside[1]).map { Float(lambda / 2) * ($0 - $1) }
      constant = lambda * inside[1].reduce(0) { $0 + Double($1) }
    } else {
      linear = inside.reduce(into: []) { linear, costs in linear += costs.map { Float(lambda) * $0 } }
      constant = 0
    }
  }

  /// The pictures that are solved for, one behind the other.
  func primal(of memberships: [Plane]) -> [Float] {
    isPair ? memberships[0].pixels : memberships.flatMap(\.pixels)
  }

  func memberships(from primal: [Float], width: Int, height: Int) -> [Plane] {
    let count = width * height
    func plane(_ pixels: [Float]) -> Plane {
      Plane(width: width, height: height, pixels: pixels).values(within: region)
    }
    if isPair { return [plane(primal), plane(primal.map { 1 - $0 })] }
    return (0..<primal.count / count).map { plane(Array(primal[$0 * count..<($0 + 1) * count])) }
  }

  /// E of memberships.
  func energy(of primal: [Float], in problem: VariationProblem) -> Double {
    (isPair ? 2 : 1) * problem.energy(of: primal) + constant
  }

  /// E of u(p), and what E is not below, by the problem's dual field.
  func energy(of problem: VariationProblem) -> (value: Double, bound: Double) {
    let variation = problem.evaluate().variation
    let (value, bound) = problem.linearEnergy()
    let scale = isPair ? 2.0 : 1.0
    return (scale * (variation + value) + constant, scale * bound + constant)
  }
}
