import Base
import Imaging

/// The transform that lays the baseline's vessels on the follow-up's: closest points, found again for each fit, with the
/// distance across the vessel as the residual and Tukey's weights by the residuals' own spread.
struct VesselFit {
  var transform: RetinalTransform
  /// Points of both frames that lie on each other.
  private(set) var matches: [Match] = []
  /// A robust standard deviation of the residuals, in working pixels.
  private(set) var spread = 0.0

  struct Match {
    let baseline: Int
    let followUp: Int
    /// Across the follow-up's vessel, in working pixels, signed.
    let residual: Double
    /// Tukey's, in [0, 1].
    let weight: Double
  }

  init(_ transform: RetinalTransform) { self.transform = transform }

  /// Fits a model as often as there are radii.
  ///
  /// - Parameters:
  ///   - radii: of the search for closest points, in working pixels.
  ///   - isLeftOut: of points that the fit must not see.
  /// - Returns: whether there were points enough.
  mutating func improve(
    _ model: RegistrationModel, _ baseline: Centrelines, _ followUp: ClosestPoints, radii: [Double],
    leaving isLeftOut: (CentrelinePoint) -> Bool = { _ in false }
  ) -> Bool {
    for radius in radii {
      match(baseline, followUp, within: radius, leaving: isLeftOut)
      guard hasEnoughMatches(for: model), let next = solved(model, baseline, followUp) else { return false }
      transform = next
    }
    match(baseline, followUp, within: radii.last ?? 1, leaving: isLeftOut)
    return hasEnoughMatches(for: model)
  }

  private func hasEnoughMatches(for model: RegistrationModel) -> Bool { matches.count >= 4 * model.parameterCount }

  /// Finds each point's partner, and weighs them.
  mutating func match(
    _ baseline: Centrelines, _ followUp: ClosestPoints, within radius: Double,
    leaving isLeftOut: (CentrelinePoint) -> Bool = { _ in false }
  ) {
    var found: [(Int, Int, Double)] = []
    for (index, point) in baseline.points.enumerated() where !isLeftOut(point) {
      let position = transform(point.position)
      guard
        let partner = followUp.closest(to: position, along: transform.direction(of: point), within: radius)
      else { continue }
      let other = followUp.points[partner]
      found.append((index, partner, ((position - other.position) * other.normal).sum()))
    }
    spread = robustSpread(found.map(\.2))
    let reach = Self.tukey * max(Self.leastSpread, spread)
    matches = found.map { index, partner, residual in
      let share = residual / reach
      let rest = max(0, 1 - share * share)
      return Match(baseline: index, followUp: partner, residual: residual, weight: rest * rest)
    }
  }

  /// For weights, residuals spread no less than what a grid of pixels makes of a centreline.
  private static let leastSpread = 0.15
  /// Tukey's constant: 95 % as efficient as least squares where residuals are normal.
  private static let tukey = 4.685
  /// How large the coefficients of degree 2 usually are, in parts of the radius: where no vessel says anything they stay small.
  private static let usualBend = 0.03

  /// Rows of Σ w (n · T(p) − n · q)² for all matches.
  func equations(
    _ model: RegistrationModel, _ baseline: Centrelines, _ followUp: ClosestPoints
  ) -> NormalEquations {
    var equations = NormalEquations(unknowns: model.parameterCount)
    var row = [Double](repeating: 0, count: model.parameterCount)
    for match in matches where match.weight > 0 {
      let (point, other) = (baseline.points[match.baseline], followUp.points[match.followUp])
      fill(&row, model, point.position, normal: other.normal)
      equations.add(row, value: (other.normal * other.position).sum(), weight: match.weight)
    }
    if model == .quadratic {
      let bend = max(Self.leastSpread, spread) / (Self.usualBend * transform.radius)
      for unknown in [3, 4, 5, 9, 10, 11] { equations.add(pullOn: unknown, weight: bend * bend) }
    }
    return equations
  }

  func fill(
    _ row: inout [Double], _ model: RegistrationModel, _ point: SIMD2<Double>, normal: SIMD2<Double>
  ) {
    let u = (point.x - transform.centreX) / transform.radius
    let v = (point.y - transform.centreY) / transform.radius
    model.fill(&row, u: u, v: v, normal: normal)
  }

  private func solved(
    _ model: RegistrationModel, _ baseline: Centrelines, _ followUp: ClosestPoints
  ) -> RetinalTransform? {
    guard let parameters = equations(model, baseline, followUp).solution else { return nil }
    return RetinalTransform(
      model, centreX: transform.centreX, centreY: transform.centreY, radius: transform.radius, parameters: parameters)
  }
}

extension RetinalTransform {
  /// The direction of a vessel, a unit vector, after the map.
  func direction(of point: CentrelinePoint) -> SIMD2<Double> {
    let (x, y) = slope(at: point.position)(point.along.x, point.along.y)
    let length = (x * x + y * y).squareRoot()
    return length > 0 ? SIMD2(x, y) / length : point.along
  }
}

/// The standard deviation of a normal distribution with this median of magnitudes; 0 of nothing.
func robustSpread(_ values: [Double]) -> Double {
  let magnitudes = values.map(abs).sorted()
  return magnitudes.isEmpty ? 0 : 1.4826 * magnitudes[magnitudes.count / 2]
}
