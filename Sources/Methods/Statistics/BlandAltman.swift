/// Limits of agreement between two ways to measure the same things (Bland & Altman 1986): how far one lies from the other.
public struct BlandAltman: Sendable, Hashable, Codable {
  /// The mean of each pair, and the first less the second.
  public let means, differences: [Double]
  /// The mean difference.
  public let bias: Double
  /// Of the differences, divisor n − 1.
  public let deviation: Double
  /// What holds the bias with probability 0.95, by Student's t.
  public let biasInterval: ClosedRange<Double>
  /// What holds each limit with probability 0.95: exact for normal differences, by the noncentral t (Carkeet 2015).
  public let lowerInterval, upperInterval: ClosedRange<Double>

  /// Standard deviations from the bias to a limit: 95 % of normal differences lie between the limits.
  public static let reach = 1.96

  /// bias ∓ 1.96·deviation.
  public var limits: ClosedRange<Double> { bias - Self.reach * deviation...bias + Self.reach * deviation }

  /// - Parameters: finite values in pairs.
  /// - Returns: `nil` with fewer than two pairs.
  public init?(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "values come in pairs")
    precondition((first + second).allSatisfy(\.isFinite), "values are finite")
    guard first.count > 1 else { return nil }
    let n = Double(first.count)
    means = zip(first, second).map { ($0 + $1) / 2 }
    differences = zip(first, second).map { $0 - $1 }
    let mean = differences.reduce(0, +) / n
    let spread = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
    (bias, deviation) = (mean, spread)
    let error = spread / n.squareRoot()
    let ofBias = StudentDistribution.quantile(0.975, freedom: n - 1) * error
    biasInterval = mean - ofBias...mean + ofBias
    let ofLimit = NoncentralStudent(freedom: n - 1, offset: Self.reach * n.squareRoot())
    let (near, far) = (ofLimit.quantile(0.025) * error, ofLimit.quantile(0.975) * error)
    upperInterval = mean + near...mean + far
    lowerInterval = mean - far...mean - near
  }
}
