import Kernels

/// An image without noise, and how its energy fell.
public struct Denoising: Sendable {
  public let plane: Plane
  /// After each round of steps that lowered the energy; the last is the plane's.
  public let rounds: [VariationRound]
}

extension Plane {
  /// Denoising by total variation (Rudin, Osher and Fatemi, Physica D 60, 1992): the u with the least
  /// ½ ∫(u − f)² + θ ∫|∇u| inside `region`; 0 outside it. scikit-image's `denoise_tv_chambolle(weight: θ)` at its limit.
  ///
  /// Steps go on in rounds until the gap is at most `tolerance` a pixel, a bound on the mean of ½ (u − minimiser)². Neither
  /// solver's energy falls with every single step: a round is told of, and its plane kept, where the energy has fallen.
  ///
  /// - Parameters:
  ///   - theta: θ > 0, in grey values times pixels.
  ///   - steps: at most, in all.
  public func denoised(
    theta: Double, within region: Mask? = nil, solver: VariationSolver = .dual, tolerance: Double = 1e-6,
    steps: Int = 1000
  ) -> Denoising {
    precondition(theta > 0 && steps > 0, "a weight and some steps")
    let problem = VariationProblem(
      width: width, height: height, planes: 1, within: region?.pixels, constraint: .none)
    let work = VariationWork(problem, solver)
    let target = values(within: region)
    problem.pose(target.pixels, theta: Float(theta))
    let allowed = tolerance * Double(region?.area ?? pixels.count)
    var rounds: [VariationRound] = []
    var best = target.pixels
    for start in stride(from: 0, to: steps, by: Self.stepsInARound) {
      work.advance(steps: min(Self.stepsInARound, steps - start))
      let (variation, gap) = problem.evaluate()
      let found = problem.solution
      let round = VariationRound(
        energy: 0.5 * squaredDistance(found, target.pixels) + theta * variation, gap: theta * gap)
      if rounds.last.map({ round.energy < $0.energy }) ?? true {
        rounds.append(round)
        best = found
      }
      if round.gap <= allowed { break }
    }
    return Denoising(plane: Plane(width: width, height: height, pixels: best), rounds: rounds)
  }

  private static let stepsInARound = 20
}

private func squaredDistance(_ a: [Float], _ b: [Float]) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
}
