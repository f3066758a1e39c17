import Angiography
import Imaging
import Kernels
import Methods
import Tensors
import Testing

/// Boosted trees in stages, each taught by the maps of the one before.
struct StackedSegmenterTests {
  private func data(_ seed: UInt64, count: Int = 4, withTerritory: Bool = true) throws -> Dataset {
    let found = try phantomDataset(PhantomOptions(count: count, size: 128, seed: seed, nonPerfusion: 0.1...0.4))
    guard withTerritory else { return found }
    // What lies within twelve pixels of a mark passes for the territory.
    return found.with(
      found.samples.map { sample in
        let near = sample.mask?.distances.pixels.map { $0 <= 12 } ?? []
        return Sample(
          name: sample.name, image: sample.image, mask: sample.mask, fieldOfView: sample.fieldOfView,
          territory: Mask(width: 128, height: 128, pixels: near), facts: sample.facts)
      })
  }

  private let method = StackedSegmenter()

  private func taught(by data: Dataset, _ changes: [String: Double] = [:]) throws -> FittedStack {
    var settings = MethodSettings(method.parameters, values: method.initialValues)
    settings["trees"] = 12
    for (name, value) in changes { settings[name] = value }
    return try #require(try method.fitted(with: settings.values, to: TrainingSet(data)) as? FittedStack)
  }

  private func meanDice(_ maps: [Plane], _ data: Dataset) throws -> Double {
    let masks = maps.map { Mask($0, atLeast: 0.5) }
    return try MetricsReport(predictions: masks, samples: data.samples).summary(of: .dice).mean ?? 0
  }

  @Test(arguments: [true, false]) func itFindsWhatItHasNotSeen(withTerritory: Bool) throws {
    let test = try data(6)
    let fitted = try taught(by: try data(5, withTerritory: withTerritory))
    #expect((fitted.territory != nil) == withTerritory && fitted.context == nil)
    let everything = test.samples.map { _ in Plane(width: 128, height: 128, filledWith: 1) }
    #expect(try meanDice(fitted.probabilityMaps(of: test), test) > 1.2 * meanDice(everything, test))
  }

  @Test(
    arguments: [
      [:], ["context": 0.0, "relative": 1], ["territory": 1.0, "smoothing": 2, "level": 0, "centring": 0.5],
      ["landmarks": 0.0, "candidates": 0],
    ] as [[String: Double]]) func itComesBackFromItsFile(changes: [String: Double]) throws
  {
    let test = try data(6, count: 2)
    let fitted = try taught(by: try data(5), changes)
    let again = try FittedStack(decoding: Array(fitted.fileText.utf8), at: "s.json")
    #expect(again.fileText == fitted.fileText && again.probabilityMaps(of: test) == fitted.probabilityMaps(of: test))
    #expect(again.usual == fitted.usual && again.conditional == fitted.conditional)
    let stages = fitted.stages(of: test.samples[0])
    #expect(stages.map(\.name) == method.stageForms.map(\.name))
    #expect(stages.map(\.content.form) == method.stageForms.map(\.form))
  }

  @Test(arguments: [
    ("\"slope\":", "\"slope\":-"), ("\"level\":", "\"level\":7"), ("\"conditional\":", "\"conditionel\":"),
    ("\"feature\":[", "\"feature\":[99,"), ("\"next\":[1", "\"next\":[0"), ("\"next\":[1", "\"next\":[1000000"),
    ("\"next\":[1", "\"next\":[-1"), ("\"feature\":[", "\"feature\":[1e3,"), ("\"base\":", "\"base\":1e999,\"x\":"),
    ("\"number\":[", "\"number\":[null,"), ("\"trees\":\"", "\"trees\":\"-"), ("\"gate\":", "\"gate\":-1"),
    ("\"usual\":{", "\"usual\":{\"hue\":[0,1],"),
  ])
  func damagedFilesAreRefused(_ part: String, _ other: String) throws {
    var damaged = try taught(by: try data(5, count: 2)).fileText
    guard let place = damaged.firstRange(of: part) else {
      #expect(part == "\"trees\":\"")
      return
    }
    damaged.replaceSubrange(place, with: other)
    #expect(throws: MethodError.self) { try fittedSegmenter(decoding: Array(damaged.utf8), at: "s.json") }
  }

