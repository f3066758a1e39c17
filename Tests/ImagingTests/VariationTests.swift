import Imaging
import Testing

@Suite struct TotalVariation {
  private let fixtures = BlockFixtures.shared

  @Test func variationOfAStepIsItsLength() {
    var plane = Plane(width: 20, height: 9)
    for y in 0..<9 { for x in 0..<7 { plane[x, y] = 0.5 } }
    #expect(abs(plane.totalVariation() - 4.5) < 1e-6)
    var left = Mask(width: 20, height: 9)
    for y in 0..<9 { for x in 0..<7 { left[x, y] = true } }
    #expect(plane.totalVariation(within: left) == 0, "the region's rim is no edge")
    plane = Plane(width: 2, height: 2, pixels: [0, 3, 4, 0])
    #expect(abs(plane.totalVariation() - (5 + 3 + 4)) < 1e-6)
  }

  @Test(arguments: VariationSolver.allCases)
  func denoisingIsScikitImagesAtItsLimit(solver: VariationSolver) throws {
    for expected in fixtures.denoised {
      let found = fixtures.plane(fixtures.noisy)
        .denoised(theta: expected.theta, solver: solver, tolerance: 1e-7, steps: 20_000)
      let gap = try #require(found.rounds.last).gap
      #expect(gap < 1e-7 * 1147)
      let square = zip(found.plane.pixels, expected.everywhere).reduce(0.0) { sum, pair in
        sum + Double((pair.0 - pair.1) * (pair.0 - pair.1))
      }
      #expect(square / 2 < gap + 1e-6, "the gap bounds the distance, \(expected.theta)")
      #expect(worst(found.plane, expected.everywhere) < 2e-3, "\(expected.theta)")
    }
  }

  @Test(arguments: VariationSolver.allCases)
  func denoisingsEnergyFallsToItsBound(solver: VariationSolver) {
    let found = fixtures.plane(fixtures.noisy).denoised(theta: 0.2, within: fixtures.region, solver: solver)
    let energies = found.rounds.map(\.energy)
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 > $1 })
    #expect(found.rounds.allSatisfy { $0.gap >= 0 } && energies.count > 1)
    // No energy is below the best bound.
    let bound = found.rounds.map { $0.energy - $0.gap }.max() ?? .infinity
    #expect(energies.allSatisfy { $0 > bound - 1e-5 * abs(bound) })
    let field = fixtures.region
    let spread = zip(found.plane.pixels, field.pixels).filter(\.1).map { $0.0 }
    #expect((spread.max() ?? 0) - (spread.min() ?? 0) > 0.05, "not a constant")
  }

  @Test func strongDenoisingLeavesTheMean() {
    let plane = fixtures.plane(fixtures.noisy)
    let mean = plane.pixels.reduce(0, +) / Float(plane.pixels.count)
    let found = plane.denoised(theta: 50, tolerance: 1e-8, steps: 20_000)
    #expect(worst(found.plane, [Float](repeating: mean, count: plane.pixels.count)) < 1e-3)
  }
}

@Suite struct FuzzyRegionCompetition {
  private let fixtures = BlockFixtures.shared

  private func costs(_ levels: [Float]) -> [Plane] {
    levels.map { level in
      fixtures.plane(fixtures.noisy.map { ($0 - level) * ($0 - level) })
    }
  }

  @Test(arguments: VariationSolver.allCases, [[Float(0.3), 0.6], [0.2, 0.45, 0.7], [0.1, 0.3, 0.5, 0.7]])
  func energyNeverRisesAndMembershipsAreShares(solver: VariationSolver, levels: [Float]) throws {
    var regions = FuzzyRegions(
      phases: levels.count, width: fixtures.width, height: fixtures.height, within: fixtures.region, solver: solver)
    let start = regions.energy(costs: costs(levels), lambda: 5)
    let rounds = regions.minimise(costs: costs(levels), lambda: 5, tolerance: 1e-6, rounds: 300)
    let energies = [start] + rounds.map(\.energy)
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(energies[0] > energies[energies.count - 1] + 1)
    #expect(try #require(rounds.last).gap < 2e-5 * Double(fixtures.region.area))
    #expect(rounds.allSatisfy { $0.gap > -1e-4 })
    let told = try #require(rounds.last).energy
    #expect(abs(regions.energy(costs: costs(levels), lambda: 5) - told) < 1e-5 * abs(told))
    for i in fixtures.region.pixels.indices {
      let values = regions.memberships.map { $0.pixels[i] }
      #expect(values.allSatisfy { 0...1 ~= $0 })
      #expect(abs(values.reduce(0, +) - (fixtures.region.pixels[i] ? 1 : 0)) < 1e-5)
    }
  }

  @Test(arguments: [[Float(0.3), 0.6], [0.2, 0.45, 0.7]])
  func bothSolversComeToTheSameMinimum(levels: [Float]) throws {
    let found = VariationSolver.allCases.map { solver in
      var regions = FuzzyRegions(phases: levels.count, width: fixtures.width, height: fixtures.height, solver: solver)
      let rounds = regions.minimise(costs: costs(levels), lambda: 6, tolerance: 1e-6, rounds: 400)
      return (regions, rounds[rounds.count - 1])
    }
    #expect(abs(found[0].1.energy - found[1].1.energy) < 1e-4 * found[0].1.energy)
    let differing = zip(found[0].0.labels.labels, found[1].0.labels.labels).count { $0 != $1 }
    #expect(differing <= 3, "the minimiser may be shared between phases where they tie")
  }

  /// The bound is a proof: memberships drawn at random are never below it.
  @Test func nothingIsBelowTheBound() throws {
    var generator = SeededGenerator(11)
    let costs = costs([0.3, 0.6])
    var regions = FuzzyRegions(phases: 2, width: fixtures.width, height: fixtures.height)
    let last = try #require(regions.minimise(costs: costs, lambda: 5, tolerance: 1e-6, rounds: 300).last)
    for _ in 0..<20 {
      let mask = Mask(generator.plane(6, 5).resized(width: fixtures.width, height: fixtures.height), atLeast: 0.5)
      let other = FuzzyRegions([mask.plane, mask.complement.plane])
      #expect(other.energy(costs: costs, lambda: 5) > last.energy - last.gap)
    }
  }

  /// Where boundaries cost nothing in comparison, each pixel takes its cheapest phase.
  @Test func withoutSmoothingEachPixelDecides() {
    let costs = costs([0.2, 0.5, 0.8])
    var regions = FuzzyRegions(phases: 3, width: fixtures.width, height: fixtures.height)
    _ = regions.minimise(costs: costs, lambda: 20_000, tolerance: 1e-3, rounds: 100)
    for i in costs[0].pixels.indices {
      let ranked = (0..<3).sorted { costs[$0].pixels[i] < costs[$1].pixels[i] }
      // A pixel that changes its phase changes edges of both by 2 + √2 at most.
      guard 20_000 * (costs[ranked[1]].pixels[i] - costs[ranked[0]].pixels[i]) > 7 else { continue }
      #expect(regions.labels.labels[i] == Int32(ranked[0] + 1))
    }
  }

  @Test func aRoundGoesOnWhereTheOneBeforeStopped() {
    let costs = costs([0.3, 0.6])
    var one = FuzzyRegions(phases: 2, width: fixtures.width, height: fixtures.height)
    var other = one
    let rounds = one.minimise(costs: costs, lambda: 5, tolerance: 0, rounds: 3)
    let steps = (0..<3).flatMap { _ in other.minimise(costs: costs, lambda: 5, tolerance: 0, rounds: 1) }
    #expect(rounds == steps && one.memberships == other.memberships)
  }
}
