import Angiography
import Foundation
import Tensors
import Testing

/// Scores, curves and tests against MONAI, scikit-learn and SciPy on the same numbers (`Fixtures/make_scores.py`).
@Suite struct ScoreFixtures {
  struct Numbers: Decodable {
    struct Masks: Decodable {
      struct Monai: Decodable {
        let dice, iou, hd95, surfaceDice: Double?
        enum CodingKeys: String, CodingKey {
          case dice, iou, hd95
          case surfaceDice = "surface-dice"
        }
      }
      let truth, prediction: [Int]
      let monai: Monai
      let jaccard: Double
    }
    struct Curve: Decodable {
      let truth: [Int]
      let score: [Float]
      let isStepped: Bool
      let area, precision: Double
    }
    struct Pairs: Decodable {
      let first, second: [Double]
      let statistic, probability: Double
      let isExact: Bool
    }
    let width, height: Int
    let masks: [Masks]
    let curves: [Curve]
    let pairs: [Pairs]
  }

  private let numbers: Numbers

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fixtures/scores.json")
    numbers = try JSONDecoder().decode(Numbers.self, from: Foundation.Data(contentsOf: file))
  }

  private func mask(_ bits: [Int]) -> Mask {
    Mask(width: numbers.width, height: numbers.height, pixels: bits.map { $0 == 1 })
  }

  private func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-6) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance
  }

  @Test func overlapsAndSurfacesAgreeWithMONAIUnderItsConvention() {
    for (index, pair) in numbers.masks.enumerated() {
      let (truth, prediction) = (mask(pair.truth), mask(pair.prediction))
      let sample = Sample(
        name: "\(index)", image: truth.plane, mask: truth,
        fieldOfView: Mask(width: numbers.width, height: numbers.height, filledWith: true))
      let scores = ImageScores(prediction: prediction, sample: sample, truth: truth, empty: .monai)
      #expect(isClose(scores[.dice], pair.monai.dice), "DSC \(index)")
      #expect(isClose(scores[.iou], pair.monai.iou), "IoU \(index)")
      #expect(isClose(scores[.hausdorff95], pair.monai.hd95, 1e-5), "HD95 \(index)")
      let surfaces = SurfaceAgreement(prediction: prediction, truth: truth)
      #expect(isClose(surfaces.dice(tolerance: 2, .monai), pair.monai.surfaceDice), "surface DSC \(index)")
      let reloaded = ImageScores(prediction: prediction, sample: sample, truth: truth)
      #expect(isClose(reloaded[.iou], pair.jaccard, 1e-12), "Jaccard \(index)")
    }
  }

  @Test func conventionsDifferOnlyWhereMasksAreEmpty() {
    let empty = Mask(width: 8, height: 8)
    let some = Mask(width: 8, height: 8, pixels: (0..<64).map { $0 % 8 < 3 })
    func scores(_ prediction: Mask, _ truth: Mask, _ convention: EmptyMasks) -> [Double?] {
      let field = Mask(width: 8, height: 8, filledWith: true)
      let sample = Sample(name: "x", image: truth.plane, mask: truth, fieldOfView: field)
      let found = ImageScores(prediction: prediction, sample: sample, truth: truth, empty: convention)
      return [found[.dice], found[.iou], found[.hausdorff95], found[.surfaceDice], found[.sensitivity]]
    }
    #expect(scores(empty, empty, .metricsReloaded) == [1, 1, 0, 1, nil])
    #expect(scores(empty, empty, .monai) == [nil, nil, nil, nil, nil])
    #expect(scores(empty, empty, .nnUNet) == [nil, nil, nil, nil, nil])
    #expect(scores(some, empty, .metricsReloaded) == [0, 0, nil, 0, nil])
    #expect(scores(some, empty, .monai) == [nil, nil, nil, 0, nil])
    #expect(scores(some, empty, .nnUNet) == [0, 0, nil, 0, nil])
    for convention in EmptyMasks.allCases {
      #expect(scores(empty, some, convention) == [0, 0, nil, 0, 0])
      #expect(scores(some, some, convention) == [1, 1, 0, 1, 1])
    }
  }

  @Test func onlyTheFieldOfViewCounts() {
    let truth = Mask(width: 8, height: 8, pixels: (0..<64).map { $0 / 8 < 2 })
    let prediction = Mask(width: 8, height: 8, pixels: (0..<64).map { $0 / 8 < 2 || $0 / 8 > 5 })
    let field = Mask(width: 8, height: 8, pixels: (0..<64).map { $0 / 8 < 6 })
    let sample = Sample(name: "x", image: truth.plane, mask: truth, fieldOfView: field)
    let inside = ImageScores(prediction: prediction, sample: sample, truth: truth)
    #expect(inside[.dice] == 1 && inside[.hausdorff95] == 0 && inside[.areaError] == 0)
    let whole = ImageScores(prediction: prediction, sample: sample, truth: truth, within: .image)
    #expect(whole[.areaError] == 0.25 && (whole[.hausdorff95] ?? 0) > 4)
  }

  @Test func curvesAgreeWithScikitLearn() throws {
    for curve in numbers.curves {
      let count = curve.truth.count
      let sample = Sample(
        name: "x", image: Plane(width: count, height: 1),
        mask: Mask(width: count, height: 1, pixels: curve.truth.map { $0 == 1 }),
        fieldOfView: Mask(width: count, height: 1, filledWith: true))
      let found = try OperatingCurves(
        maps: [Plane(width: count, height: 1, pixels: curve.score)], samples: [sample])
      // Exact where the probabilities are steps themselves; else off by pixels that share a step.
      let tolerance = curve.isStepped ? 1e-12 : 1e-3
      #expect(isClose(found.area, curve.area, tolerance))
      #expect(isClose(found.averagePrecision, curve.precision, tolerance))
      #expect(found.points.first?.recall == 0 && found.points.last?.recall == 1)
      #expect(found.points.count <= 1026)
    }
  }

  @Test func signedRankAgreesWithSciPy() throws {
    for pairs in numbers.pairs {
      let test = try #require(SignedRank(pairs.first, pairs.second))
      #expect(isClose(test.statistic, pairs.statistic, 1e-9))
      #expect(isClose(test.probability, pairs.probability, 1e-9 + 1e-7 * pairs.probability))
      #expect((test.method == .exact) == pairs.isExact)
    }
    #expect(SignedRank([1, 2], [1, 2]) == nil)
  }

  @Test func holmStepsDown() {
    // By hand: 0.01·4, then 0.02·3 = 0.06, 0.03·2 = 0.06, and 0.5·1.
    let corrected = holmCorrected([0.03, 0.01, 0.5, 0.02])
    for (found, expected) in zip(corrected, [0.06, 0.04, 0.5, 0.06]) { #expect(abs(found - expected) < 1e-12) }
    #expect(holmCorrected([0.9, 0.8]) == [1, 1] && holmCorrected([]) == [])
  }

  @Test func bootstrapDrawsPatientsNotImages() throws {
    var stream = RandomStream(seed: 4)
    let values = (0..<40).map { _ in Double(stream.normal()) }
    let alone = try #require(
      Bootstrap.interval(ofMean: values, cases: values.map { _ in nil }, stream: RandomStream(seed: 1)))
    let mean = values.reduce(0, +) / 40
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40).squareRoot()
    // The normal theory's interval is ± 1.96·σ/√n; 2000 draws know a bound to a few per cent of its width.
    let half = 1.96 * deviation / 40.0.squareRoot()
    #expect(alone.contains(mean) && abs(alone.upperBound - alone.lowerBound - 2 * half) < 0.2 * half)
    #expect(alone == Bootstrap.interval(ofMean: values, cases: values.map { _ in nil }, stream: RandomStream(seed: 1)))
    // The same numbers eight times over are eight images of each patient: not more certain than one.
    let repeated = (0..<320).map { values[$0 / 8] }
    let clustered = try #require(
      Bootstrap.interval(ofMean: repeated, cases: (0..<320).map { "\($0 / 8)" }, stream: RandomStream(seed: 1)))
    #expect(abs(clustered.lowerBound - alone.lowerBound) < 0.05 * half)
    #expect(Bootstrap.interval(ofMean: [0.5, nil], cases: ["a", "b"], stream: RandomStream(seed: 1)) == nil)
  }
}
