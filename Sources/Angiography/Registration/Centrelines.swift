import Imaging

/// A place on the middle line of a vessel and the vessel's direction there.
struct CentrelinePoint {
  /// In pixels.
  let position: SIMD2<Double>
  /// A unit vector.
  let along: SIMD2<Double>
  /// Of the direction, from the x axis towards y (downward).
  let degrees: Double

  var normal: SIMD2<Double> { SIMD2(-along.y, along.x) }
}

/// The middle lines of an angiogram's bright vessels: ridges of the Hessian at two widths of vessel.
///
/// A pixel's ridge is −σ²(smaller eigenvalue + |larger eigenvalue|) of the grey ÷ background, the larger of both scales; a
/// point is a largest ridge across its vessel, placed between pixels by a parabola. The strongest are kept, as many as
/// vessels usually fill of a field, in pieces that are long enough to be no noise.
struct Centrelines {
  /// In the order of their pixels, row by row.
  let points: [CentrelinePoint]
  let field: Mask

  /// Standard deviations of the Gaussians, in pixels of a frame 512 wide; no narrower than one pixel.
  private static let scales = [2.0, 3.5]
  /// The weakest ridge that counts, in parts of the background.
  private static let leastRidge: Float = 0.02
  /// Of the field's pixels so many are on a centreline at most.
  private static let share = 0.03
  /// Shorter pieces are noise, in pixels of a frame 512 wide.
  private static let leastLength = 18.0

  /// - Parameter unit: pixels of the image to one of a frame 512 wide.
  init(of image: Plane, within field: Mask, unit: Double) {
    self.field = field
    let relative = image.dividedInside(field, by: image.background(within: field, unit: unit))
    let sigmas = Self.scales.map { max(1, $0 * unit) }
    let ridges = Ridges(of: relative, within: field, sigmas: sigmas)
    // A field's rim passes for a vessel.
    let inner = field.eroded(radius: 2 * (sigmas.max() ?? 1))
    let crests = ridges.crests(within: inner, atLeast: Self.leastRidge)
    let most = Int(Self.share * Double(field.area))
    let weakest = crests.map(\.ridge).sorted(by: >).dropFirst(most).first ?? 0
    var isOn = Mask(width: image.width, height: image.height)
    for crest in crests where crest.ridge > weakest { isOn.pixels[crest.pixel] = true }
    let kept = isOn.withoutComponents(smallerThan: max(8, Int((Self.leastLength * unit).rounded())))
    points = crests.filter { kept.pixels[$0.pixel] }.map(\.point)
  }
}

/// How ridge-like each pixel is, and where the ridge runs.
private struct Ridges {
  var strength: Plane
  /// Of the ridge, from the x axis, in radians.
  var angle: Plane

  struct Crest {
    let pixel: Int
    let ridge: Float
    let point: CentrelinePoint
  }

  init(of plane: Plane, within field: Mask, sigmas: [Double]) {
    strength = Plane(width: plane.width, height: plane.height)
    angle = strength
    for sigma in sigmas {
      let hessian = plane.hessian(sigma: sigma, within: field)
      let scale = Float(sigma * sigma)
      for i in strength.pixels.indices where field.pixels[i] {
        let ridge = -scale * (hessian.smaller.pixels[i] + abs(hessian.larger.pixels[i]))
        if ridge > strength.pixels[i] {
          strength.pixels[i] = ridge
          angle.pixels[i] = hessian.angle.pixels[i]
        }
      }
    }
  }

  /// The pixels that are larger than what lies a pixel away on both sides of the ridge.
  func crests(within region: Mask, atLeast least: Float) -> [Crest] {
    let width = strength.width
    var crests: [Crest] = []
    for i in strength.pixels.indices where region.pixels[i] && strength.pixels[i] > least {
      let (x, y) = (i % width, i / width)
      guard x > 0, y > 0, x + 1 < width, y + 1 < strength.height else { continue }
      let degrees = Double(angle.pixels[i]) * 180 / .pi
      let turn = AffineMap.rotation(degrees: degrees)
      let along = SIMD2(turn.xx, turn.yx)
      let across = SIMD2(-along.y, along.x)
      let middle = SIMD2(Double(x) + 0.5, Double(y) + 0.5)
      let (here, before, after) = (
        Double(strength.pixels[i]), strength.between(middle - across), strength.between(middle + across)
      )
      guard here > before, here >= after else { continue }
      let offset = 0.5 * (before - after) / (before - 2 * here + after)
      crests.append(
        Crest(
          pixel: i, ridge: strength.pixels[i],
          point: CentrelinePoint(position: middle + offset * across, along: along, degrees: degrees)))
    }
    return crests
  }
}

extension Plane {
  /// The value between pixels' middles, straight in both directions; outside the plane as at its rim.
  func between(_ point: SIMD2<Double>) -> Double {
    let (x, y) = (min(max(point.x - 0.5, 0), Double(width - 1)), min(max(point.y - 0.5, 0), Double(height - 1)))
    let (left, top) = (min(Int(x), max(width - 2, 0)), min(Int(y), max(height - 2, 0)))
    let (s, t) = (x - Double(left), y - Double(top))
    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
    let upper = (1 - s) * Double(self[left, top]) + s * Double(self[right, top])
    let lower = (1 - s) * Double(self[left, bottom]) + s * Double(self[right, bottom])
    return (1 - t) * upper + t * lower
  }
}
