import Angiography
import Imaging
import Methods
import Testing

@Suite struct ErrorKindTests {
  private static let side = 256
  private static let whole = Mask(width: side, height: side, filledWith: true)

  private func square(_ x: Int, _ y: Int, _ size: Int) -> Mask {
    var mask = Mask(width: Self.side, height: Self.side)
    for v in y..<y + size { for u in x..<x + size { mask[u, v] = true } }
    return mask
  }

  /// Even grey but for a shadow on the right and a dark lesion of 12 × 12 pixels on the left, with fovea and disc.
  private func eye(_ landmarks: Landmarks, truth: Mask) -> Sample {
    var image = Plane(width: Self.side, height: Self.side, filledWith: 0.6)
    for y in 0..<Self.side { for x in 150..<Self.side { image[x, y] = 0.2 } }
    for y in 100..<112 { for x in 20..<32 { image[x, y] = 0.3 } }
    return Sample(
      name: "eye", image: image, mask: truth, fieldOfView: Self.whole,
      facts: SampleFacts(millimetresPerPixel: 0.06, landmarks: landmarks))
  }

  private let marked = Landmarks(fovea: Landmark(x: 100, y: 60), disc: Landmark(x: 60, y: 200), discDiameter: 30)

  @Test func everyKindIsKnown() throws {
    // Of the truth one square is dark, one as bright as the rest; neither is marked.
    let truth = square(22, 102, 8).union(square(60, 120, 10))
    // Marked wrongly: at the fovea, in the disc, deep in the shadow, in the middle of even retina; and what is right.
    let marks = square(98, 58, 5).union(square(60, 200, 4)).union(square(230, 100, 6)).union(square(100, 120, 3))
    let sample = eye(marked, truth: truth)
    let places = MisleadingPlaces(sample, rule: ErrorRule())
    let kinds = ErrorKinds(prediction: marks, truth: truth, within: nil, places: places)
    #expect(kinds[.falseAtLandmark] == 25 + 16 && kinds[.falseInShadow] == 36 && kinds[.otherFalse] == 9)
    #expect(kinds[.missedBright] == 100 && kinds[.otherMissed] == 64)
    #expect(kinds.judged == Self.side * Self.side && kinds.images == 1 && kinds.withLandmarks == 1)
    let right = ErrorKinds(prediction: truth, truth: truth, within: nil, places: places)
    #expect(right.all == 0 && ErrorKinds.Kind.allCases.allSatisfy { right[$0] == 0 })
  }

  /// Half of a foveal avascular zone's radius in mm at 0.06 mm a pixel, and a third more.
  @Test func placesAreAsLargeAsTheySay() throws {
    let places = MisleadingPlaces(eye(marked, truth: square(0, 0, 1)), rule: ErrorRule())
    let landmarks = try #require(places.landmarks)
    let fovea = (0.16 * 2.54 / Double.pi).squareRoot() / 0.06 * 4 / 3
    #expect(landmarks[100 + Int(fovea), 60] && !landmarks[101 + Int(fovea), 60])
    #expect(landmarks[80, 200] && !landmarks[81, 200], "a marked disc of 30 px, and a third more")
    // Without a surround there is no rim.
    #expect(!places.shadow[0, 0] && places.shadow[250, 0])
  }

  @Test func theRimOfAFieldIsMistaken() {
    var field = Mask(width: Self.side, height: Self.side)
    for y in 0..<Self.side { for x in 20..<Self.side { field[x, y] = true } }
    let image = Plane(width: Self.side, height: Self.side, pixels: field.pixels.map { $0 ? 0.5 : 0 })
    let nothing = Mask(width: Self.side, height: Self.side)
    let sample = Sample(name: "rim", image: image, mask: nothing, fieldOfView: field)
    let places = MisleadingPlaces(sample, rule: ErrorRule())
    // 12 px at 512 are 6 at 256.
    let kinds = ErrorKinds(
      prediction: square(0, 100, 50), truth: nothing, within: sample.judged(), places: places)
    let atLandmark = kinds[.falseAtLandmark] ?? 0
    #expect(kinds[.falseInShadow] == 6 * 50 && (kinds[.otherFalse] ?? 0) + atLandmark == 24 * 50)
  }

  /// Whatever is marked: every wrong pixel once, and pooled as well.
  @Test func theKindsAddUpToAllWrongPixels() throws {
    let eyes = try phantomDataset(PhantomOptions(count: 3, size: 96))
    let masks = eyes.samples.map { DarkThreshold.segment($0.image, fieldOfView: $0.fieldOfView, below: 0.9) }
    var sum = ErrorKinds()
    for (mask, sample) in zip(masks, eyes.samples) {
      let truth = try #require(sample.mask)
      let confusion = Confusion(prediction: mask, truth: truth, within: sample.judged())
      let places = MisleadingPlaces(sample, rule: ErrorRule())
      let kinds = ErrorKinds(prediction: mask, truth: truth, within: sample.judged(), places: places)
      let falseOnes = [kinds[.falseAtLandmark], kinds[.falseInShadow], kinds[.otherFalse]].compactMap(\.self)
      let missed = [kinds[.missedBright], kinds[.otherMissed]].compactMap(\.self)
      #expect(falseOnes.reduce(0, +) == confusion.falsePositives && confusion.falsePositives > 0)
      #expect(missed.reduce(0, +) == confusion.falseNegatives)
      #expect(kinds.all == confusion.falsePositives + confusion.falseNegatives && kinds.judged == confusion.total)
      sum = sum + kinds
    }
    let pooled = try MetricsReport(predictions: masks, samples: eyes.samples).pooled
    #expect(sum.all == pooled.falsePositives + pooled.falseNegatives && sum.images == 3)
  }

  @Test func withoutLandmarksThereIsNoSuchKind() {
    // Too small and even for any to be found.
    let image = Plane(width: 32, height: 32, filledWith: 0.5)
    let nothing = Mask(width: 32, height: 32)
    let all = Mask(width: 32, height: 32, filledWith: true)
    let sample = Sample(name: "even", image: image, mask: nothing, fieldOfView: all)
    let places = MisleadingPlaces(sample, rule: ErrorRule())
    let kinds = ErrorKinds(prediction: all, truth: nothing, within: nil, places: places)
    #expect(places.landmarks == nil && kinds[.falseAtLandmark] == nil && kinds.withLandmarks == 0)
    #expect(kinds[.otherFalse] == 1024 && kinds.all == 1024)
  }
}
