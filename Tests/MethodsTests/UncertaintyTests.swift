import Angiography
import Imaging
import Methods
import Tensors
import Testing

@Suite struct UncertaintyTests {
  @Test func everyTurnIsUndone() {
    let plane = Plane(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 6])
    var seen = Set<[Float]>()
    for turn in QuarterTurn.all {
      let turned = plane.turned(turn)
      #expect(turned.turned(turn.inverse) == plane, "\(turn)")
      seen.insert(turned.pixels + [Float(turned.width)])
      let mask = Mask(plane, atLeast: 3)
      #expect(mask.turned(turn).plane == Mask(turned, atLeast: 3).plane)
    }
    #expect(seen.count == 8, "eight ways, all of them different")
    let quarter = plane.turned(QuarterTurn.all[1])
    #expect(quarter.width == 2 && quarter.pixels == [4, 1, 5, 2, 6, 3], "clockwise")
  }

  /// A level of the grey has no direction: all its maps are one.
  @Test func whatHasNoDirectionIsSure() throws {
    let eyes = try phantomDataset(PhantomOptions(count: 2, size: 64))
    let fitted = try #require(Segmenters.taught.first { $0.name == "dark-threshold" }).taught(by: TrainingSet(eyes))
    let draws = try fitted.draws(of: eyes, from: .augmentation) { _, _ in }
    #expect(draws.maps.count == 8)
    let plain = try fitted.probabilityMaps(of: eyes)
    for (index, sample) in eyes.samples.enumerated() {
      // Means around a pixel are sums in another order.
      #expect(zip(draws.means[index].pixels, plain[index].pixels).allSatisfy { abs($0 - $1) < 1e-3 })
      #expect(draws.deviations[index].pixels.allSatisfy { $0 < 1e-3 })
      #expect(Set(draws.areas(of: index, in: sample)).count <= 2)
    }
    #expect(throws: MethodError.oneMember) { try fitted.draws(of: eyes, from: .ensemble) { _, _ in } }
  }

  /// Marks where it is told that the fovea is.
  private struct FoveaMarker: FittedSegmenter {
    func probabilityMaps(of dataset: Dataset) -> [Plane] {
      dataset.samples.map { sample in
        var map = Plane(width: sample.image.width, height: sample.image.height)
        guard let fovea = sample.facts.landmarks.fovea else { return map }
        map[Int(fovea.x.rounded()), Int(fovea.y.rounded())] = 1
        return map
      }
    }
  }

  /// What spares the fovea spares the same one, however the picture lies: found once where nobody has marked it.
  @Test(arguments: [true, false]) func aTurnedPictureHasTheSameFovea(isMarked: Bool) throws {
    var phantom = try phantomDataset(PhantomOptions(count: 1, size: 128, seed: 4))
    if isMarked {
      // Wider than high, so that what turns with it changes places.
      phantom = phantom.with([
        Sample(
          name: "wide", image: Plane(width: 96, height: 64), mask: nil,
          fieldOfView: Mask(width: 96, height: 64, filledWith: true))
      ])
    }
    let fovea = Landmark(x: 80, y: 21)
    let facts = isMarked ? SampleFacts(landmarks: Landmarks(fovea: fovea)) : SampleFacts()
    let draws = try FoveaMarker().draws(
      of: phantom.with(phantom.samples.map { $0.with(facts) }), from: .augmentation
    ) { _, _ in }
    #expect(Set(draws.maps.map { $0[0] }).count == 1)
    #expect(draws.maps[0][0].pixels.contains(1))
    if isMarked { #expect(draws.maps[0][0][80, 21] == 1) }
  }

  @Test func factorsAreTheQuantileOfSplitConformalPrediction() throws {
    // Errors of 1 to 19 px; the median is 10, which is the floor.
    let eyes = (1...19).map { AreaIntervals.Eye(errors: [0, Double($0)], spread: 24, gradable: 1000) }
    let learnt = try AreaIntervals(level: 0.95, learntFrom: eyes)
    #expect(learnt.floor == 0.01 && learnt.eyes == 19)
    #expect(abs(learnt.factor - 19 / 26.0) < 1e-12, "the largest of nineteen, by √(24² + 10²)")
    #expect(abs(try AreaIntervals(level: 0.5, learntFrom: eyes).factor - 10 / 26.0) < 1e-12, "the tenth")
    #expect(abs(learnt.reach(spread: 24, gradable: 1000) - 19) < 1e-12)
    #expect(abs(learnt.reach(spread: 0, gradable: 2000) - learnt.factor * 20) < 1e-12)
    #expect(throws: MethodError.tooFewEyes(needed: 19, found: 18)) {
      try AreaIntervals(level: 0.95, learntFrom: Array(eyes.dropLast()))
    }
    // 25 · 0.56 is 14, and a little more as a product of doubles.
    let many = (1...24).map { AreaIntervals.Eye(errors: [Double($0)], spread: 0, gradable: 1e6) }
    #expect(try AreaIntervals(level: 0.56, learntFrom: many).factor == 14 / 13)
    // A method that is right where it can be seen: no interval is narrower than a pixel's.
    let right = (1...19).map { AreaIntervals.Eye(errors: [$0 == 19 ? 5 : 0], spread: 0, gradable: 100) }
    let sure = try AreaIntervals(level: 0.95, learntFrom: right)
    #expect(sure.floor == 0 && sure.factor == 5 && sure.reach(spread: 0, gradable: 100) == 5)
    #expect(AreaIntervals.interval(of: 10, reach: 12, gradable: 100) == 0...22)
    #expect(AreaIntervals.interval(of: 95, reach: 12, gradable: 100) == 83...100)
    #expect(abs(AreaIntervals.spread(areas: [10, 14, 12], perimeter: 6) - (4.0 + 9).squareRoot()) < 1e-12)
  }

  /// Of eyes whose errors are nothing like normal ones.
  @Test func intervalsHoldTheTruthAsOftenAsTheySay() throws {
    var stream = RandomStream(seed: 5)
    func eye() -> AreaIntervals.Eye {
      let spread = 5 + 50 * Double(stream.uniform())
      let size = Double(stream.uniform())
      let error = stream.uniform() < 0.2 ? 6 * spread * size : spread * (size - 0.3)
      return AreaIntervals.Eye(errors: [abs(error)], spread: spread, gradable: 1e5)
    }
    var held = 0
    for _ in 0..<200 {
      let intervals = try AreaIntervals(level: 0.9, learntFrom: (0..<40).map { _ in eye() })
      let new = eye()
      held += new.errors[0] <= intervals.reach(spread: new.spread, gradable: new.gradable) ? 1 : 0
    }
    #expect((168...194).contains(held), "\(held) of 200")
  }
}
