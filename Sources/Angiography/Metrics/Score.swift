import Imaging

/// What one image is judged by when methods are compared.
public enum Score: String, Sendable, Hashable, CaseIterable {
  case dice = "dsc"
  case sensitivity = "sen"
  case specificity = "spe"
  case accuracy = "acc"
  /// Jaccard's index, |P ∩ T| / |P ∪ T|.
  case iou
  /// Distance between the outlines, 95th percentile, in px of the image's own size.
  case hausdorff95 = "hd95"
  /// Share of the outlines within `ImageScores.surfaceTolerance` px of each other.
  case surfaceDice = "surface-dsc"
  /// Predicted minus true area, as a share of the counted pixels: too much is positive.
  case areaError = "area-error"
}

extension Score {
  /// As tables have it.
  public var abbreviation: String {
    switch self {
    case .dice, .sensitivity, .specificity, .accuracy: rawValue.uppercased()
    case .iou: "IoU"
    case .hausdorff95: "HD95, px"
    case .surfaceDice: "surface DSC"
    case .areaError: "area error"
    }
  }

  /// Whether it is a share, printed in per cent.
  public var isFraction: Bool { self != .hausdorff95 }
}

/// The scores of one image's prediction.
public struct ImageScores: Sendable, Hashable {
  public let name: String
  /// The patient, where it is known.
  public let caseName: String?
  public let confusion: Confusion
  private let values: [Score: Double]

  /// How far outlines may lie apart for the surface DSC, in px at 512 px: half the width of a large vessel. It grows with
  /// the image.
  public static let surfaceTolerance = 2.0

  /// - Parameter sample: one with a mask, of the prediction's size.
  public init(
    prediction: Mask, sample: Sample, truth: Mask, within counted: CountedPixels = .fieldOfView,
    empty convention: EmptyMasks = .metricsReloaded
  ) {
    let region = sample.judged(counted)
    let counts = Confusion(prediction: prediction, truth: truth, within: region)
    let surfaces = SurfaceAgreement(prediction: prediction, truth: truth, within: region)
    let tolerance = Self.surfaceTolerance * Double(max(truth.width, truth.height)) / 512
    name = sample.name
    caseName = sample.facts.caseName
    confusion = counts
    var values: [Score: Double] = [:]
    values[.dice] = convention.overlap(counts, counts.dice)
    values[.sensitivity] = counts.sensitivity
    values[.specificity] = counts.specificity
    values[.accuracy] = counts.accuracy
    values[.iou] = convention.overlap(counts, counts.intersectionOverUnion)
    values[.hausdorff95] = surfaces.hausdorff95
    values[.surfaceDice] = surfaces.dice(tolerance: tolerance, convention)
    if counts.total > 0 {
      values[.areaError] = Double(counts.falsePositives - counts.falseNegatives) / Double(counts.total)
    }
    self.values = values
  }

  /// The score; `nil` where it is undefined or left out by convention.
  public subscript(score: Score) -> Double? { values[score] }
}

extension Confusion {
  /// Jaccard's index; 1 where both are empty.
  public var intersectionOverUnion: Double {
    let union = truePositives + falsePositives + falseNegatives
    return union == 0 ? 1 : Double(truePositives) / Double(union)
  }
}

/// All images' scores of one method.
public struct MethodScores: Sendable, Hashable {
  public let images: [ImageScores]
  public let empty: EmptyMasks

  /// Compares one predicted mask a sample with the sample's mask.
  ///
  /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
  public init(
    predictions: [Mask], samples: [Sample], within counted: CountedPixels = .fieldOfView,
    empty: EmptyMasks = .metricsReloaded
  ) throws(DatasetError) {
    precondition(predictions.count == samples.count, "one prediction a sample")
    let unmarked = samples.filter { $0.mask == nil }.map(\.name)
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    images = zip(predictions, samples).compactMap { prediction, sample in
      sample.mask.map {
        ImageScores(prediction: prediction, sample: sample, truth: $0, within: counted, empty: empty)
      }
    }
    self.empty = empty
  }

  /// A score of each image, `nil` where it is undefined.
  public func values(of score: Score) -> [Double?] { images.map { $0[score] } }

  /// Mean and standard deviation (divisor n; `nil` of one) over the images where the score is defined, and how many those are.
  public func summary(of score: Score) -> (mean: Double, deviation: Double?, count: Int)? {
    let defined = values(of: score).compactMap { $0 }
    return meanAndDeviation(defined).map { ($0.mean, $0.deviation, defined.count) }
  }

  /// All images' pixels counted together.
  public var pooled: Confusion { images.reduce(Confusion()) { $0 + $1.confusion } }
}
