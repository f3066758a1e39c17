import Imaging

/// Where each point of one frame of an eye lies in another: a polynomial of degree 2 at most.
///
/// Coordinates are in pixels, a pixel's centre is at ½. With u = (x − centre x) ÷ radius and v likewise, x ↦ c₀ + c₁u + c₂v +
/// c₃u² + c₄uv + c₅v², and so for y: the radius makes all coefficients pixels.
public struct RetinalTransform: Sendable, Hashable, Codable {
  public let model: RegistrationModel
  /// Of the frame that is mapped: its middle and half its longer side.
  let centreX, centreY, radius: Double
  private let right, down: Polynomial

  private struct Polynomial: Sendable, Hashable, Codable {
    var one = 0.0
    var u = 0.0
    var v = 0.0
    var uu = 0.0
    var uv = 0.0
    var vv = 0.0
  }

  /// - Parameter parameters: as many as the model has: of a similarity shift (2), a and b of u ↦ au − bv, v ↦ bu + av; of the
  ///   others the coefficients of x, then those of y.
  public init(
    _ model: RegistrationModel, centreX: Double, centreY: Double, radius: Double, parameters: [Double]
  ) {
    precondition(parameters.count == model.parameterCount && radius > 0, "a model has its parameters")
    let p = parameters
    self.model = model
    (self.centreX, self.centreY, self.radius) = (centreX, centreY, radius)
    switch model {
    case .similarity:
      right = Polynomial(one: p[0], u: p[2], v: -p[3])
      down = Polynomial(one: p[1], u: p[3], v: p[2])
    case .affine:
      right = Polynomial(one: p[0], u: p[1], v: p[2])
      down = Polynomial(one: p[3], u: p[4], v: p[5])
    case .quadratic:
      right = Polynomial(one: p[0], u: p[1], v: p[2], uu: p[3], uv: p[4], vv: p[5])
      down = Polynomial(one: p[6], u: p[7], v: p[8], uu: p[9], uv: p[10], vv: p[11])
    }
  }

  /// As `init` takes them.
  public var parameters: [Double] {
    switch model {
    case .similarity: [right.one, down.one, right.u, down.u]
    case .affine: [right.one, right.u, right.v, down.one, down.u, down.v]
    case .quadratic:
      [right, down].flatMap { [$0.one, $0.u, $0.v, $0.uu, $0.uv, $0.vv] }
    }
  }

  public func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let (u, v) = ((x - centreX) / radius, (y - centreY) / radius)
    func value(_ p: Polynomial) -> Double {
      p.one + p.u * u + p.v * v + (p.uu * u + p.uv * v) * u + p.vv * v * v
    }
    return (value(right), value(down))
  }

  func callAsFunction(_ point: SIMD2<Double>) -> SIMD2<Double> {
    let (x, y) = self(point.x, point.y)
    return SIMD2(x, y)
  }

  /// How a small step at a point is mapped, without the shift.
  func slope(at point: SIMD2<Double>) -> AffineMap {
    let (u, v) = ((point.x - centreX) / radius, (point.y - centreY) / radius)
    func slopes(_ p: Polynomial) -> (Double, Double) {
      ((p.u + 2 * p.uu * u + p.uv * v) / radius, (p.v + p.uv * u + 2 * p.vv * v) / radius)
    }
    let (xx, xy) = slopes(right)
    let (yx, yy) = slopes(down)
    return AffineMap(xx: xx, xy: xy, x0: 0, yx: yx, yy: yy, y0: 0)
  }

  /// By how much areas grow at a point; not above 0 where the map folds over.
  func areaRatio(at point: SIMD2<Double>) -> Double {
    let slope = slope(at: point)
    return slope.xx * slope.yy - slope.xy * slope.yx
  }

  /// The straight map that touches this one in the middle of the frame; all of it for a similarity and an affine one.
  var straight: AffineMap {
    let centre = SIMD2(centreX, centreY)
    var map = slope(at: centre)
    map.x0 = right.one - map.xx * centreX - map.xy * centreY
    map.y0 = down.one - map.yx * centreX - map.yy * centreY
    return map
  }

  /// The point that is mapped to this one, within 10⁻⁹ px, by Newton's method; `nil` where there is none near the frame.
  public func inverse(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    let target = SIMD2(x, y)
    guard var point = straight.undone(target) else { return nil }
    for _ in 0..<25 {
      var slope = slope(at: point)
      let miss = self(point) - target
      (slope.x0, slope.y0) = (miss.x, miss.y)
      // Where slope · step + miss = 0.
      guard let step = slope.undone(.zero) else { return nil }
      point += step
      let length = (step.x * step.x + step.y * step.y).squareRoot()
      guard length < 100 * radius else { return nil }
      if length < 1e-9 { return (point.x, point.y) }
    }
    return nil
  }

  /// The same transform between frames whose sides are so many times as long.
  func rescaled(baseline: Double, followUp: Double) -> RetinalTransform {
    RetinalTransform(
      model, centreX: centreX * baseline, centreY: centreY * baseline, radius: radius * baseline,
      parameters: parameters.map { $0 * followUp })
  }

  /// By how much lengths grow in the middle of the frame.
  var scale: Double { max(0, areaRatio(at: SIMD2(centreX, centreY))).squareRoot() }
}

extension AffineMap {
  /// The point that is mapped to this one; `nil` of a map that flattens the plane.
  func undone(_ target: SIMD2<Double>) -> SIMD2<Double>? {
    let determinant = xx * yy - xy * yx
    guard abs(determinant) > 1e-12 else { return nil }
    let (x, y) = (target.x - x0, target.y - y0)
    return SIMD2((yy * x - xy * y) / determinant, (xx * y - yx * x) / determinant)
  }
}
