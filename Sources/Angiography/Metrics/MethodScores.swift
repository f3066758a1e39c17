import Imaging

/// The measures of one image's prediction.
public struct ImageScores: Sendable, Hashable {
  public let name: String
  /// The patient, where it is known.
  public let caseName: String?
  public let confusion: Confusion
  private let values: [Measure: Double]

  /// - Parameter sample: one with a mask, of the prediction's size.
  public init(
    prediction: Mask, sample: Sample, truth: Mask, within counted: CountedPixels = .fieldOfView,
    empty convention: EmptyMasks = .metricsReloaded
  ) {
    let masks = JudgedMasks(prediction: prediction, truth: truth, within: sample.judged(counted), empty: convention)
    name = sample.name
    caseName = sample.facts.caseName
    confusion = masks.confusion
    values = Dictionary(
      uniqueKeysWithValues: Measure.all.compactMap { measure in measure(masks).map { (measure, $0) } })
  }

  /// A measure's value; `nil` where it is undefined or left out by convention.
  public subscript(measure: Measure) -> Double? { values[measure] }
}

/// All images' measures of one method.
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

  /// A measure of each image, `nil` where it is undefined.
  public func values(of measure: Measure) -> [Double?] { images.map { $0[measure] } }

  /// Mean and standard deviation (divisor n; `nil` of one) over the images where the measure is defined, and how many those are.
  public func summary(of measure: Measure) -> (mean: Double, deviation: Double?, count: Int)? {
    let defined = values(of: measure).compactMap { $0 }
    return meanAndDeviation(defined).map { ($0.mean, $0.deviation, defined.count) }
  }

  /// All images' pixels counted together.
  public var pooled: Confusion { images.reduce(Confusion()) { $0 + $1.confusion } }
}
