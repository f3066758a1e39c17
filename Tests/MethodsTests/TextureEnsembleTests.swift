import Angiography
import Imaging
import Methods
import Tensors
import Testing

/// The one classical method that learns: from the masks of its training set.
struct TextureEnsembleTests {
  private func data(_ seed: UInt64) throws -> Dataset {
    try phantomDataset(PhantomOptions(count: 4, size: 128, seed: seed, nonPerfusion: 0.1...0.4))
  }

  @Test func itLearnsAndComesBackFromItsFile() throws {
    let (train, test) = (try data(5), try data(6))
    let fitted = try #require(try TextureEnsemble().taught(by: TrainingSet(train)) as? FittedTextureEnsemble)
    #expect(!fitted.booster.members.isEmpty)
    let maps = fitted.probabilityMaps(of: test)
    let report = try MetricsReport(predictions: maps.map { Mask($0, atLeast: 0.5) }, samples: test.samples)
    let chance = try MetricsReport(
      predictions: test.samples.map { Mask(width: $0.image.width, height: $0.image.height, filledWith: true) },
      samples: test.samples)
    #expect((report.summary(of: .accuracy).mean ?? 0) > (chance.summary(of: .accuracy).mean ?? 1))
    let again = try FittedTextureEnsemble(decoding: Array(fitted.fileText.utf8), at: "s.json")
    #expect(again.booster == fitted.booster && again.probabilityMaps(of: test) == maps)
    let opened = try fittedSegmenter(decoding: Array(fitted.fileText.utf8), at: "s.json")
    #expect(try opened.probabilityMaps(of: test) == maps)
    let stages = fitted.stages(of: test.samples[0].image, fieldOfView: test.samples[0].fieldOfView)
    #expect(stages.map(\.name) == TextureEnsemble().stageForms.map(\.name))
    #expect(stages.map(\.content.form) == TextureEnsemble().stageForms.map(\.form))
  }

  @Test(arguments: [
    ("\"vote\": ", "\"vote\": -"), ("\"says\": ", "\"says\": 3"), ("\"feature\": \"", "\"feature\": \"x"),
    ("\"phases\": 4", "\"phases\": 40"), ("\"stumps\"", "\"stump\""),
    ("\"phases\": 4", "\"phases\": 1e300"), ("\"vote\": ", "\"vote\": 1e308, \"x\": "),
  ])
  func damagedFiles(_ part: String, _ other: String) throws {
    let fitted = try #require(try TextureEnsemble().taught(by: TrainingSet(try data(5))) as? FittedTextureEnsemble)
    var damaged = fitted.fileText
    damaged.replaceSubrange(try #require(damaged.firstRange(of: part)), with: other)
    #expect(throws: MethodError.self) { try fittedSegmenter(decoding: Array(damaged.utf8), at: "s.json") }
  }

  @Test func ungradedPixelsTeachNothing() throws {
    let graded = try data(5).samples
    // Of an image that nobody has graded every mask teaches the same.
    let all = Mask(width: 128, height: 128, filledWith: true)
    func taught(_ mask: Mask?) throws -> FittedTextureEnsemble? {
      let strange = Sample(
        name: "strange", image: graded[0].image, mask: mask, fieldOfView: graded[0].fieldOfView, ungraded: all)
      let data = Dataset(name: "some", samples: Array(graded[1...]) + [strange])
      return try TextureEnsemble().taught(by: TrainingSet(data)) as? FittedTextureEnsemble
    }
    let marked = try taught(all)
    #expect(try marked != nil && marked?.booster == taught(Mask(width: 128, height: 128))?.booster)
  }

  @Test func settingsThatLeaveNothingScoreNothing() throws {
    let search = ParameterSearch(.grid, candidates: [("minimum-area", [100, 100_000])])
    let tuning = try Tuning(
      of: TextureEnsemble(), on: TrainingSet(try data(5)), by: search, stream: RandomStream(seed: 1)
    ) { _, _ in }
    #expect(tuning.trials.count == 2 && tuning.trials[1].mean == 0 && tuning.best.values == tuning.trials[0].values)
    #expect(throws: MethodError.tooFewCases(segmenter: "texture-ensemble")) {
      let one = Dataset(name: "one", samples: [try data(5).samples[0]])
      return try Tuning(of: TextureEnsemble(), on: TrainingSet(one), by: search, stream: RandomStream(seed: 1)) {
        _, _ in
      }
    }
  }

  @Test func withoutMasksThereIsNothingToLearn() throws {
    let samples = try data(5).samples.map {
      Sample(name: $0.name, image: $0.image, mask: nil, fieldOfView: $0.fieldOfView)
    }
    #expect(throws: MethodError.nothingToTuneOn) {
      try TextureEnsemble().taught(by: TrainingSet(Dataset(name: "unmarked", samples: samples)))
    }
  }
}
