import Imaging

/// Simultaneous truth and performance level estimation (Warfield, Zou & Wells 2004), of binary masks: how probably each pixel
/// is marked in truth, and how well each rater marks, each found from the other by expectation maximisation.
///
/// Raters count as independent of each other given the truth. With two of them the estimate hangs on where it starts; from
/// three on the marks themselves decide.
public struct STAPLE: Sendable, Hashable, Codable {
  /// How one rater marks.
  public struct Rater: Sendable, Hashable, Codable {
    /// The share of the true pixels that the rater marks; `nil` where nothing is true.
    public let sensitivity: Double?
    /// The share of the other pixels that the rater leaves; `nil` where everything is true.
    public let specificity: Double?
  }

  public let raters: [Rater]
  /// The share of true pixels before any mask is seen: the mean of the shares that the raters mark. It stays as it is.
  public let prior: Double
  /// Rounds until no sensitivity or specificity changed by more than `tolerance`, or `mostRounds`.
  public let rounds: Int
  /// The combinations of marks that occur, ascending, and how probably a pixel with such marks is true.
  private let combinations: [UInt32]
  private let truths: [Double]

  public static let tolerance = 1e-10
  public static let mostRounds = 10_000
  /// What every sensitivity and specificity starts from.
  private static let start = 0.99999

  /// - Returns: `nil` without pixels.
  public init?(_ votes: Votes) {
    let patterns = votes.counts.sorted { $0.key < $1.key }.map { (marks: $0.key, count: Double($0.value)) }
    let all = patterns.reduce(0) { $0 + $1.count }
    guard all > 0 else { return nil }
    let marked = patterns.reduce(0) { $0 + $1.count * Double($1.marks.nonzeroBitCount) }
    let prior = marked / all / Double(votes.raters)
    var found = Estimate(
      sensitivities: [Double](repeating: Self.start, count: votes.raters),
      specificities: [Double](repeating: Self.start, count: votes.raters))
    var (truths, rounds) = ([Double](), 0)
    repeat {
      truths = patterns.map { found.truth(of: $0.marks, prior: prior) }
      let next = Estimate(patterns, truths, like: found)
      let change = next.change(from: found)
      (found, rounds) = (next, rounds + 1)
      if change <= Self.tolerance { break }
    } while rounds < Self.mostRounds
    (self.prior, self.rounds) = (prior, rounds)
    let trueSum = zip(patterns, truths).reduce(0) { $0 + $1.0.count * $1.1 }
    raters = (0..<votes.raters).map { rater in
      Rater(
        sensitivity: trueSum > 0 ? found.sensitivities[rater] : nil,
        specificity: trueSum < all ? found.specificities[rater] : nil)
    }
    (combinations, self.truths) = (patterns.map(\.marks), truths)
  }

  /// How probably each pixel is true; 0 outside of what was graded.
  ///
  /// - Parameters: of an image whose pixels were among the votes.
  public func consensus(of masks: [Mask], within graded: Mask) -> Plane {
    let probabilities = Dictionary(zip(combinations, truths)) { first, _ in first }
    let pixels = Votes.combinations(of: masks).enumerated().map { pixel, combination in
      graded.pixels[pixel] ? Float(probabilities[combination] ?? 0) : 0
    }
    return Plane(width: graded.width, height: graded.height, pixels: pixels)
  }
}

/// What is thought of the raters in one round.
private struct Estimate {
  var sensitivities, specificities: [Double]

  init(sensitivities: [Double], specificities: [Double]) {
    (self.sensitivities, self.specificities) = (sensitivities, specificities)
  }

  /// Maximisation: what the raters did, given how probably each pixel is true. Of a kind of which there are no pixels the
  /// last estimate stays.
  init(_ patterns: [(marks: UInt32, count: Double)], _ truths: [Double], like last: Estimate) {
    self = last
    let trueSum = zip(patterns, truths).reduce(0) { $0 + $1.0.count * $1.1 }
    let falseSum = zip(patterns, truths).reduce(0) { $0 + $1.0.count * (1 - $1.1) }
    for rater in sensitivities.indices {
      var (found, left) = (0.0, 0.0)
      for (pattern, truth) in zip(patterns, truths) {
        if pattern.marks & 1 << UInt32(rater) != 0 {
          found += pattern.count * truth
        } else {
          left += pattern.count * (1 - truth)
        }
      }
      if trueSum > 0 { sensitivities[rater] = min(1, found / trueSum) }
      if falseSum > 0 { specificities[rater] = min(1, left / falseSum) }
    }
  }

  /// Expectation: how probably a pixel with these marks is true.
  func truth(of marks: UInt32, prior: Double) -> Double {
    var (isTrue, isFalse) = (prior, 1 - prior)
    for rater in sensitivities.indices {
      let isMarked = marks & 1 << UInt32(rater) != 0
      isTrue *= isMarked ? sensitivities[rater] : 1 - sensitivities[rater]
      isFalse *= isMarked ? 1 - specificities[rater] : specificities[rater]
    }
    // Where rounding leaves neither possible, nothing is learnt from the marks.
    return isTrue + isFalse > 0 ? isTrue / (isTrue + isFalse) : prior
  }

  func change(from last: Estimate) -> Double {
    zip(sensitivities + specificities, last.sensitivities + last.specificities).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
