import Kernels

/// The regularised incomplete beta function, of which the distributions of F and of Student's t are made.
package enum IncompleteBeta {
  /// I_x(a, b) in [0, 1], within 1e-12 of itself for a and b up to 10⁵.
  ///
  /// - Parameters:
  ///   - a, b: above 0.
  ///   - x, y: in [0, 1], y = 1 − x: both are given, as near 0 each has digits that the other loses.
  package static func ratio(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
    precondition(a > 0 && b > 0, "the parameters of a beta distribution are above 0")
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    // The fraction converges fast on one side alone.
    return x > (a + 1) / (a + b + 2) ? 1 - tail(b, a, x: y, y: x) : tail(a, b, x: x, y: y)
  }

  private static func tail(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
    Elementary.exp(logarithmOfPower(a, b, x: x, y: y)) * fraction(a, b, x: x) / a
  }

  /// ln (xᵃ·yᵇ / B(a, b)), its large terms taken away before they are added up.
  private static func logarithmOfPower(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
    let sum = a + b
    let main = a * Elementary.log(x * sum / a) + b * Elementary.log(y * sum / b)
    let root = Elementary.log(a / sum * b / (2 * .pi)) / 2
    return main + root - (stirlingRest(a) + stirlingRest(b) - stirlingRest(sum))
  }

  /// The continued fraction of I_x (DLMF 8.17.22), by Lentz's method as Thompson and Barnett changed it.
  private static func fraction(_ a: Double, _ b: Double, x: Double) -> Double {
    var numerator = 1.0
    var denominator = 1 / (1 - (a + b) * x / (a + 1))
    var value = denominator
    for m in stride(from: 1.0, through: 10_000, by: 1) {
      var factor = 0.0
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      for term in [even, odd] {
        denominator = 1 / (1 + term * denominator)
        numerator = 1 + term / numerator
        factor = numerator * denominator
        value *= factor
      }
      if abs(factor - 1) < 2e-16 { break }
    }
    return value
  }

  /// ln Γ(z) − ((z − ½)·ln z − z + ½·ln 2π): Stirling's series from 15 on, below it by Γ(z + 1) = z·Γ(z).
  private static func stirlingRest(_ z: Double) -> Double {
    var (rest, z) = (0.0, z)
    while z < 15 {
      rest += (z + 0.5) * Elementary.log(1 + 1 / z) - 1
      z += 1
    }
    let square = 1 / (z * z)
    let series = 1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))
    return rest + series / z
  }
}
