import Angiography

/// How much better one method does than another on the same angiograms.
package struct PairedDifference: Sendable, Hashable, Codable {
  /// Of the DSC, over the images where both have one.
  package let mean: Double
  /// With divisor n; `nil` of one image.
  package let deviation: Double?
  /// BCa bootstrap over patients, 95 %; `nil` with fewer than two of them.
  package let interval: ClosedRange<Double>?
  /// Images on which it is better, and on which it is worse.
  package let better, worse: Int
  /// Of the DSC of all pixels counted together.
  package let pooled: Double

  /// `nil` where no image has both.
  ///
  /// - Parameters: of the same images in the same order.
  init?(of scores: MethodScores, from reference: MethodScores) {
    precondition(scores.images.count == reference.images.count, "both are of the same images")
    let differences = zip(scores.values(of: .dice), reference.values(of: .dice)).map { own, other in
      own.flatMap { own in other.map { own - $0 } }
    }
    let known = differences.compactMap { $0 }
    guard let moments = meanAndDeviation(known) else { return nil }
    (mean, deviation) = moments
    interval = Bootstrap.interval(ofMean: differences, cases: reference.images.map(\.caseName))
    (better, worse) = (known.count { $0 > 0 }, known.count { $0 < 0 })
    pooled = scores.pooled.dice - reference.pooled.dice
  }
}
