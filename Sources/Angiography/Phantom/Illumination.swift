import Tensors

/// Light that reaches each place of the retina and comes back to the camera, about 1, [side · side]: uneven flash, glow
/// around the disc, slope, vignetting, and now and then the shadow band of a lid, a lens or a floater.
func illumination(
  side: Int, anatomy: FundusAnatomy, appearance: PhantomAppearance, stream: inout RandomStream
) -> [Float] {
  var light = smoothField(side: side, cells: 3, stream: &stream)
  let glow = stream.uniform(in: 0...0.6)
  let shadows = (0..<(stream.chance(0.5) ? 1 + stream.integer(below: 2) : 0)).map { _ in ShadowBand(stream: &stream) }
  for y in 0..<side {
    for x in 0..<side {
      let point = pixelCentre(x, y, side: side)
      let fromCentre = point - anatomy.fieldCentre
      let fromDisc = point - anatomy.disc
      let eccentricity = dot(fromCentre, fromCentre) * 4
      var value = 1 + 0.1 * light[y * side + x] + dot(fromCentre, appearance.tilt) * 1.2
      value += glow * bump(squaredDistance: dot(fromDisc, fromDisc), radius: 0.25)
      value *= 1 - appearance.vignetting * eccentricity * eccentricity
      for shadow in shadows { value *= shadow.transmission(point) }
      light[y * side + x] = max(value, 0.15)
    }
  }
  return light
}

/// A soft dark band across the picture.
private struct ShadowBand {
  let through, across: SIMD2<Float>
  let width, depth: Float

  init(stream: inout RandomStream) {
    through = SIMD2(stream.uniform(in: 0.1...0.9), stream.uniform(in: 0.1...0.9))
    across = unit(SIMD2(stream.bell(), stream.bell()))
    width = stream.uniform(in: 0.05...0.16)
    depth = stream.uniform(in: 0.15...0.45)
  }

  func transmission(_ point: SIMD2<Float>) -> Float {
    let distance = dot(point - through, across)
    return 1 - depth * bump(squaredDistance: distance * distance, radius: width)
  }
}
