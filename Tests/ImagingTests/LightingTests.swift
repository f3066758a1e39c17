import Imaging
import Testing

@Suite struct Lighting {
  private let fixtures = BlockFixtures.shared

  @Test func medianBackgroundsAreMediansToAStepOfTheHistogram() {
    for expected in fixtures.medians {
      let found = fixtures.image.medianBackground(side: expected.side, within: fixtures.region)
      #expect(worst(found, expected.values) <= 0.5001 / 1023, "\(expected.side)")
    }
  }

  /// Against a sort of every window: of the histograms that slide, no count may be lost.
  @Test func percentilesOfAnyWindow() {
    var generator = SeededGenerator(4)
    for (width, height, side) in [(1, 1, 5), (33, 3, 7), (5, 40, 11), (21, 18, 13), (60, 9, 3)] {
      let plane = generator.plane(width, height, levels: 1023)
      let region = generator.mask(width, height, share: 0.6)
      let found = plane.windowPercentile(30, side: side, within: region)
      let reach = side / 2
      for y in 0..<height {
        for x in 0..<width {
          var values: [Float] = []
          for v in max(0, y - reach)...min(height - 1, y + reach) {
            for u in max(0, x - reach)...min(width - 1, x + reach) where region[u, v] {
              values.append((plane[u, v] * 1023).rounded() / 1023)
            }
          }
          let expected = values.isEmpty ? 0 : values.sorted()[Int(0.3 * Double(values.count))]
          #expect(found[x, y] == expected)
        }
      }
    }
  }

  @Test func homomorphicFilteringIsTheGaussiansByDenseSums() {
    for expected in fixtures.homomorphic {
      let filter = HomomorphicFilter(lowGain: expected.low, highGain: expected.high, cutoff: expected.cutoff)
      // The Gaussian is cut off where it is 2e-8 of its height.
      #expect(worst(filter(fixtures.image, within: fixtures.region), expected.values) < 2e-6)
    }
  }

  @Test func homomorphicFilteringEvensTheLightAndKeepsOneGrey() {
    let filter = HomomorphicFilter()
    let flat = Plane(width: 40, height: 30, filledWith: 0.3)
    #expect(worst(filter(flat), flat.pixels) < 1e-6)
    var lit = Plane(width: 128, height: 96)
    for y in 0..<96 { for x in 0..<128 { lit[x, y] = 0.2 + 0.5 * Float(x) / 128 } }
    let filtered = filter(lit)
    // γL halves what the logarithm varies by, away from the rim.
    #expect(filtered[96, 48] / filtered[32, 48] < 1.05 * (lit[96, 48] / lit[32, 48]).squareRoot())
    #expect(filter(lit, within: Mask(width: 128, height: 96)) == Plane(width: 128, height: 96))
  }

  @Test func whatLiesOutsideTheFieldNeverShows() {
    let (image, region) = (fixtures.image, fixtures.region)
    var other = image
    for i in other.pixels.indices where !region.pixels[i] { other.pixels[i] = 1 }
    let operations: [(String, (Plane) -> [Plane])] = [
      ("homomorphic", { [HomomorphicFilter()($0, within: region)] }),
      ("median", { [$0.medianBackground(side: 9, within: region)] }),
      ("evened", { [$0.evened(by: $0.gaussianMean(sigma: 4, within: region), within: region)] }),
      ("top-hat", { [$0.whiteTopHat(radius: 3, within: region), $0.blackTopHat(radius: 3, within: region)] }),
      (
        "reconstruction",
        { [$0.openedByReconstruction(radius: 2, within: region), $0.minimaFilled(by: 0.1, within: region)] }
      ),
      ("area", { [$0.areaOpened(9, within: region), $0.areaClosed(9, within: region)] }),
      ("minima", { [$0.regionalMinima(depth: 0.1, within: region).plane] }),
      ("watershed", { [$0.watershed(depth: 0.05, within: region).mask { $0 % 2 == 0 }.plane] }),
      (
        "tensors",
        {
          let (h, s) = ($0.hessian(sigma: 2, within: region), $0.structureTensor(sigma: 1, rho: 2, within: region))
          return [h.larger, h.smaller, h.angle, s.larger, s.smaller, s.angle]
        }
      ),
      (
        "windows",
        {
          let windows = WindowHistograms($0, levels: 16, over: 0...1, side: 9, within: region)
          return [windows.entropy, windows.uniformity] + windows.distances(to: [[Float](repeating: 1 / 16, count: 16)])
        }
      ),
      (
        "levels",
        {
          [
            Plane(
              width: 2, height: 1,
              pixels: [$0.otsuLevel(within: region) ?? -1, $0.percentile(40, within: region) ?? -1])
          ]
        }
      ),
      ("denoised", { [$0.denoised(theta: 0.1, within: region, steps: 40).plane] }),
    ]
    for (name, operation) in operations {
      let found = operation(image)
      #expect(found == operation(other), "\(name)")
      for plane in found where plane.width == image.width {
        #expect(zip(plane.pixels, region.pixels).allSatisfy { $1 || $0 == 0 }, "\(name)")
      }
    }
  }

  @Test func evenedLightKeepsTheMeanOfTheBackground() {
    let plane = Plane(width: 2, height: 1, pixels: [0.2, 0.6])
    let evened = plane.evened(by: Plane(width: 2, height: 1, pixels: [0.1, 0.3]))
    #expect(worst(evened, [0.4, 0.4]) < 1e-7)
    let dark = plane.evened(by: Plane(width: 2, height: 1, pixels: [0, 0.4]), floor: 0.1)
    #expect(worst(dark, [0.4, 0.3]) < 1e-7)
  }
}
