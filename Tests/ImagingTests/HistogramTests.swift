import Imaging
import Testing

@Suite struct LocalHistograms {
  private let fixtures = BlockFixtures.shared

  @Test func entropyUniformityAndDistancesAreNumPys() throws {
    for expected in fixtures.windows {
      let windows = WindowHistograms(
        fixtures.image, levels: expected.levels, over: 0...1, side: expected.side, within: fixtures.region)
      #expect(worst(windows.entropy, expected.entropy) < 1e-5, "\(expected.side)")
      #expect(worst(windows.uniformity, expected.uniformity) < 1e-6, "\(expected.side)")
      #expect(worst(windows.distances(to: [expected.reference])[0], expected.distance) < 1e-6, "\(expected.side)")
      let mean = try #require(windows.meanHistogram(weights: fixtures.plane(expected.weights)))
      #expect(worst(mean, expected.mean) < 1e-6, "\(expected.side)")
    }
  }

  @Test func severalDistancesAreEachOnes() {
    let windows = WindowHistograms(fixtures.image, levels: 20, over: 0.1...0.9, side: 7)
    let references = (0..<3).map { place in (0..<20).map { Float($0 == 5 * place ? 1 : 0) } }
    let together = windows.distances(to: references)
    for (reference, plane) in zip(references, together) { #expect(windows.distances(to: [reference]) == [plane]) }
  }

  @Test func windowsWiderThanThePictureSeeAllOfIt() {
    let plane = Plane(width: 3, height: 2, pixels: [0, 0, 0.5, 0.5, 1, 1])
    let windows = WindowHistograms(plane, levels: 4, over: 0...1, side: 31)
    let bits = -(2.0 / 6 * 3) * (2.0 / 6).logarithm2
    #expect(worst(windows.entropy, [Float](repeating: Float(bits), count: 6)) < 1e-6)
    #expect(windows.meanHistogram(weights: Plane(width: 3, height: 2)) == nil)
    let nowhere = WindowHistograms(plane, levels: 4, over: 0...1, side: 3, within: Mask(width: 3, height: 2))
    #expect(nowhere.entropy == Plane(width: 3, height: 2))
  }

  @Test func levelsAreNumPysAndScikitImages() throws {
    let (image, region) = (fixtures.image, fixtures.region)
    for expected in fixtures.percentiles {
      #expect(abs(try #require(image.percentile(expected.rank, within: region)) - expected.value) < 1e-7)
    }
    let ranks = fixtures.percentiles.map(\.rank)
    #expect(try #require(image.percentiles(ranks)) == ranks.map { image.percentile($0) })
    #expect(image.histogram(bins: 16, over: 0...0.75) == fixtures.histogram)
    #expect(abs(try #require(image.otsuLevel(within: region)) - fixtures.otsu) < 1e-6)
    let nowhere = Mask(width: image.width, height: image.height)
    #expect(image.percentile(50, within: nowhere) == nil && image.otsuLevel(within: nowhere) == nil)
    #expect(Plane(width: 3, height: 3, filledWith: 0.5).otsuLevel() == nil)
  }

  /// Negative values and both zeros too.
  @Test func percentilesAreThoseOfASort() throws {
    var generator = SeededGenerator(7)
    let plane = Plane(width: 41, height: 25, pixels: generator.plane(41, 25, levels: 50).pixels.map { 8 * $0 - 4 })
    let ascending = plane.pixels.sorted()
    for place in [0, 1, 500, 1023, 1024] {
      #expect(plane.percentile(100 * Double(place) / 1024) == ascending[place])
    }
    #expect(Plane(width: 2, height: 1, pixels: [-0.0, -1]).percentile(100) == 0)
  }
}

extension Double {
  /// log₂ by halving: good to 1e-12 or so.
  fileprivate var logarithm2: Double {
    var (rest, sum, weight) = (significand, Double(exponent), 1.0)
    for _ in 0..<45 {
      weight /= 2
      rest *= rest
      if rest >= 2 {
        rest /= 2
        sum += weight
      }
    }
    return sum
  }
}
