import Angiography
import Foundation
import Imaging
import Testing

/// What SciPy and scikit-image make of the same plane; written by Fixtures/make_features.py.
private struct FeatureFixtures: Decodable {
  struct Deviation: Decodable {
    let side: Int
    let deviation: [Float]
  }
  struct Gradient: Decodable {
    let sigma: Double
    let normalised, scipy, smooth: [Float]
    let whole: [Int]
  }
  struct Disc: Decodable {
    let radius: Int
    let opened, closed, openedEverywhere: [Float]
  }
  struct Percentile: Decodable {
    let side: Int
    let rank: Double
    let values: [Float]
  }
  let width, height: Int
  let pixels, distances: [Float]
  let region, marks: [Int]
  let deviations: [Deviation]
  let gradients: [Gradient]
  let discs: [Disc]
  let percentiles: [Percentile]

  static func load() throws -> FeatureFixtures {
    try JSONDecoder().decode(
      FeatureFixtures.self, from: Data(contentsOf: URL(fileURLWithPath: Fixtures.folder + "/features.json")))
  }
  var plane: Plane { Plane(width: width, height: height, pixels: pixels) }
  var field: Mask { Mask(width: width, height: height, pixels: region.map { $0 == 1 }) }
}

/// The largest difference over the pixels where `mask` is true.
private func worst(_ plane: Plane, _ expected: [Float], where mask: Mask? = nil) -> Float {
  plane.pixels.indices.filter { mask?.pixels[$0] ?? true }.map { abs(plane.pixels[$0] - expected[$0]) }.max() ?? .nan
}

@Suite struct FeatureOperations {
  @Test func deviationsAgreeWithSciPy() throws {
    let fixtures = try FeatureFixtures.load()
    for expected in fixtures.deviations {
      let result = fixtures.plane.windowDeviation(side: expected.side, within: fixtures.field)
      // Squares near 0.1 in 32 bits are known to 1e-8, so a deviation near 0.05 to 1e-7 and one near 0 to 1e-4.
      #expect(worst(result, expected.deviation, where: fixtures.field) < 2e-6, "\(expected.side)")
    }
  }

  @Test func gradientsAgreeWithSciPy() throws {
    let fixtures = try FeatureFixtures.load()
    for expected in fixtures.gradients {
      let result = fixtures.plane.gaussianGradient(sigma: expected.sigma, within: fixtures.field)
      #expect(worst(result, expected.normalised) < 2e-6, "\(expected.sigma)")
      let smooth = fixtures.plane.gaussianMean(sigma: expected.sigma, within: fixtures.field)
      #expect(worst(smooth, expected.smooth) < 2e-6, "\(expected.sigma)")
      let whole = Mask(width: fixtures.width, height: fixtures.height, pixels: expected.whole.map { $0 == 1 })
      #expect(whole.area > 20)
      #expect(worst(result, expected.scipy, where: whole) < 2e-6, "\(expected.sigma)")
    }
  }

  @Test func openingAndClosingByADiscAgreeWithSciPy() throws {
    let fixtures = try FeatureFixtures.load()
    for expected in fixtures.discs {
      #expect(worst(fixtures.plane.opened(radius: expected.radius, within: fixtures.field), expected.opened) == 0)
      #expect(worst(fixtures.plane.closed(radius: expected.radius, within: fixtures.field), expected.closed) == 0)
      #expect(worst(fixtures.plane.opened(radius: expected.radius), expected.openedEverywhere) == 0)
    }
    #expect(fixtures.plane.opened(radius: 200).pixels.allSatisfy { $0 == fixtures.pixels.min() })
  }

  @Test func percentilesAgreeWithSciPyToAStepOfTheHistogram() throws {
    let fixtures = try FeatureFixtures.load()
    for expected in fixtures.percentiles {
      let result = fixtures.plane.windowPercentile(expected.rank, side: expected.side, within: fixtures.field)
      #expect(worst(result, expected.values, where: fixtures.field) <= 0.5001 / 1023, "\(expected.side)")
    }
  }

  @Test func distancesAgreeWithSciPy() throws {
    let fixtures = try FeatureFixtures.load()
    let marks = Mask(width: fixtures.width, height: fixtures.height, pixels: fixtures.marks.map { $0 == 1 })
    #expect(worst(marks.distances, fixtures.distances) < 1e-5)
    #expect(Mask(width: 5, height: 3).distances.pixels.allSatisfy { $0 == .infinity })
    #expect(Mask(width: 5, height: 3, filledWith: true).distances.pixels.allSatisfy { $0 == 0 })
    var corner = Mask(width: 40, height: 9)
    corner[0, 8] = true
    #expect(corner.distances[39, 0] == Float(Double(39 * 39 + 64).squareRoot()))
  }

  @Test func distancesToRandomSetsAreTheNearest() {
    var generator = SeededGenerator(12)
    for _ in 0..<40 {
      let (width, height) = (Int.random(in: 1...12, using: &generator), Int.random(in: 1...12, using: &generator))
      let share = Double.random(in: 0...0.4, using: &generator)
      let mask = Mask(
        width: width, height: height,
        pixels: (0..<width * height).map { _ in Double.random(in: 0..<1, using: &generator) < share })
      let distances = mask.distances
      for i in mask.pixels.indices {
        let squares = mask.pixels.indices.filter { mask.pixels[$0] }.map { j in
          (i % width - j % width) * (i % width - j % width) + (i / width - j / width) * (i / width - j / width)
        }
        #expect(distances.pixels[i] == (squares.min().map { Float(Double($0).squareRoot()) } ?? .infinity))
      }
    }
  }
}