  /// A map that is held out is the same whatever its own image's mask says.
  @Test func whatIsHeldOutTeachesNothing() throws {
    let whole = try data(5, count: 4)
    var values = method.initialValues
    values[try #require(method.parameters.firstIndex { $0.name == "trees" })] = 8
    let parts = [0, 0, 1, 1]
    let maps = try method.heldOutMaps(of: whole, parts: parts, with: values)
    let first = whole.samples[0]
    let other = Sample(
      name: first.name, image: first.image, mask: first.mask?.complement, fieldOfView: first.fieldOfView,
      territory: first.territory?.complement, facts: first.facts)
    let again = try method.heldOutMaps(of: whole.with([other] + whole.samples.dropFirst()), parts: parts, with: values)
    #expect(maps[0] == again[0] && maps[1] == again[1] && maps[2] != again[2])
  }

  /// What it says of its training images is worse than what it says of them once it has learnt from them.
  @Test func itRemembersWhatItHadNotSeen() throws {
    let data = try data(5, count: 6)
    let fitted = try taught(by: data, ["trees": 40])
    let unseen = try #require(fitted.unseen)
    #expect(unseen.samples.map(\.name) == data.samples.map(\.name))
    let (before, after) = (try meanDice(unseen.maps, data), try meanDice(fitted.probabilityMaps(of: data), data))
    #expect(before < after && before > 0.2, "\(before), \(after)")
  }

  @Test func candidatesAreJudgedAsWholes() throws {
    let (eyes, test) = (try data(5, count: 6), try data(6))
    let fitted = try taught(by: eyes, ["candidates": 0])
    #expect(fitted.candidates != nil)
    let plain = try taught(by: eyes)
    #expect(plain.candidates == nil && plain.conditional == fitted.conditional)
    #expect(fitted.probabilityMaps(of: test) != plain.probabilityMaps(of: test))
    let everything = test.samples.map { _ in Plane(width: 128, height: 128, filledWith: 1) }
    #expect(try meanDice(fitted.probabilityMaps(of: test), test) > 1.2 * meanDice(everything, test))
  }

  @Test func landmarksThatAreMarkedCount() throws {
    let eyes = try data(5)
    let fitted = try taught(by: eyes, ["landmarks": 0])
    let first = eyes.samples[0]
    func map(_ x: Double) throws -> Plane {
      var facts = first.facts
      facts.landmarks = Landmarks(fovea: Landmark(x: x, y: 64), disc: Landmark(x: 20, y: 64))
      return fitted.probabilityMaps(of: eyes.with([first.with(facts)]))[0]
    }
    #expect(try map(30) != map(90))
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    let texts = try [1, 3].map { threads in
      try Machine.computing(threads: threads, vectorWidth: Machine.vectorWidth) {
        try taught(by: try data(5, count: 2)).fileText
      }
    }
    #expect(texts[0] == texts[1])
  }

  /// What one fit has learnt passes to another only where that would learn the same.
  @Test func fitsShareWhatIsTheSame() throws {
    let (data, test) = (try data(5), try data(6, count: 2))
    let known = StackedImages()
    let changes: [[String: Double]] = [
      [:], ["smoothing": 2], ["relative": 1], ["territory": 1], ["landmarks": 0], ["leaves": 4], ["samples": 500],
      ["learning-rate": 0.3], ["context": 0], [:],
    ]
    // The last two are taught by others, and by the same with other marks.
    let emptied = data.with(
      data.samples.enumerated().map { place, sample in
        guard place == 0, let mask = sample.mask else { return sample }
        let half = Mask(
          width: mask.width, height: mask.height,
          pixels: mask.pixels.enumerated().map { $0.offset.isMultiple(of: 2) && $0.element })
        return Sample(
          name: sample.name, image: sample.image, mask: half, fieldOfView: sample.fieldOfView,
          territory: sample.territory, facts: sample.facts)
      })
    let lessons = changes.map { ($0, data) } + [([:], data.with(Array(data.samples.dropLast()))), ([:], emptied)]
    for (change, data) in lessons {
      var settings = MethodSettings(method.parameters, values: method.initialValues)
      settings["trees"] = 12
      for (name, value) in change { settings[name] = value }
      let shared = try method.sharing(known).fitted(with: settings.values, to: TrainingSet(data))
      let own = try method.fitted(with: settings.values, to: TrainingSet(data))
      #expect(try shared.probabilityMaps(of: test) == own.probabilityMaps(of: test), "\(change)")
    }
  }

  @Test func aGateIsLearntFromEyesWithNothingToMark() throws {
    let marked = try data(5)
    #expect(throws: MethodError.nothingToGateOn(segmenter: "stacked")) { try taught(by: marked, ["gate": 1]) }
    // Nothing stands out of an even picture, and there are more of these than of the others.
    let even = (0..<12).map { number in
      Sample(
        name: "even-\(number)", image: Plane(width: 128, height: 128, filledWith: 0.4),
        mask: Mask(width: 128, height: 128), fieldOfView: marked.samples[0].fieldOfView)
    }
    let fitted = try taught(by: marked.with(marked.samples + even), ["gate": 1])
    let maps = fitted.probabilityMaps(of: marked.with(even))
    #expect(maps.allSatisfy { $0.pixels.allSatisfy { $0 < 0.5 } })
    #expect(fitted.gate > 0)
  }

  @Test func strangersAreTold() throws {
    let known = try data(5, count: 6)
    let fitted = try taught(by: known)
    #expect(known.samples.allSatisfy { fitted.doubts(about: $0).isEmpty })
    let first = known.samples[0]
    let negative = Sample(
      name: "negative", image: Plane(width: 128, height: 128, pixels: first.image.pixels.map { 1 - $0 }), mask: nil,
      fieldOfView: Mask(width: 128, height: 128, filledWith: true))
    #expect(fitted.doubts(about: negative).first?.contains("no field of view") == true)
    // Vessels that are dark, as in a photograph of the fundus.
    let photograph = Sample(
      name: "photograph", image: Plane(width: 128, height: 128, pixels: first.image.pixels.map { 1 - $0 }), mask: nil,
      fieldOfView: first.fieldOfView)
    #expect(!fitted.doubts(about: photograph).isEmpty)
  }

  @Test func onePatientAloneTeachesNothing() throws {
    let one = try data(5, count: 1)
    #expect(throws: MethodError.tooFewCases(segmenter: "stacked")) { try method.taught(by: TrainingSet(one)) }
  }
}

struct ThresholdTests {
  /// Against all subsets of a few pixels: the best set of independent pixels is found by a level.
  @Test func noSetHasAHigherExpectedDice() {
    let probabilities: [Float] = [0.9, 0.8, 0.55, 0.4, 0.3, 0.1, 0.05]
    let all = probabilities.reduce(0) { $0 + Double($1) }
    var best = 0.0
    for set in 1..<(1 << probabilities.count) {
      let chosen = probabilities.indices.filter { set >> $0 & 1 == 1 }
      best = max(best, 2 * chosen.reduce(0) { $0 + Double(probabilities[$1]) } / (Double(chosen.count) + all))
    }
    let found = ExpectedDice(probabilities)
    #expect(abs(found.dice - best) < 1e-6)
    // About half of it is the level: 0.3 is not marked, 0.4 is.
    #expect(found.level > 0.3 && found.level <= 0.4 && abs(Double(found.level) - best / 2) < 0.06)
    #expect(ExpectedDice([]).dice == 0 && ExpectedDice([0, 0]).dice == 0)
  }

  /// scikit-learn's `LogisticRegression` without a penalty on the same ten scores: 0.9092474175, 0.
  @Test func plattScalingIsLogisticRegression() {
    let scores: [Float] = [-3, -2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2, 3]
    let labels = [false, false, true, false, false, true, false, true, true, true]
    let found = PlattScaling(scores, labels: labels, weights: scores.map { _ in 1000 })
    #expect(abs(found.slope - 0.9092474175) < 1e-6 && abs(found.shift) < 1e-6)
    let turned = PlattScaling(scores, labels: labels.map { !$0 }, weights: scores.map { _ in 1 })
    #expect(turned.slope > 0 && turned.slope < 0.01)
  }
}
