import Kernels

/// Fuzzy region competition: memberships uᵢ ∈ [0, 1] of n phases, Σ uᵢ = 1 in each pixel, with the least
/// E(u) = Σ ∫|∇uᵢ| + λ Σ ∫ uᵢ rᵢ inside a region, rᵢ what it costs a pixel to be in phase i (Mory and Ardon, SSVM 2007; for
/// many phases Li, Ng, Zeng and Shen, SIAM Journal on Imaging Sciences 3, 2010). E is convex: there is a least value.
///
/// A round is a step of the proximal point method, u ← argmin E(u) + ‖u − u′‖² ÷ 2θ, with u′ where it was: a denoising problem
/// under a constraint, which either solver works on from where the round before left the dual field. *The energy after a
/// round is never above that before it*: a round that has not lowered it works on, and is undone where that does not help.
/// Inside a round neither solver's energy is monotone. Two phases are solved as one membership in [0, 1].
///
/// Costs may change from round to round, as where they are drawn from the phases' own histograms.
public struct FuzzyRegions: Sendable {
  public let width: Int
  public let height: Int
  public let phases: Int
  /// Memberships, in the phases' order; 0 outside the region.
  public private(set) var memberships: [Plane]
  private let region: Mask?
  private let solver: VariationSolver
  /// The dual field, a picture for each that is solved for.
  private var dual: (across: [Float], down: [Float])

  /// θ: the larger, the farther a round gets and the more steps it takes.
  private static let theta: Float = 2
  /// How often a round that has not lowered the energy works on.
  private static let attempts = 8

  /// - Parameter memberships: to begin with, two planes or more of one size; brought to a sum of 1.
  public init(_ memberships: [Plane], within region: Mask? = nil, solver: VariationSolver = .dual) {
    precondition(memberships.count > 1, "two phases compete at least")
    let (width, height) = (memberships[0].width, memberships[0].height)
    precondition(
      memberships.allSatisfy { $0.width == width && $0.height == height }
        && (region.map { $0.width == width && $0.height == height } ?? true), "memberships have one size")
    (self.width, self.height, phases) = (width, height, memberships.count)
    self.region = region
    self.solver = solver
    self.memberships = FuzzyRegions.normalised(memberships, within: region)
    let pictures = phases == 2 ? 1 : phases
    let field = [Float](repeating: 0, count: pictures * width * height)
    dual = (field, field)
  }

  /// Every phase alike.
  public init(phases: Int, width: Int, height: Int, within region: Mask? = nil, solver: VariationSolver = .dual) {
    let plane = Plane(width: width, height: height, filledWith: 1)
    self.init(Array(repeating: plane, count: phases), within: region, solver: solver)
  }

  /// The phase each pixel is most in, from 1, the first of several; 0 outside the region.
  public var labels: LabelMap {
    var labels = [Int32](repeating: 0, count: width * height)
    for i in labels.indices where region?.pixels[i] ?? true {
      let most = memberships.indices.reduce(0) { memberships[$1].pixels[i] > memberships[$0].pixels[i] ? $1 : $0 }
      labels[i] = Int32(most + 1)
    }
    return LabelMap(width: width, height: height, labels: labels, count: phases)
  }

  /// E of the memberships as they are.
  public func energy(costs: [Plane], lambda: Double) -> Double {
    let posing = FuzzyPosing(costs: costs, lambda: lambda, region: region)
    let problem = workbench().problem
    problem.charge(posing.linear)
    problem.pose(posing.primal(of: memberships), theta: 1)
    return posing.energy(of: problem).value
  }

  /// One round.
  ///
  /// - Parameters:
  ///   - costs: rᵢ, in the phases' order.
  ///   - lambda: λ ≥ 0, in edges a pixel and unit of cost.
  ///   - steps: of the solver.
  public mutating func advance(costs: [Plane], lambda: Double, steps: Int = 20) -> VariationRound {
    run(costs: costs, lambda: lambda, steps: steps, rounds: 1, tolerance: 0)[0]
  }

  /// Rounds until the gap is at most `tolerance` a pixel, `rounds` at most; their energies never rise.
  public mutating func minimise(
    costs: [Plane], lambda: Double, tolerance: Double = 1e-4, rounds: Int = 200, steps: Int = 20
  ) -> [VariationRound] {
    run(costs: costs, lambda: lambda, steps: steps, rounds: rounds, tolerance: tolerance)
  }

  private mutating func run(
    costs: [Plane], lambda: Double, steps: Int, rounds: Int, tolerance: Double
  ) -> [VariationRound] {
    precondition(costs.count == phases, "a cost a phase")
    precondition(costs.allSatisfy { $0.width == width && $0.height == height }, "costs have the memberships' size")
    let posing = FuzzyPosing(costs: costs, lambda: lambda, region: region)
    let work = workbench()
    work.problem.dual = dual
    work.problem.charge(posing.linear)
    let allowed = tolerance * Double(region?.area ?? width * height)
    var current = posing.primal(of: memberships)
    var energy = energy(costs: costs, lambda: lambda)
    var found: [VariationRound] = []
    for _ in 0..<rounds {
      work.problem.poseStep(from: current, theta: Self.theta)
      var gap = 0.0
      for _ in 0..<Self.attempts {
        work.advance(steps: steps)
        let reached = posing.energy(of: work.problem)
        gap = energy - reached.bound
        guard reached.value <= energy else { continue }
        energy = reached.value
        gap = reached.value - reached.bound
        current = work.problem.solution
        break
      }
      found.append(VariationRound(energy: energy, gap: gap))
      if gap <= allowed { break }
    }
    dual = work.problem.dual
    memberships = posing.memberships(from: current, width: width, height: height)
    return found
  }

  private func workbench() -> VariationWork {
    let problem = VariationProblem(
      width: width, height: height, planes: phases == 2 ? 1 : phases, within: region?.pixels,
      constraint: phases == 2 ? .unitInterval : .simplex)
    return VariationWork(problem, solver)
  }

  private static func normalised(_ memberships: [Plane], within region: Mask?) -> [Plane] {
    var result = memberships
    for i in memberships[0].pixels.indices {
      let values = memberships.map { max(0, $0.pixels[i]) }
      let sum = values.reduce(0, +)
      for phase in result.indices {
        let share = sum > 0 ? values[phase] / sum : 1 / Float(memberships.count)
        result[phase].pixels[i] = region?.pixels[i] ?? true ? share : 0
      }
    }
    return result
  }
}
