import Imaging
import Tensors

/// Where things lie in one eye's picture. Coordinates are fractions of the side, x to the right, y downwards.
struct FundusAnatomy {
  /// Distance from the disc's centre to the fovea's, 4.76 mm on average.
  static let discToFovea: Float = 0.33
  /// Side of the picture, in millimetres of retina.
  static let sideInMillimetres = 4.76 / Double(discToFovea)

  let eye: Eye
  let disc: SIMD2<Float>
  let fovea: SIMD2<Float>
  /// Unit vectors from the nose to the temple, and upwards in the eye.
  let temporal, superior: SIMD2<Float>
  let discRadius: Float
  /// Radius of the foveal avascular zone.
  let avascularRadius: Float
  /// Centre and radius of the field of view; it touches the borders.
  let fieldCentre: SIMD2<Float>
  let fieldRadius: Float

  init(stream: inout RandomStream) {
    eye = stream.chance(0.5) ? .right : .left
    // The picture of a right eye has the disc, and the nose, on its right.
    let toTemple: Float = eye == .right ? -1 : 1
    let tilt = 0.07 * stream.bell()
    temporal = unit(SIMD2(toTemple, 0.14 + tilt))
    superior = eye == .right ? SIMD2(-temporal.y, temporal.x) : SIMD2(temporal.y, -temporal.x)
    // Most pictures show the posterior pole; in some the patient looked aside.
    let gaze: Float = stream.chance(0.7) ? 0.035 : 0.14
    let look = SIMD2(stream.bell(), stream.bell()) * gaze
    var middle = SIMD2<Float>(0.5, 0.52) - temporal * 0.02 + look
    let margin: SIMD2<Float> = SIMD2(0.04, 0.04)
    let wanted = middle - temporal * FundusAnatomy.discToFovea
    middle += wanted.clamped(lowerBound: margin, upperBound: 1 - margin) - wanted
    fovea = middle
    disc = middle - temporal * FundusAnatomy.discToFovea
    discRadius = 0.048 + 0.005 * stream.bell()
    avascularRadius = stream.uniform(in: 0.014...0.026)
    fieldCentre = SIMD2(0.5, 0.5)
    fieldRadius = stream.uniform(in: 0.494...0.5)
  }

  /// The point `along` times the disc–fovea distance towards the temple and `up` times it upwards of the disc.
  func point(along: Float, up: Float) -> SIMD2<Float> {
    disc + (temporal * along + superior * up) * FundusAnatomy.discToFovea
  }

  /// The inverse of `point(along:up:)`.
  func retinal(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let offset = (point - disc) / FundusAnatomy.discToFovea
    return SIMD2(dot(offset, temporal), dot(offset, superior))
  }

  /// The retina's direction (temporal, superior) as a direction in the picture.
  func direction(_ retinal: SIMD2<Float>) -> SIMD2<Float> { temporal * retinal.x + superior * retinal.y }

  /// In a picture of `side` pixels.
  func landmarks(side: Int) -> Landmarks {
    func place(_ point: SIMD2<Float>) -> Landmark {
      Landmark(x: Double(point.x) * Double(side) - 0.5, y: Double(point.y) * Double(side) - 0.5)
    }
    return Landmarks(
      fovea: place(fovea), disc: place(disc), discDiameter: 2 * Double(discRadius) * Double(side))
  }

  /// The pixels whose centres lie in the field of view.
  func fieldOfView(side: Int) -> Mask {
    var mask = Mask(width: side, height: side)
    for y in 0..<side {
      for x in 0..<side {
        let offset = pixelCentre(x, y, side: side) - fieldCentre
        mask.pixels[y * side + x] = dot(offset, offset) <= fieldRadius * fieldRadius
      }
    }
    return mask
  }
}

/// The centre of a pixel, as a fraction of the side.
@inline(__always)
func pixelCentre(_ x: Int, _ y: Int, side: Int) -> SIMD2<Float> {
  SIMD2((Float(x) + 0.5) / Float(side), (Float(y) + 0.5) / Float(side))
}

@inline(__always)
func dot(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.x + a.y * b.y }

@inline(__always)
func length(_ a: SIMD2<Float>) -> Float { dot(a, a).squareRoot() }

/// The vector at length 1.
@inline(__always)
func unit(_ a: SIMD2<Float>) -> SIMD2<Float> { a / max(length(a), 1e-12) }

/// The vector turned by a quarter.
@inline(__always)
func perpendicular(_ a: SIMD2<Float>) -> SIMD2<Float> { SIMD2(-a.y, a.x) }
