import Angiography
import Methods
import Testing

/// On the public angiograms of ../shared/data; skipped, and said so, where that folder is absent.
@Suite(.enabled(if: hasSharedData, "needs the angiograms of ../shared/data")) struct RealImages {
  private func loadLabelled() throws -> LoadedDataset {
    try loadDataset(
      images: sharedData + "/ffa-np/images", masks: .folder(sharedData + "/ffa-np/masks"),
      options: LoadOptions(label: 2, casePattern: "^(\\d+)"))
  }

  @Test func thirteenAngiogramsOfTwelveCasesLoad() throws {
    let loaded = try loadLabelled()
    #expect(loaded.dataset.name == "ffa-np" && loaded.notes.isEmpty && loaded.files.count == 26)
    #expect(loaded.dataset.samples.count == 13)
    #expect(Set(loaded.dataset.samples.map(\.facts.caseName)).count == 12)
    for sample in loaded.dataset.samples {
      let inside = zip(sample.mask?.pixels ?? [], sample.fieldOfView.pixels).count { $0 && $1 }
      let part = Double(inside) / Double(sample.fieldOfView.area)
      #expect((0.005...0.37).contains(part), "\(sample.name): \(part)")
    }
  }

  @Test(arguments: ["ffa-np/images", "ffa-negatives", "ffa-unlabelled"]) func everyFieldIsTheSameDisc(folder: String)
    throws
  {
    for sample in try loadDataset(images: sharedData + "/" + folder).dataset.samples {
      // A disc of radius 262 on 512 pixels, cut by the image.
      let part = Double(sample.fieldOfView.area) / (512 * 512)
      #expect((0.81...0.825).contains(part), "\(sample.name): \(part)")
      #expect(!sample.fieldOfView[20, 20] && sample.fieldOfView[256, 3] && sample.fieldOfView[3, 256])
    }
  }

  @Test func theDarkThresholdReachesItsPublishedFloor() throws {
    let report = try #require(DarkThreshold.leavingOneCaseOut(try loadLabelled().dataset.samples))
    let dice = report.summary(of: .dice)
    // Its README has 0.349 ± 0.207, pooled 0.415, with a field of view and a grid of thresholds of its own.
    #expect(abs((dice.mean ?? 0) - 0.349) < 0.01 && abs((dice.pooled ?? 0) - 0.415) < 0.01)
  }
}
