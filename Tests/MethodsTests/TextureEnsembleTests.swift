import Angiography
import Imaging
import Methods
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
  ])
  func damagedFiles(_ part: String, _ other: String) throws {
    let fitted = try #require(try TextureEnsemble().taught(by: TrainingSet(try data(5))) as? FittedTextureEnsemble)
    var damaged = fitted.fileText
    damaged.replaceSubrange(try #require(damaged.firstRange(of: part)), with: other)
    #expect(throws: MethodError.self) { try fittedSegmenter(decoding: Array(damaged.utf8), at: "s.json") }
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
