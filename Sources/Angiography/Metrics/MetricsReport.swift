import Imaging

/// Which pixels are counted.
public enum CountedPixels: String, Sendable, Hashable, Codable, CaseIterable {
  /// Those inside the field of view.
  case fieldOfView = "fov"
  /// All of them, the black surround included.
  case image
}

/// How well predictions agree with their samples' masks: image by image, on average, and pooled.
public struct MetricsReport: Sendable, Hashable, Codable {
  /// One image's counts.
  public struct Row: Sendable, Hashable, Codable {
    public let name: String
    public let confusion: Confusion

    public init(name: String, confusion: Confusion) {
      self.name = name
      self.confusion = confusion
    }
  }

  /// A measure over all images.
  public struct Summary: Sendable, Hashable {
    /// Mean over the images where the measure is defined; `nil` when there are none.
    public let mean: Double?
    /// Standard deviation with divisor n, NumPy's default; `nil` where the mean is over fewer than two.
    public let standardDeviation: Double?
    /// The measure of all images' pixels counted together; `nil` where undefined.
    public let pooled: Double?
    /// Images the mean is over, and images there were.
    public let count, total: Int
  }

  public let rows: [Row]
  public let counted: CountedPixels

  public init(rows: [Row], counted: CountedPixels = .fieldOfView) {
    self.rows = rows
    self.counted = counted
  }

  /// Compares one predicted mask a sample, of the sample's own size, with the sample's mask.
  ///
  /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
  public init(
    predictions: [Mask], samples: [Sample], within counted: CountedPixels = .fieldOfView
  ) throws(DatasetError) {
    precondition(predictions.count == samples.count, "one prediction a sample")
    rows = zip(zip(predictions, samples), try samples.truths()).map { judged, truth in
      let (prediction, sample) = judged
      return Row(
        name: sample.name, confusion: Confusion(prediction: prediction, truth: truth, within: sample.judged(counted)))
    }
    self.counted = counted
  }

  /// All images' pixels counted together.
  public var pooled: Confusion { rows.reduce(Confusion()) { $0 + $1.confusion } }

  /// Images where neither prediction nor truth marks anything: their DSC is 1 by convention.
  public var bothEmptyCount: Int { rows.count { $0.confusion.isBothEmpty } }

  /// Mean, standard deviation and pooled value of a measure.
  public func summary(of measure: Measure) -> Summary {
    let values = rows.compactMap { measure($0.confusion) }
    let moments = meanAndDeviation(values)
    return Summary(
      mean: moments?.mean, standardDeviation: moments?.deviation, pooled: rows.isEmpty ? nil : measure(pooled),
      count: values.count, total: rows.count)
  }
}

/// Mean and standard deviation (divisor n − 1) of values that are a sample, as runs with some seeds are; `nil` without any.
public func meanAndSampleDeviation(_ values: [Double]) -> (mean: Double, deviation: Double?)? {
  let count = Double(values.count)
  return meanAndDeviation(values).map { ($0.mean, $0.deviation.map { $0 * (count / (count - 1)).squareRoot() }) }
}

/// Mean and standard deviation (divisor n) of values; `nil` without any. One value has no deviation: a spread of 0 would read
/// as certainty.
public func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double?)? {
  guard !values.isEmpty else { return nil }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  return (mean, values.count > 1 ? variance.squareRoot() : nil)
}
