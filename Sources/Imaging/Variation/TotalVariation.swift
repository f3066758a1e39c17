import Kernels

/// How a total-variation problem is solved. Both come to the same minimiser.
public enum VariationSolver: String, Sendable, Hashable, CaseIterable {
  /// Chambolle's dual projection, step 1/8, with momentum.
  case dual
  /// Split Bregman, one red–black sweep a step.
  case splitBregman = "split-bregman"
}

/// What is known after a round of steps.
public struct VariationRound: Sendable, Hashable {
  /// Of what is minimised.
  public let energy: Double
  /// At most so far is the energy above the minimum: the distance to the dual problem's value.
  public let gap: Double
}

extension Plane {
  /// The total variation ∫|∇u| inside `region`: differences to the right and downward, Euclidean lengths; differences
  /// across the region's rim are left out.
  public func totalVariation(within region: Mask? = nil) -> Double {
    let problem = VariationProblem(
      width: width, height: height, planes: 1, within: region?.pixels, constraint: .none)
    problem.pose(values(within: region).pixels, theta: 1)
    return problem.evaluate().variation
  }
}

/// A problem with the solver that works on it.
struct VariationWork {
  let problem: VariationProblem
  private let advanceBy: (Int) -> Void

  init(_ problem: VariationProblem, _ solver: VariationSolver) {
    self.problem = problem
    switch solver {
    case .dual: advanceBy = DualProjection(problem).advance
    case .splitBregman: advanceBy = SplitBregman(problem).advance
    }
  }

  func advance(steps: Int) { advanceBy(steps) }
}
