// Exponential, logarithm, sine, cosine: our own polynomials, because the C library picks its code by the processor and a
// result must not depend on that. Every step is a correctly rounded operation, so the bits are the same everywhere.
// Errors, measured over the stated ranges by the tests: exp, log, sin and cos within 2 ulp.

/// The same functions for single numbers.
public enum Elementary {
  public static func exp(_ x: Float) -> Float { exponential(Lanes(repeating: x))[0] }
  public static func log(_ x: Float) -> Float { logarithm(Lanes(repeating: x))[0] }
  public static func sin(_ x: Float) -> Float { sineAndCosine(Lanes(repeating: x)).sine[0] }
  public static func cos(_ x: Float) -> Float { sineAndCosine(Lanes(repeating: x)).cosine[0] }
}

/// Adding it to a float below 2²² leaves the nearest integer in the low bits.
private let roundingShift: Float = 12_582_912

@inline(__always)
private func bits(_ x: Lanes) -> SIMD8<Int32> { unsafeBitCast(x, to: SIMD8<Int32>.self) }

@inline(__always)
private func floats(_ x: SIMD8<Int32>) -> Lanes { unsafeBitCast(x, to: Lanes.self) }

/// eˣ: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree 7 for eʳ (Cephes' coefficients), times 2ⁿ in two
/// factors, so that results up to the largest float come out. Below −103.97 the result is 0, above 88.72 infinity.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  let bounded = x.larger(Lanes(repeating: -104)).smaller(Lanes(repeating: 89))
  let shifted = bounded.timesPlus(Lanes(repeating: 1.442_695_04), Lanes(repeating: roundingShift))
  let n = shifted - Lanes(repeating: roundingShift)
  var r = n.timesPlus(Lanes(repeating: -0.693_359_375), bounded)
  r = n.timesPlus(Lanes(repeating: 2.121_944_4e-4), r)
  var p = Lanes(repeating: 1.987_569_15e-4)
  p = p.timesPlus(r, Lanes(repeating: 1.398_199_95e-3))
  p = p.timesPlus(r, Lanes(repeating: 8.333_451_9e-3))
  p = p.timesPlus(r, Lanes(repeating: 4.166_579_6e-2))
  p = p.timesPlus(r, Lanes(repeating: 0.166_666_65))
  p = p.timesPlus(r, Lanes(repeating: 0.5))
  p = p.timesPlus(r * r, r) + Lanes(repeating: 1)
  let exponent = bits(shifted) &- SIMD8<Int32>(repeating: Int32(bitPattern: roundingShift.bitPattern))
  let half = exponent &>> 1
  let bias = SIMD8<Int32>(repeating: 127)
  let power = floats((half &+ bias) &<< 23)
  let rest = floats((exponent &- half &+ bias) &<< 23)
  return Lanes.choose(x .!= x, x, p * power * rest)
}

/// ln x: x = 2ᵉ·m with m in [√½, √2), a polynomial in m − 1 (Cephes' coefficients). −∞ at 0 (and for denormals), NaN below.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
  // Counting the exponent from √½ puts m straight into [√½, √2).
  let root = SIMD8<Int32>(repeating: 0x3f35_04f3)
  let offset = bits(x) &- root
  let exponent = offset &>> 23
  let m = floats((offset & SIMD8<Int32>(repeating: 0x7f_ffff)) &+ root) - Lanes(repeating: 1)
  let e =
    floats(exponent &+ SIMD8<Int32>(repeating: Int32(bitPattern: roundingShift.bitPattern)))
    - Lanes(repeating: roundingShift)
  var p = Lanes(repeating: 7.037_683_6e-2)
  p = p.timesPlus(m, Lanes(repeating: -0.115_146_1))
  p = p.timesPlus(m, Lanes(repeating: 0.116_769_987))
  p = p.timesPlus(m, Lanes(repeating: -0.124_201_41))
  p = p.timesPlus(m, Lanes(repeating: 0.142_493_23))
  p = p.timesPlus(m, Lanes(repeating: -0.166_680_58))
  p = p.timesPlus(m, Lanes(repeating: 0.200_007_15))
  p = p.timesPlus(m, Lanes(repeating: -0.249_999_94))
  p = p.timesPlus(m, Lanes(repeating: 0.333_333_31))
  let square = m * m
  var y = p * m * square
  y = e.timesPlus(Lanes(repeating: -2.121_944_4e-4), y)
  y = square.timesPlus(Lanes(repeating: -0.5), y)
  y = e.timesPlus(Lanes(repeating: 0.693_359_375), m + y)
  y = Lanes.choose(x .< Lanes(repeating: .leastNormalMagnitude), Lanes(repeating: -.infinity), y)
  y = Lanes.choose(x .< Lanes(repeating: 0), Lanes(repeating: .nan), y)
  return Lanes.choose((x .== Lanes(repeating: .infinity)) .| (x .!= x), x, y)
}

