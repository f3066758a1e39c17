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
    return posing.energy(of: posing.primal(of: memberships), in: problem)
  }

  /// Rounds until the gap is at most `tolerance` a pixel, `rounds` at most; their energies never rise.
  ///
  /// - Parameters:
  ///   - costs: rᵢ, in the phases' order.
  ///   - lambda: λ ≥ 0, in edges a pixel and unit of cost.
  ///   - steps: of the solver, in a round.
  public mutating func minimise(
    costs: [Plane], lambda: Double, tolerance: Double = 1e-4, rounds: Int = 200, steps: Int = 20
  ) -> [VariationRound] {
    let posing = FuzzyPosing(costs: costs, lambda: lambda, region: region)
    let work = workbench()
    work.problem.dual = dual
    work.problem.charge(posing.linear)
    let allowed = tolerance * Double(region?.area ?? width * height)
    var current = posing.primal(of: memberships)
    var energy = posing.energy(of: current, in: work.problem)
    var found: [VariationRound] = []
    for _ in 0..<rounds {
      let round = Self.round(of: posing, work, from: &current, energy, steps: steps)
      energy = round.energy
      found.append(round)
      if round.gap <= allowed { break }
    }
    dual = work.problem.dual
    memberships = posing.memberships(from: current, width: width, height: height)
    return found
  }

  /// Rounds with costs that depend on the memberships, computed anew before each, until memberships change by less than
  /// `change` on average, `rounds` at most.
  ///
  /// - Parameters:
  ///   - costs: rᵢ of memberships, both in the phases' order.
  ///   - watch: is given the memberships after each round.
  public mutating func alternate(
    lambda: Double, rounds: Int, change: Double, steps: Int = 20, costs: ([Plane]) -> [Plane],
    watch: ([Plane]) -> Void = { _ in }
  ) -> [VariationRound] {
    let work = workbench()
    work.problem.dual = dual
    var found: [VariationRound] = []
    for _ in 0..<rounds {
      let posing = FuzzyPosing(costs: costs(memberships), lambda: lambda, region: region)
      work.problem.charge(posing.linear)
      var current = posing.primal(of: memberships)
      let energy = posing.energy(of: current, in: work.problem)
      found.append(Self.round(of: posing, work, from: &current, energy, steps: steps))
      let before = memberships
      memberships = posing.memberships(from: current, width: width, height: height)
      watch(memberships)
      if memberships.indices.allSatisfy({ memberships[$0].meanDistance(to: before[$0], within: region) < change }) {
        break
      }
    }
    dual = work.problem.dual
    return found
  }

  /// One round from memberships with that energy.
  private static func round(
    of posing: FuzzyPosing, _ work: VariationWork, from current: inout [Float], _ energy: Double, steps: Int
  ) -> VariationRound {
    work.problem.poseStep(from: current, theta: theta)
    var gap = 0.0
    for _ in 0..<attempts {
      work.advance(steps: steps)
      let reached = posing.energy(of: work.problem)
      gap = energy - reached.bound
      guard reached.value <= energy else { continue }
      current = work.problem.solution
      return VariationRound(energy: reached.value, gap: reached.value - reached.bound)
    }
    return VariationRound(energy: energy, gap: gap)
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

extension Plane {
  /// The mean of |u − v| over the region.
  fileprivate func meanDistance(to other: Plane, within region: Mask?) -> Double {
    let found = pictureDistance(pixels, other.pixels, inside: region?.pixels)
    return found.count > 0 ? found.sum / Double(found.count) : 0
  }
}
