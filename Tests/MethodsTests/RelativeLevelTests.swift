import Angiography
import Imaging
import Kernels
import Methods
import Testing

struct RelativeLevelTests {
  private let field = Mask(width: 4, height: 1, pixels: [true, true, true, false])

  private func odds(_ p: Float) -> Double { Elementary.log(Double(p) / (1 - Double(p))) }

  @Test func whatStandsOutStaysAndTheMeanGoes() {
    let map = Plane(width: 4, height: 1, pixels: [0.06, 0.1, 0.4, 0.9])
    let centred = map.centred(within: field)
    let inside = centred.pixels.prefix(3)
    #expect(abs(inside.reduce(0) { $0 + odds($1) }) < 1e-4 && centred.pixels[3] == 0)
    #expect(inside[0] < inside[1] && inside[1] < inside[2] && inside[2] > 0.5)
    // Differences of log-odds are what they were.
    #expect(abs((odds(inside[2]) - odds(inside[0])) - (odds(0.4) - odds(0.06))) < 1e-4)
  }

  @Test func aShareOfTheMeanGoes() {
    let map = Plane(width: 4, height: 1, pixels: [0.06, 0.1, 0.4, 0.9])
    let half = map.centred(within: field, by: 0.5)
    let mean = (odds(0.06) + odds(0.1) + odds(0.4)) / 3
    for place in 0..<3 { #expect(abs(odds(half.pixels[place]) - (odds(map.pixels[place]) - mean / 2)) < 1e-4) }
    #expect(map.centred(within: field, by: 0) == map)
  }

  /// Whatever share of its mean an image loses, and whichever level is chosen, nothing is marked in it that is less likely than 0.05.
  @Test(arguments: [Float(0.01), 0.25, 0.5, 1]) func whatIsUnlikelyIsNeverMarked(share: Float) throws {
    let unlikely = (0..<40).map { 0.0499 * Float($0) / 40 }
    for likely in [Float(0.06), 0.5, 0.999] {
      for count in [1, 20, 200] {
        let map = Plane(width: 40 + count, height: 1, pixels: unlikely + Array(repeating: likely, count: count))
        let field = Mask(width: 40 + count, height: 1, filledWith: true)
        let lowest = try #require(OperatingLevel.candidates(centring: share).first)
        let marks = Mask(map.centred(within: field, by: share), atLeast: lowest)
        #expect(marks.pixels.prefix(40).allSatisfy { !$0 }, "\(likely), \(count)")
      }
    }
  }

  /// Marks that begin far beyond 0.99 are found as well.
  @Test func levelsAreFineWhereCentredMapsLie() throws {
    let (high, low): (Float, Float) = (1 / (1 + Elementary.exp(-6.25)), 1 / (1 + Elementary.exp(-6.05)))
    let map = Plane(width: 4, height: 1, pixels: [high, high, low, low])
    let sample = Sample(
      name: "a", image: map, mask: Mask(width: 4, height: 1, pixels: [true, true, false, false]),
      fieldOfView: Mask(width: 4, height: 1, filledWith: true))
    let found = try #require(
      OperatingLevel.best(maps: [map], samples: [sample], among: OperatingLevel.candidates(centring: 1)))
    #expect(found.pooledDice == 1 && found.level > low && found.level <= high)
  }

  @Test(arguments: [Float(0), 0.0004, 0.3, 1]) func whereNothingStandsOutNothingIsMarked(p: Float) {
    let centred = Plane(width: 4, height: 1, filledWith: p).centred(within: field)
    #expect(centred.recalibrated(level: 0.2).pixels.allSatisfy { $0 == 0 })
    let nowhere = Plane(width: 4, height: 1, filledWith: p).centred(within: Mask(width: 4, height: 1))
    #expect(nowhere.pixels.allSatisfy { $0 == 0 })
  }

  @Test func anAverageIsOfLogOdds() {
    let (one, other) = (
      Plane(width: 3, height: 1, pixels: [0.2, 0.9, 1]), Plane(width: 3, height: 1, pixels: [0.8, 0.9, 0])
    )
    let found = FittedAverage.average(of: [one, other]).pixels
    #expect(abs(found[0] - 0.5) < 1e-6 && abs(found[1] - 0.9) < 1e-6 && abs(found[2] - 0.5) < 1e-4)
  }

  /// A map that touches the rim of its field is as high there as inside, and 0 outside.
  @Test(arguments: [64, 600, 1100]) func nothingFadesAtTheRim(side: Int) throws {
    let middle = Double(side - 1) / 2
    var field = Mask(width: side, height: side)
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x) - middle, Double(y) - middle)
        field[x, y] = dx * dx + dy * dy < middle * middle * 0.9
      }
    }
    let image = Plane(width: side, height: side, pixels: field.pixels.map { $0 ? 0.4 : 0 })
    let eyes = (0..<2).map { number in
      var mask = Mask(width: side, height: side)
      for y in 0..<side / 2 { for x in 0..<side { mask[x, y] = field[x, y] } }
      return Sample(
        name: "\(number)", image: image, mask: mask, fieldOfView: field, facts: SampleFacts(caseName: "\(number)"))
    }
    // An even picture says the same everywhere, so that all that differs would be the rim's.
    var settings = MethodSettings(StackedSegmenter().parameters, values: StackedSegmenter().initialValues)
    settings["trees"] = 1
    settings["samples"] = 200
    settings["fovea"] = 0
    let data = Dataset(name: "even", samples: eyes)
    let fitted = try StackedSegmenter().fitted(with: settings.values, to: TrainingSet(data))
    let map = try fitted.probabilityMaps(of: data)[0]
    let inside = map.pixels.indices.filter { field.pixels[$0] }.map { map.pixels[$0] }
    #expect((inside.min() ?? 0) > 0.05, "\(inside.min() ?? -1)")
    #expect(map.pixels.indices.allSatisfy { field.pixels[$0] || map.pixels[$0] == 0 })
  }
}
