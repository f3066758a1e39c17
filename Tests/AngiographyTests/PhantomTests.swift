import Angiography
import Testing

/// One set for all that is measured over many phantoms; drawn once.
private let phantoms = Result { () throws(PhantomError) in try phantomDataset(PhantomOptions(count: 24, size: 128)) }

@Suite struct PhantomTests {
  @Test func theSameSeedGivesTheSameBits() throws {
    let options = PhantomOptions(size: 96, seed: 5)
    let first = try phantomSample(options, index: 3)
    let second = try phantomSample(options, index: 3)
    #expect(first.image == second.image)
    #expect(first.mask == second.mask)
    #expect(first.fieldOfView == second.fieldOfView)
    #expect(first.facts == second.facts)
  }

  @Test func anotherSeedAndAnotherNumberGiveOtherEyes() throws {
    let sample = try phantomSample(PhantomOptions(size: 96, seed: 5), index: 3)
    #expect(try phantomSample(PhantomOptions(size: 96, seed: 6), index: 3).image != sample.image)
    #expect(try phantomSample(PhantomOptions(size: 96, seed: 5), index: 4).image != sample.image)
  }

  @Test func aSampleDoesNotDependOnTheCount() throws {
    let few = try phantomDataset(PhantomOptions(count: 2, size: 64, negatives: 0.5))
    let more = try phantomDataset(PhantomOptions(count: 5, size: 64, negatives: 0.5))
    #expect(few.samples.count == 2 && more.samples.count == 5)
    for (one, other) in zip(few.samples, more.samples) {
      #expect(one.name == other.name)
      #expect(one.image == other.image)
      #expect(one.mask == other.mask)
    }
  }

  @Test func namesAndCasesAreUnique() throws {
    let dataset = try phantoms.get()
    #expect(dataset.name == "phantom")
    #expect(Set(dataset.samples.map(\.name)).count == 24)
    #expect(Set(dataset.samples.map(\.facts.caseName)).count == 24)
    #expect(dataset.samples[0].name == "phantom-001")
  }

  /// Greys as an 8-bit camera gives them, black outside the field, and a field that touches the borders.
  @Test func imagesAreThoseOfACamera() throws {
    for sample in try phantoms.get().samples {
      #expect(sample.image.width == 128 && sample.image.height == 128)
      #expect(sample.image.pixels.allSatisfy { (0...1).contains($0) && ($0 * 255).rounded() / 255 == $0 })
      let outside = zip(sample.image.pixels, sample.fieldOfView.pixels).filter { !$0.1 }
      #expect(outside.allSatisfy { $0.0 == 0 } && !outside.isEmpty)
      #expect(sample.fieldOfView[64, 1] && sample.fieldOfView[1, 64] && !sample.fieldOfView[3, 3])
    }
  }

  @Test func nonPerfusionLiesInsideTheFieldAndInTheAskedRange() throws {
    for sample in try phantoms.get().samples { expectArea(of: sample, in: 0.01...0.40) }
    for range in [0.01...0.02, 0.12...0.12, 0.5...0.6] {
      let options = PhantomOptions(count: 3, size: 64, nonPerfusion: range)
      for sample in try phantomDataset(options).samples { expectArea(of: sample, in: range) }
    }
  }

  private func expectArea(of sample: Sample, in range: ClosedRange<Double>) {
    guard let mask = sample.mask else {
      Issue.record("a phantom has a mask")
      return
    }
    #expect(zip(mask.pixels, sample.fieldOfView.pixels).allSatisfy { !$0.0 || $0.1 })
    let field = Double(sample.fieldOfView.area)
    let slack = 0.5 / field
    #expect((range.lowerBound - slack...range.upperBound + slack).contains(Double(mask.area) / field))
  }

  @Test func negativesAreSpreadEvenlyAndHaveEmptyMasks() throws {
    let samples = try phantomDataset(PhantomOptions(count: 8, size: 64, negatives: 0.25)).samples
    #expect(samples.map { $0.mask?.area == 0 } == [false, false, false, true, false, false, false, true])
    let none = try phantomDataset(PhantomOptions(count: 3, size: 64, negatives: 1)).samples
    #expect(none.allSatisfy { $0.mask?.area == 0 })
  }

  @Test(arguments: [64, 101, 300]) func anySizeCanBeDrawn(size: Int) throws {
    let sample = try phantomSample(PhantomOptions(size: size), index: 0)
    #expect(sample.image.width == size && sample.mask?.height == size && sample.fieldOfView.width == size)
    let scale = try #require(sample.facts.millimetresPerPixel)
    #expect(abs(scale * Double(size) - 14.42) < 0.01)
  }

  @Test func optionsOutOfRangeAreRefused() {
    func code(_ change: (inout PhantomOptions) -> Void) -> String? {
      var options = PhantomOptions(count: 1, size: 64)
      change(&options)
      do {
        _ = try phantomDataset(options)
        return nil
      } catch {
        #expect(!error.message.isEmpty && error.hint != nil)
        return error.code
      }
    }
    #expect(code { $0.count = 0 } == "phantom-count")
    #expect(code { $0.size = 63 } == "phantom-size")
    #expect(code { $0.size = 1025 } == "phantom-size")
    #expect(code { $0.nonPerfusion = 0...0.3 } == "phantom-non-perfusion")
    #expect(code { $0.nonPerfusion = 0.1...0.9 } == "phantom-non-perfusion")
    #expect(code { $0.negatives = 1.1 } == "phantom-negatives")
    #expect(code { $0.negatives = .nan } == "phantom-negatives")
    #expect(code { $0.noise = -1 } == "phantom-noise")
    #expect(code { $0.darkening = 1 } == "phantom-darkening")
    #expect(code { $0.visit = 0 } == "phantom-visit")
    #expect(code { $0.growth = 0.3 } == "phantom-growth")
    #expect(code { _ in } == nil)
  }

  /// The same eye with other light; non-perfusion grows, or shrinks, by exactly so much of the field.
  @Test(arguments: [0.03, -0.005]) func aLaterVisitIsOfTheSameEye(growth: Double) throws {
    var options = PhantomOptions(size: 128, seed: 5, nonPerfusion: 0.05...0.2)
    let index = 4
    let first = try phantomSample(options, index: index)
    (options.visit, options.growth) = (3, growth)
    let third = try phantomSample(options, index: index)
    let (before, after) = (try #require(first.mask), try #require(third.mask))
    #expect(abs(Double(after.area - before.area) - 2 * growth * Double(first.fieldOfView.area)) <= 1)
    let smaller = growth > 0 ? before : after
    #expect(before.intersection(after) == smaller)
    #expect(third.fieldOfView == first.fieldOfView && third.facts.landmarks == first.facts.landmarks)
    #expect(third.facts.caseName == first.facts.caseName && third.facts.visit == "visit 3" && third.name != first.name)
    // Not a single picture's grain: the light differs.
    let differing = zip(first.image.pixels, third.image.pixels).filter { abs($0 - $1) > 0.02 }.count
    #expect(differing > first.fieldOfView.area / 2)
    options.growth = 0
    #expect(try phantomSample(options, index: index).mask == before)
  }

  @Test func negativesStaySo() throws {
    let options = PhantomOptions(count: 1, size: 64, negatives: 1, visit: 2, growth: 0.1)
    #expect(try phantomSample(options, index: 0).mask?.area == 0)
  }
}
