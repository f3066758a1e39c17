import Kernels

/// Log-odds made to mean what they say: a s + b (Platt, 1999), by Newton's method on the log-loss of weighted examples.
package struct PlattScaling: Sendable, Hashable {
  package let slope: Double
  package let shift: Double

  package init(slope: Double, shift: Double) { (self.slope, self.shift) = (slope, shift) }

  /// - Parameters:
  ///   - scores: log-odds of examples, finite.
  ///   - labels: whether each is true.
  ///   - weights: above 0.
  package init(_ scores: [Float], labels: [Bool], weights: [Float]) {
    precondition(scores.count == labels.count && labels.count == weights.count, "a label and a weight each")
    var (a, b) = (1.0, 0.0)
    for _ in 0..<50 {
      // A weak pull to a = 1, b = 0 keeps classes that are parted cleanly finite.
      var (ga, gb, haa, hab, hbb) = (Self.pull * (a - 1), Self.pull * b, Self.pull, 0.0, Self.pull)
      for index in scores.indices {
        let (s, w) = (Double(scores[index]), Double(weights[index]))
        let p = GradientBoosting.logistic(a * s + b)
        let (miss, bend) = (w * (p - (labels[index] ? 1 : 0)), w * p * (1 - p))
        ga += miss * s
        gb += miss
        haa += bend * s * s
        hab += bend * s
        hbb += bend
      }
      let determinant = haa * hbb - hab * hab
      let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
      // Far from the minimum a whole step may pass it.
      let share = min(1, 2 / max(abs(da), abs(db), 1e-12))
      a -= share * da
      b -= share * db
      if max(abs(da), abs(db)) < 1e-9 { break }
    }
    (slope, shift) = (max(a, Self.leastSlope), b)
  }

  private static let pull = 1e-3
  /// What ranks pixels the wrong way round is not turned over: it says little.
  private static let leastSlope = 1e-3

  package func callAsFunction(_ score: Float) -> Float { Float(slope * Double(score) + shift) }
}
