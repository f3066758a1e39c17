extension Elementary {
  // Double precision, for the numbers of the language. Like their single-precision twins they use IEEE operations
  // alone, so that every processor gives the same bits; both are within 1 ulp.

  /// e to the power of `x`: x = k·ln 2 + r with |r| ≤ ln 2 / 2, a Taylor series of degree 13 for r.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782_712_893_384 { return .infinity }
    if x < -745.133_219_101_942 { return 0 }
    let k = (x * inverseLn2).rounded()
    let r = x.addingProduct(-k, highLn2).addingProduct(-k, lowLn2)
    var sum = 1.0
    for n in stride(from: 13.0, through: 1, by: -1) { sum = 1.0.addingProduct(sum, r / n) }
    return Double(sign: .plus, exponent: Int(k), significand: sum)
  }

  /// The natural logarithm of `x`: x = 2^k·m with m around 1, log m = 2·atanh((m − 1)/(m + 1)) as a series.
  public static func log(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x.isInfinite { return x }
    var k = Double(x.exponent)
    var m = x.significand
    if m > 1.414_213_562_373_095 {
      m /= 2
      k += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let square = s * s
    var tail = 0.0
    for n in stride(from: 23.0, through: 3, by: -2) { tail = (2 / n).addingProduct(tail, square) }
    // log m = f − f²/2 + s·(f²/2 + s²·tail) keeps f exact where m is close to 1.
    let half = 0.5 * f * f
    let small = s * (half + square * tail)
    return (k * highLn2) - ((half - (small + k * lowLn2)) - f)
  }

  private static let inverseLn2 = 1.442_695_040_888_963_4
  /// ln 2 in two parts; the high one has zeros at its end, so that its multiples by small whole numbers are exact.
  private static let highLn2 = 0x1.62e42feep-1
  private static let lowLn2 = 0x1.a39ef35793c76p-33
}