/// sin x and cos x for |x| ≤ 8192: x = q·π/2 + r with |r| ≤ π/4 (π/2 in three parts), a polynomial for each.
@inline(__always)
func sineAndCosine(_ x: Lanes) -> (sine: Lanes, cosine: Lanes) {
  let shifted = x.timesPlus(Lanes(repeating: 0.636_619_77), Lanes(repeating: roundingShift))
  let n = shifted - Lanes(repeating: roundingShift)
  var r = n.timesPlus(Lanes(repeating: -1.570_312_5), x)
  r = n.timesPlus(Lanes(repeating: -4.838_267_9e-4), r)
  r = n.timesPlus(Lanes(repeating: 1.621_794_1e-10 - 4.896_714_2e-9 + 4.734_534_8e-9), r)
  let square = r * r
  var s = Lanes(repeating: -1.951_529_6e-4)
  s = s.timesPlus(square, Lanes(repeating: 8.332_160_9e-3))
  s = s.timesPlus(square, Lanes(repeating: -0.166_666_55))
  s = (s * square).timesPlus(r, r)
  var c = Lanes(repeating: 2.443_315_7e-5)
  c = c.timesPlus(square, Lanes(repeating: -1.388_731_6e-3))
  c = c.timesPlus(square, Lanes(repeating: 4.166_664_6e-2))
  c = (c * square).timesPlus(square, square.timesPlus(Lanes(repeating: -0.5), Lanes(repeating: 1)))
  let quadrant = bits(shifted)
  let one = SIMD8<Int32>(repeating: 1)
  let swap = (quadrant & one) .!= SIMD8<Int32>(repeating: 0)
  let sineSign = (quadrant & SIMD8<Int32>(repeating: 2)) &<< 30
  let cosineSign = ((quadrant &+ one) & SIMD8<Int32>(repeating: 2)) &<< 30
  let sine = floats(bits(Lanes.choose(swap, c, s)) ^ sineSign)
  let cosine = floats(bits(Lanes.choose(swap, s, c)) ^ cosineSign)
  return (sine, cosine)
}

/// 1 / (1 + e⁻ˣ), by the smaller exponential so that it never overflows.
@inline(__always)
func logistic(_ x: Lanes) -> Lanes {
  let one = Lanes(repeating: 1)
  let decay = exponential(Lanes.choose(x .< Lanes(repeating: 0), x, -x))
  return Lanes.choose(x .< Lanes(repeating: 0), decay, one) / (one + decay)
}

/// tanh x: by its odd polynomial where |x| < 0.625, where the exponential form would cancel, else 1 − 2 / (e²ˣ + 1).
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let magnitude = Lanes.choose(x .< Lanes(repeating: 0), -x, x)
  let one = Lanes(repeating: 1)
  let two = Lanes(repeating: 2)
  let far = one - two / (exponential(magnitude * two) + one)
  let square = x * x
  var p = Lanes(repeating: -5.704_988_73e-3)
  p = p.timesPlus(square, Lanes(repeating: 2.063_908_88e-2))
  p = p.timesPlus(square, Lanes(repeating: -5.373_971_86e-2))
  p = p.timesPlus(square, Lanes(repeating: 0.133_314_42))
  p = p.timesPlus(square, Lanes(repeating: -0.333_332_82))
  let near = (p * square).timesPlus(x, x)
  let signed = Lanes.choose(x .< Lanes(repeating: 0), -far, far)
  return Lanes.choose(magnitude .< Lanes(repeating: 0.625), near, signed)
}
