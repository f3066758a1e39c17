import Angiography
import Foundation
import Imaging
import Testing

/// Scores against MONAI and scikit-learn on the same masks (`Fixtures/make_scores.py`).
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
    let width, height: Int
    let masks: [Masks]
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
    #expect(scores(empty, empty, .metricsReloaded) == [1, 1, nil, 1, nil])
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
}
