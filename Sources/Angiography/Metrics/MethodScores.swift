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

  /// What one image comes to in several runs: the mean of each measure over the runs that define it, and their pixels counted
  /// together.
  fileprivate init(meanOf runs: [ImageScores]) {
    (name, caseName) = (runs[0].name, runs[0].caseName)
    confusion = runs.reduce(Confusion()) { $0 + $1.confusion }
    values = Dictionary(
      uniqueKeysWithValues: Measure.all.compactMap { measure in
        meanAndDeviation(runs.compactMap { $0[measure] }).map { (measure, $0.mean) }
      })
  }

  /// A measure's value; `nil` where it is undefined or left out by convention.
  public subscript(measure: Measure) -> Double? { values[measure] }
}

/// All images' measures of one method.
public struct MethodScores: Sendable, Hashable, Codable {
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
    images = zip(zip(predictions, samples), try samples.truths()).map { judged, truth in
      ImageScores(prediction: judged.0, sample: judged.1, truth: truth, within: counted, empty: empty)
    }
    self.empty = empty
  }

  /// What several runs come to: each image is worth its mean over them, so that images, not runs, are what a deviation, an
  /// interval or a test is over.
  ///
  /// - Parameter runs: of the same images in the same order, one at least.
  public init(meanOf runs: [MethodScores]) {
    let names = runs[0].images.map(\.name)
    precondition(runs.allSatisfy { $0.images.map(\.name) == names }, "the runs are of the same images")
    images = names.indices.map { place in ImageScores(meanOf: runs.map { $0.images[place] }) }
    empty = runs[0].empty
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

/// Measures are stored by their names.
extension ImageScores: Codable {
  private enum CodingKeys: CodingKey { case name, caseName, confusion, values }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(caseName, forKey: .caseName)
    try fields.encode(confusion, forKey: .confusion)
    try fields.encode(Dictionary(uniqueKeysWithValues: values.map { ($0.name, $1) }), forKey: .values)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    name = try fields.decode(String.self, forKey: .name)
    caseName = try fields.decode(String?.self, forKey: .caseName)
    confusion = try fields.decode(Confusion.self, forKey: .confusion)
    var values: [Measure: Double] = [:]
    for (name, value) in try fields.decode([String: Double].self, forKey: .values) {
      guard let measure = Measure.all.first(where: { $0.name == name }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: fields, debugDescription: "no measure is called \(name)")
      }
      values[measure] = value
    }
    self.values = values
  }
}
