import Imaging

/// How many lesions predictions find and make up: image by image, on average, and pooled.
public struct LesionReport: Sendable, Hashable, Codable {
  /// One image's counts.
  public struct Row: Sendable, Hashable, Codable {
    public let name: String
    public let counts: LesionCounts
  }

  public let rows: [Row]
  public let rule: LesionRule

  /// Compares one predicted mask a sample, of the sample's own size, with the sample's mask, where that is judged.
  ///
  /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
  public init(predictions: [Mask], samples: [Sample], rule: LesionRule = LesionRule()) throws(DatasetError) {
    precondition(predictions.count == samples.count, "one prediction a sample")
    rows = zip(zip(predictions, samples), try samples.truths()).map { judged, truth in
      let (prediction, sample) = judged
      let counts = LesionCounts(prediction: prediction, truth: truth, within: sample.judged(), rule: rule)
      return Row(name: sample.name, counts: counts)
    }
    self.rule = rule
  }

  /// Several tests of the same angiograms, a row a test and image, by one rule.
  public init(joining reports: [LesionReport]) {
    precondition(Set(reports.map(\.rule)).count == 1, "by one rule")
    (rows, rule) = (reports.flatMap(\.rows), reports[0].rule)
  }

  /// All images' lesions counted together.
  public var pooled: LesionCounts { rows.reduce(LesionCounts()) { $0 + $1.counts } }

  /// Mean and standard deviation (divisor n; `nil` of one) over the images where a number is defined, and how many those are;
  /// `nil` without any.
  public func summary(of number: (LesionCounts) -> Double?) -> (mean: Double, deviation: Double?, count: Int)? {
    let defined = rows.compactMap { number($0.counts) }
    return meanAndDeviation(defined).map { ($0.mean, $0.deviation, defined.count) }
  }
}

extension [Sample] {
  /// The mask of each, in their order.
  ///
  /// - Throws: `DatasetError` naming those without one, `mask-missing`.
  package func truths() throws(DatasetError) -> [Mask] {
    let unmarked = filter { $0.mask == nil }.map(\.name)
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    return compactMap(\.mask)
  }
}
