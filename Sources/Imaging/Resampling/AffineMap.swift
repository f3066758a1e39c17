/// A straight map of the plane: (x, y) ↦ (xx·x + xy·y + x0, yx·x + yy·y + y0).
///
/// Coordinates are in pixels, and the pixel in column x covers [x, x + 1): its centre is x + ½. A map used for
/// resampling leads from the output back to the source.
public struct AffineMap: Sendable, Hashable {
  public var xx, xy, x0: Double
  public var yx, yy, y0: Double

  public init(xx: Double, xy: Double, x0: Double, yx: Double, yy: Double, y0: Double) {
    self.xx = xx
    self.xy = xy
    self.x0 = x0
    self.yx = yx
    self.yy = yy
    self.y0 = y0
  }

  public static let identity = AffineMap(xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0)

  public static func translation(x: Double, y: Double) -> AffineMap {
    AffineMap(xx: 1, xy: 0, x0: x, yx: 0, yy: 1, y0: y)
  }

  public static func scaling(x: Double, y: Double) -> AffineMap {
    AffineMap(xx: x, xy: 0, x0: 0, yx: 0, yy: y, y0: 0)
  }

  /// Turns by `degrees`, from the x axis towards the y axis: clockwise on a screen, where y grows downward.
  public static func rotation(degrees: Double) -> AffineMap {
    let (sine, cosine) = sineAndCosine(degrees: degrees)
    return AffineMap(xx: cosine, xy: -sine, x0: 0, yx: sine, yy: cosine, y0: 0)
  }

  /// First this map, then `next`.
  public func followed(by next: AffineMap) -> AffineMap {
    AffineMap(
      xx: next.xx * xx + next.xy * yx, xy: next.xx * xy + next.xy * yy, x0: next.xx * x0 + next.xy * y0 + next.x0,
      yx: next.yx * xx + next.yy * yx, yy: next.yx * xy + next.yy * yy, y0: next.yx * x0 + next.yy * y0 + next.y0)
  }

  public func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (xx * x + xy * y + x0, yx * x + yy * y + y0)
  }
}

/// Sine and cosine of an angle in degrees, within 2⁻⁵² of the true values and exact at multiples of 90°.
///
/// Taylor series after reduction to ±45°, in plain multiplications and additions: the C library's functions choose
/// their code by the processor, and an augmentation would then differ between machines.
func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
  let quarters = (degrees / 90).rounded()
  let angle = (degrees - quarters * 90) * (Double.pi / 180)
  let square = angle * angle
  var sine = 0.0
  var cosine = 0.0
  for n in stride(from: 16.0, through: 2, by: -2) {
    // Horner: 1 − x²/(n−1)n · (1 − …), from the smallest term on.
    cosine = square / ((n - 1) * n) * (1 - cosine)
    sine = square / (n * (n + 1)) * (1 - sine)
  }
  let (s, c) = (angle * (1 - sine), 1 - cosine)
  return switch Int(quarters.truncatingRemainder(dividingBy: 4) + 4) % 4 {
  case 0: (s, c)
  case 1: (c, -s)
  case 2: (-s, -c)
  default: (-c, s)
  }
}
