import Angiography
import Imaging
import Tensors
import Testing

/// Batches of angiograms that nobody has marked, and labels with pixels that nobody has judged.
@Suite struct UnlabelledBatchesTests {
  private static let side = 16

  /// Angiograms whose pixels are all their number, and nothing marked.
  private func frames(_ count: Int, side: Int = side) -> [Sample] {
    (0..<count).map { number in
      Sample(
        name: "frame-\(number)", image: Plane(width: side, height: side, filledWith: Float(number) / 16), mask: nil,
        fieldOfView: Mask(width: side, height: side, filledWith: true))
    }
  }

  private func batches(
    _ samples: [Sample], batch: Int, augmentation: Augmentation? = nil, seed: UInt64 = 1
  ) throws -> UnlabelledBatches {
    try UnlabelledBatches(
      Dataset(name: "frames", samples: samples, augmentation: augmentation), batch: batch, height: Self.side,
      width: Self.side, stream: RandomStream(seed: seed))
  }

  /// The number of every image of a step.
  private func numbers(_ batches: UnlabelledBatches, step: Int) -> [Int] {
    let images = batches.batch(step: step, images: 0..<batches.imagesInStep).images
    return (0..<images.shape[0]).map { Int(images.item($0).values[0] * 16) }
  }

  @Test func everyPassHoldsEveryImageOnce() throws {
    let batches = try self.batches(frames(5), batch: 3)
    let order: [Int] = (0..<10).flatMap { numbers(batches, step: $0) }
    let passes: [[Int]] = (0..<6).map { Array(order[(5 * $0)..<(5 * $0 + 5)]) }
    for pass in passes { #expect(Set(pass).count == 5) }
    #expect(Set(passes).count > 1, "in another order")
    let again = numbers(batches, step: 4)
    #expect(again == Array(order[12..<15]), "whatever was asked before")
    let others = try self.batches(frames(5), batch: 3, seed: 2)
    let otherOrder = (0..<10).flatMap { numbers(others, step: $0) }
    #expect(otherOrder != order)
    let few = try self.batches(frames(2), batch: 4)
    #expect(few.imagesInStep == 2, "no more than there are")
  }

  @Test func aPartHasTheBitsOfTheWhole() throws {
    let phantoms = try phantomDataset(PhantomOptions(count: 3, size: 64)).samples
    let batches = try UnlabelledBatches(
      Dataset(name: "p", samples: phantoms, augmentation: Augmentation()), batch: 3, height: 64, width: 64,
      stream: RandomStream(seed: 1))
    let whole: Tensor = batches.batch(step: 7, images: 0..<3).images
    #expect(batches.batch(step: 7, images: 1..<3).images == whole.rows(1..<3))
    let plain = try UnlabelledBatches(
      Dataset(name: "p", samples: phantoms), batch: 3, height: 64, width: 64, stream: RandomStream(seed: 1))
    #expect(plain.batch(step: 7, images: 0..<3).images != whole, "they are changed as the dataset asks for it")
  }

  @Test func whatNobodyCanGradeIsTold() throws {
    var samples = frames(3)
    #expect(try batches(samples, batch: 3).batch(step: 0, images: 0..<3).judged == nil)
    let corner = Mask(
      width: Self.side, height: Self.side, pixels: (0..<Self.side * Self.side).map { $0 < 2 * Self.side })
    samples[1] = samples[1].ungradable(corner)
    let blind = try batches(samples, batch: 3)
    let (images, judged) = blind.batch(step: 0, images: 0..<3)
    let judgement = try #require(judged)
    #expect(judgement.shape == [3, Self.side, Self.side, 1])
    for place in 0..<3 {
      let isThatOne = images.item(place).values[0] == Float(1) / 16
      #expect(judgement.item(place).sum() == Double(Self.side * (isThatOne ? Self.side - 2 : Self.side)))
    }
  }

  @Test func othersAreRefused() throws {
    func code(_ samples: [Sample]) -> String? {
      #expect(throws: DatasetError.self) { _ = try batches(samples, batch: 2) }?.code
    }
    #expect(code([]) == "nothing-unlabelled")
    #expect(code(frames(2, side: 32)) == "mixed-sizes")
  }

  @Test func labelsEndInWhatIsJudged() throws {
    let mask = Mask(width: Self.side, height: Self.side, filledWith: true)
    var samples = frames(2).map {
      Sample(name: $0.name, image: $0.image, mask: mask, fieldOfView: $0.fieldOfView)
    }
    func labels() throws -> Tensor {
      try TrainingBatches(Dataset(name: "marked", samples: samples), batch: 2, stream: RandomStream(seed: 1))
        .batch(epoch: 1, index: 0).labels
    }
    #expect(try labels().shape == [2, Self.side, Self.side, 1])
    let half = Mask(
      width: Self.side, height: Self.side, pixels: (0..<Self.side * Self.side).map { $0 % Self.side < 8 })
    samples[0] = samples[0].ungradable(half)
    let found = try labels()
    #expect(found.shape == [2, Self.side, Self.side, 2])
    let counts = (0..<2).map { image in
      let values = found.item(image).values
      return stride(from: 1, to: values.count, by: 2).count { values[$0] == 1 }
    }
    #expect(counts.sorted() == [128, 256])
  }

  @Test("what moves in from outside is known to be none") func movedInFromOutside() {
    let all = Mask(width: Self.side, height: Self.side, filledWith: true)
    let sample = Sample(
      name: "blind", image: Plane(width: Self.side, height: Self.side, filledWith: 0.5), mask: all, fieldOfView: all,
      ungraded: all)
    let dataset = Dataset(
      name: "one", samples: [sample], augmentation: Augmentation(flip: 0, shift: 0.4, rotation: 0))
    var generator = SeededGenerator(3)
    let pair = dataset.trainingPair(0, using: &generator)
    #expect(pair?.label.mapped { 1 - $0 } == pair?.judged && pair?.judged?.pixels.contains(1) == true)
  }

  @Test func whatIsOfOthersIsLeftOut() throws {
    let phantoms = try phantomDataset(PhantomOptions(count: 6, size: 128)).samples
    func named(_ place: Int, _ name: String, case patient: String?) -> Sample {
      let sample = phantoms[place]
      return Sample(
        name: name, image: sample.image, mask: nil, fieldOfView: sample.fieldOfView,
        facts: SampleFacts(caseName: patient))
    }
    let tested = Dataset(name: "tested", samples: [named(0, "a", case: "1"), named(1, "b", case: "2")])
    let frames = Dataset(
      name: "frames",
      samples: [
        named(0, "copy", case: "7"), named(2, "same-patient", case: "2"), named(3, "b", case: nil),
        named(4, "other", case: "8"), named(5, "nameless", case: nil),
      ])
    #expect(frames.without(whatIsOf: tested).samples.map(\.name) == ["other", "nameless"])
  }
}
