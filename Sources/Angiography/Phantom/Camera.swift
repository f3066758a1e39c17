import Imaging
import Tensors

/// Takes the picture: blur, shot and read noise, saturation, 8 bits. Outside the field of view it is black.
///
/// - Parameters:
///   - scene: light, 1 is what saturates the camera, [side · side].
///   - noise: grain, as a multiple of a usual camera's.
/// - Returns: greys that are multiples of 1/255.
func photograph(_ scene: [Float], field: Mask, noise: Float, stream: inout RandomStream) -> Plane {
  let side = field.width
  var light = scene
  if side >= 192 { binomialBlur(&light, side: side, times: max(1, side / 512)) }
  var picture = Plane(width: side, height: side)
  for i in light.indices {
    let grain = stream.bell()
    guard field.pixels[i] else { continue }
    let here = max(light[i], 0)
    // Shot noise grows with the root of the light, read noise does not.
    let noisy = here + noise * grain * (0.0009 * here + 0.000_08).squareRoot()
    // The shoulder of the exposure curve: straight up to 0.7, then bending to white.
    let exposed = noisy < 0.7 ? noisy : 0.7 + 0.3 * smoothShoulder((noisy - 0.7) / 0.3)
    picture.pixels[i] = (min(max(exposed, 0), 1) * 255).rounded() / 255
  }
  return picture
}

/// x / (1 + x³)^⅓ with a simpler root: slope 1 at 0, towards 1 for large x.
private func smoothShoulder(_ x: Float) -> Float { x / (1 + x * x).squareRoot() }
