import Imaging

/// How much of each field of view is marked although nothing should be: for angiograms without non-perfusion.
public struct FalsePositiveArea: Sendable, Hashable {
  /// One a sample.
  public let areas: [MarkedArea]

  /// Fractions of the field of view, one a sample, in [0, 1].
  public var fractions: [Double] { areas.map { $0.share ?? 0 } }

  /// Every marked pixel inside the field of view counts as false, whatever mask the sample has.
  public init(predictions: [Mask], samples: [Sample]) {
    precondition(predictions.count == samples.count, "one prediction a sample")
    areas = zip(predictions, samples).map { MarkedArea(of: $0, in: $1) }
  }

  /// Mean fraction and its standard deviation (divisor n; `nil` of one); `nil` without samples.
  public var summary: (mean: Double, deviation: Double?)? { meanAndDeviation(fractions) }
}
