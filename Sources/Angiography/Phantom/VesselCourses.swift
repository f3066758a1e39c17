import Tensors

/// What draws a vessel along.
enum VesselCourse {
  /// A temporal arcade: along = `curvature` · up², above (side 1) or below (side −1) the fovea, then to the raphe.
  case arcade(side: Float, curvature: Float)
  /// Away from the disc.
  case radial
  /// Towards the fovea.
  case macular
  /// A side branch: on its way, with a slight pull towards the fovea inside the arcades, away from the disc outside.
  case free
}

extension FundusAnatomy {
  /// The direction in which a vessel at `position` would like to go.
  func heading(_ course: VesselCourse, at position: SIMD2<Float>, going: SIMD2<Float>) -> SIMD2<Float> {
    let place = retinal(position)
    switch course {
    case .arcade(let side, let curvature):
      let up = max(place.y * side, 0.02)
      // Tangent of the parabola, and a pull back to it.
      let astray = min(max(place.x - curvature * up * up, -0.4), 0.4)
      let parabola = unit(SIMD2(2 * curvature * up - 1.2 * astray, 1 + 0.6 * astray))
      // Past the fovea the arcades run on towards the temple.
      let beyond = smoothStep(place.x, from: 0.6, to: 1.6)
      let retinal = parabola * (1 - beyond) + SIMD2(1, -0.1) * beyond
      return direction(unit(SIMD2(retinal.x, retinal.y * side)))
    case .radial:
      return unit(position - disc)
    case .macular:
      return unit(fovea - position)
    case .free:
      let isInsideArcades = place.x > 0.15 && place.x < 2 && abs(place.y) < 0.85
      let pull = isInsideArcades ? unit(fovea - position) : unit(position - disc)
      return unit(going * 2 + pull)
    }
  }

  /// Whether a point is in the field of view or close enough for a vessel there to come back.
  func isNearField(_ position: SIMD2<Float>) -> Bool {
    let offset = position - fieldCentre
    return dot(offset, offset) < 0.56 * 0.56
  }
}

/// The vessels as they leave the disc: an artery and a vein for each arcade and each nasal quadrant, and finer ones
/// towards the nose and the macula.
func trunks(of anatomy: FundusAnatomy, calibre: Float, stream: inout RandomStream) -> [Sprout] {
  var sprouts: [Sprout] = []
  func add(_ retinal: SIMD2<Float>, radius: Float, course: VesselCourse) {
    let direction = anatomy.direction(unit(retinal))
    // The wide vessels come out of the cup, the fine ones at the rim.
    let rise = radius > 0.003 ? stream.uniform(in: 0.1...0.4) : stream.uniform(in: 0.55...0.9)
    let aside = perpendicular(direction) * 0.25 * stream.bell()
    let start = anatomy.disc + (direction * rise + aside) * anatomy.discRadius
    sprouts.append(
      Sprout(
        position: start, direction: direction, radius: radius * calibre, course: course, generation: 0, parent: -1,
        origin: 0))
  }
  for side: Float in [1, -1] {
    let curvature = stream.uniform(in: 1...1.7)
    let apart = stream.uniform(in: 0.2...0.5) * (stream.chance(0.5) ? 1 : -1)
    let vein = stream.uniform(in: 0.005...0.0066)
    add(SIMD2(0.12, side), radius: vein, course: .arcade(side: side, curvature: curvature))
    add(SIMD2(0.35, side), radius: vein * 0.78, course: .arcade(side: side, curvature: curvature * (1 + apart)))
    let nasal = stream.uniform(in: 0.5...1.2)
    add(SIMD2(-nasal, side), radius: vein * 0.68, course: .radial)
    add(SIMD2(-nasal - stream.uniform(in: -0.35...0.6), side), radius: vein * 0.5, course: .radial)
    if stream.chance(0.6) { add(SIMD2(-0.25 * stream.uniform(), side), radius: vein * 0.5, course: .radial) }
    for _ in 0..<(1 + stream.integer(below: 2)) {
      add(SIMD2(-1, side * stream.uniform(in: 0.05...0.5)), radius: 0.0022, course: .radial)
    }
    for _ in 0..<(1 + stream.integer(below: 3)) {
      add(SIMD2(1, side * stream.uniform(in: 0.15...0.9)), radius: 0.0017, course: .macular)
    }
  }
  return sprouts
}
