/// The intraclass correlation of single measurements by absolute agreement, both subjects and raters drawn at random: ICC(2,1)
/// of Shrout & Fleiss 1979, ICC(A,1) of McGraw & Wong 1996.
public struct IntraclassCorrelation: Sendable, Hashable, Codable {
  /// 1 where all raters measure the same; it can be below 0.
  public let value: Double
  /// What holds it with probability 0.95 (McGraw & Wong 1996, Table 7).
  public let interval: ClosedRange<Double>

  /// - Parameter measurements: `measurements[subject][rater]`, finite; two subjects and two raters at least.
  /// - Returns: `nil` where all measurements are equal, so that there is nothing to tell subjects apart by.
  public init?(_ measurements: [[Double]]) {
    let squares = MeanSquares(measurements)
    let (n, k) = (squares.subjects, squares.raters)
    let (rows, columns, rest) = (squares.betweenSubjects, squares.betweenRaters, squares.residual)
    let whole = rows + (k - 1) * rest + k * (columns - rest) / n
    guard whole > 0 else { return nil }
    let value = (rows - rest) / whole
    self.value = value
    guard rest > 0 || columns > 0 else {
      interval = value...value
      return
    }
    // Satterthwaite's degrees of freedom of the raters' part.
    let ofRaters = k * value * columns
    let ofRest = (n * (1 + (k - 1) * value) - k * value) * rest
    let sum = ofRaters + ofRest
    let freedom = (k - 1) * (n - 1) * sum * sum / ((n - 1) * ofRaters * ofRaters + ofRest * ofRest)
    guard freedom > 0, freedom.isFinite else { return nil }
    let below = FDistribution.quantile(0.975, n - 1, freedom)
    let above = FDistribution.quantile(0.975, freedom, n - 1)
    let noise = k * columns + (k * n - k - n) * rest
    let lower = n * (rows - below * rest) / (below * noise + n * rows)
    let upper = n * (above * rows - rest) / (noise + n * above * rows)
    interval = min(lower, upper)...max(lower, upper)
  }
}

/// A two-way analysis of variance with one measurement a cell.
private struct MeanSquares {
  let subjects, raters: Double
  let betweenSubjects, betweenRaters, residual: Double

  init(_ measurements: [[Double]]) {
    let (n, k) = (measurements.count, measurements.first?.count ?? 0)
    precondition(n > 1 && k > 1, "an intraclass correlation is of two subjects and two raters at least")
    precondition(
      measurements.allSatisfy { $0.count == k && $0.allSatisfy(\.isFinite) }, "every rater measures every subject")
    (subjects, raters) = (Double(n), Double(k))
    let ofSubjects = measurements.map { $0.reduce(0, +) / Double(k) }
    let ofRaters = (0..<k).map { rater in measurements.reduce(0) { $0 + $1[rater] } / Double(n) }
    let mean = ofSubjects.reduce(0, +) / Double(n)
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } }
    betweenSubjects = Double(k) * squares(ofSubjects) / Double(n - 1)
    betweenRaters = Double(n) * squares(ofRaters) / Double(k - 1)
    var rest = 0.0
    for (row, ofSubject) in zip(measurements, ofSubjects) {
      for (value, ofRater) in zip(row, ofRaters) {
        let gap = value - ofSubject - ofRater + mean
        rest += gap * gap
      }
    }
    // What rounding alone leaves of measurements that agree is no disagreement.
    let all = measurements.joined().reduce(0) { $0 + $1 * $1 }
    residual = rest <= 1e-26 * all ? 0 : rest / Double((n - 1) * (k - 1))
  }
}
