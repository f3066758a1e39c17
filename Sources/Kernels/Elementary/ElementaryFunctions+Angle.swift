extension Elementary {
  /// The angle of the point (`x`, `y`) from the x axis, in radians, (−π, π]; 0 at the origin. Within 3 ulp.
  public static func atan2(_ y: Float, _ x: Float) -> Float {
    arcTangent(Lanes(repeating: y), Lanes(repeating: x))[0]
  }
}

/// The same, lane by lane: the smaller coordinate over the larger, t in [0, 1]; above tan π/8, π/4 + atan((t − 1)/(t + 1));
/// an odd polynomial of degree 9 (Cephes' coefficients); then the octant. Signs of zeros are not told apart.
@inline(__always)
func arcTangent(_ y: Lanes, _ x: Lanes) -> Lanes {
  let zero = Lanes(repeating: 0)
  let (width, height) = (Lanes.choose(x .< zero, -x, x), Lanes.choose(y .< zero, -y, y))
  let (least, most) = (width.smaller(height), width.larger(height))
  let isSteep = least .> most * Lanes(repeating: 0.414_213_56)
  let numerator = Lanes.choose(isSteep, least - most, least)
  let sum = Lanes.choose(isSteep, least + most, most)
  let t = numerator / Lanes.choose(sum .> zero, sum, Lanes(repeating: 1))
  let square = t * t
  var p = Lanes(repeating: 8.053_744_495_38e-2)
  p = p.timesPlus(square, Lanes(repeating: -0.138_776_856_032))
  p = p.timesPlus(square, Lanes(repeating: 0.199_777_106_478))
  p = p.timesPlus(square, Lanes(repeating: -0.333_329_491_539))
  var angle = (p * square).timesPlus(t, t) + Lanes.choose(isSteep, Lanes(repeating: .pi / 4), zero)
  angle = Lanes.choose(height .> width, Lanes(repeating: .pi / 2) - angle, angle)
  angle = Lanes.choose(x .< zero, Lanes(repeating: .pi) - angle, angle)
  return Lanes.choose(y .< zero, -angle, angle)
}
