import Imaging
import Kernels

/// Where vessels of many directions meet: the optic disc, as in fuzzy convergence (Hoover and Goldbaum, 2003).
///
/// Ridges vote along their own direction, both ways, at most 16 % of the picture's side far. Votes are
/// counted in sixteen directions, each damped by itself: many directions weigh more than many votes of one, so that a long
/// straight vessel or a fork comes to little. The damping and the numbers are ours.
struct VesselConvergence {
  /// Damped votes; 0 near the field's rim.
  let votes: Plane

  private static let directions = 16

  /// - Parameter ridges: of a picture that is `SearchedPicture.side` long.
  init(_ ridges: VesselRidges, within field: Mask) {
    let least = ridges.strength.percentile(80, within: field) ?? 0
    votes = Self.votes(of: ridges.strength, along: ridges.angle, atLeast: least, within: field.eroded(radius: 4))
  }

  private static func votes(of ridges: Plane, along angle: [Float], atLeast least: Float, within field: Mask) -> Plane {
    let (width, height) = (ridges.width, ridges.height)
    var counts = [Plane](repeating: Plane(width: width, height: height), count: directions)
    let side = Double(max(width, height))
    let reach = (0.025 * side, 0.16 * side)
    for place in ridges.pixels.indices where ridges.pixels[place] > least {
      let (x, y) = (Float(place % width), Float(place / width))
      let (cosine, sine) = (Elementary.cos(angle[place]), Elementary.sin(angle[place]))
      // Angles lie in (−π/2, π/2]; the other way is half the directions further.
      let one = min(Int((angle[place] / .pi + 0.5) * Float(directions / 2)), directions / 2 - 1)
      for (sign, direction) in [(Float(1), one), (-1, one + directions / 2)] {
        for distance in stride(from: reach.0, to: reach.1, by: 1) {
          let (u, v) = (
            Int((x + sign * Float(distance) * cosine).rounded()), Int((y + sign * Float(distance) * sine).rounded())
          )
          guard u >= 0, v >= 0, u < width, v < height else { break }
          counts[direction].pixels[v * width + u] += ridges.pixels[place]
        }
      }
    }
    var sum = Plane(width: width, height: height)
    for count in counts {
      let smooth = count.gaussianMean(sigma: side / 50)
      for i in sum.pixels.indices where field.pixels[i] {
        let root = max(0, smooth.pixels[i]).squareRoot().squareRoot()
        sum.pixels[i] += root * root.squareRoot()
      }
    }
    return sum
  }

  /// The highest places, each at least `distance` pixels from those before.
  func peaks(_ count: Int, apart distance: Double) -> [(x: Int, y: Int, votes: Float)] {
    var left = votes
    var found: [(x: Int, y: Int, votes: Float)] = []
    while found.count < count {
      guard let place = left.pixels.indices.max(by: { (left.pixels[$0], $1) < (left.pixels[$1], $0) }),
        left.pixels[place] > 0
      else { break }
      let (x, y) = (place % left.width, place / left.width)
      found.append((x, y, left.pixels[place]))
      let reach = Int(distance)
      for v in max(0, y - reach)...min(left.height - 1, y + reach) {
        for u in max(0, x - reach)...min(left.width - 1, x + reach)
        where (u - x) * (u - x) + (v - y) * (v - y) < reach * reach { left[u, v] = 0 }
      }
    }
    return found
  }
}
