import Imaging

/// Bright ridges of an angiogram: vessels.
struct VesselRidges {
  /// How strong a ridge each pixel is on, from 0 to 1, what 2 % of the field's pixels reach; 0 off ridges and near the rim.
  let strength: Plane
  /// Which way the ridge runs, from the x axis downward, in radians, (−π/2, π/2].
  let angle: [Float]

  /// Of three widths the strongest: eigenvalues of the Hessian at σ 1.6, 2.6 and 4 px, × σ².
  ///
  /// - Parameter relative: grey ÷ its background, 1 outside the field.
  init(_ relative: Plane, within field: Mask) {
    let inner = field.eroded(radius: 8)
    var strength = Plane(width: relative.width, height: relative.height)
    var angle = strength.pixels
    for sigma in [1.6, 2.6, 4] {
      let bends = relative.hessian(sigma: sigma)
      let scale = Float(sigma * sigma)
      for i in strength.pixels.indices where inner.pixels[i] {
        let response = max(0, -bends.smaller.pixels[i] - abs(bends.larger.pixels[i])) * scale
        guard response > strength.pixels[i] else { continue }
        strength.pixels[i] = response
        angle[i] = bends.angle.pixels[i]
      }
    }
    let most = max(strength.percentile(98, within: field) ?? 0, .leastNormalMagnitude)
    self.strength = strength.mapped { min($0, most) / most }
    self.angle = angle
  }
}
