import Tensors

/// The retina between the vessels, before the flash lights it unevenly: choroidal flush, capillary bed, disc, fovea,
/// non-perfusion and lesions. `tissue[y · side + x]`, in greys.
func tissue(
  anatomy: FundusAnatomy, appearance: PhantomAppearance, disease: NonPerfusion, lesions: Lesions,
  stream: inout RandomStream
) -> [Float] {
  let side = disease.mask.width
  let mesh = capillaryMesh(side: side, spacing: appearance.meshSpacing, stream: &stream)
  let flush = smoothField(side: side, cells: 6, stream: &stream)
  let mottle = smoothField(side: side, cells: 22, stream: &stream)
  let patches = smoothField(side: side, cells: min(64, side / 4), stream: &stream)
  let loss = disease.softened()
  let darkness = disease.darkness(mean: appearance.darkening, stream: &stream)
  let rim = disease.rim(of: loss)
  var tissue = [Float](repeating: 0, count: side * side)
  for y in 0..<side {
    for x in 0..<side {
      let i = y * side + x
      let point = pixelCentre(x, y, side: side)
      let fromFovea = length(point - anatomy.fovea)
      let fromDisc = length(point - anatomy.disc)
      let avascular = 1 - smoothStep(fromFovea, from: anatomy.avascularRadius * 0.7, to: anatomy.avascularRadius * 1.3)
      let onDisc = 1 - smoothStep(fromDisc, from: anatomy.discRadius * 0.85, to: anatomy.discRadius * 1.1)
      let perfusion = 1 - max(loss[i], avascular)

      // Where the capillaries are gone, the choroid's patches show through.
      var level = 1 + 0.09 * flush[i] + 0.06 * mottle[i] + loss[i] * (0.07 * mottle[i] + 0.1 * patches[i])
      level *= 1 - darkness[i]
      level *= 1 - appearance.pigment * bump(squaredDistance: fromFovea * fromFovea, radius: appearance.pigmentRadius)
      level *= 1 - 0.25 * avascular
      level += onDisc * (appearance.disc - 1)
      // Capillaries beside a closed bed widen and leak.
      let texture = appearance.texture * perfusion * (1 - 0.6 * onDisc) * (1 + 0.9 * rim[i])
      let bed = level * (1 + texture * mesh[i] * (1 + 0.12 * mottle[i])) + lesions.glow[i] + 0.12 * rim[i]
      tissue[i] = appearance.tissue * max(bed, 0.05) * lesions.clarity[i]
    }
  }
  return tissue
}

extension NonPerfusion {
  /// The mask with a border as soft as the last capillaries make it, 0 to 1, [side · side].
  func softened() -> [Float] {
    let side = mask.width
    var loss = mask.pixels.map { Float($0 ? 1 : 0) }
    binomialBlur(&loss, side: side, times: max(1, side / 170))
    return loss
  }

  /// A halo of perfused retina around the non-perfused one, 0 to 1, [side · side].
  func rim(of loss: [Float]) -> [Float] {
    let side = mask.width
    var halo = loss
    binomialBlur(&halo, side: side, times: max(1, side * side / 14_000))
    return zip(halo, loss).map { min(1, 2.5 * $0) * (1 - $1) }
  }

  /// By which fraction each pixel is darker: non-perfused cells by various amounts, and some perfused cells as well,
  /// which keep their capillaries: darkness alone does not tell.
  func darkness(mean: Float, stream: inout RandomStream) -> [Float] {
    let side = mask.width
    let decoys: Float = stream.chance(0.5) ? stream.uniform(in: 0.03...0.12) : 0
    let amounts = cells.seeds.map { _ in
      (
        lost: mean * stream.uniform(in: 0.7...1.3),
        decoy: stream.chance(decoys) ? mean * stream.uniform(in: 0.3...0.9) : 0
      )
    }
    var darkness = [Float](repeating: 0, count: side * side)
    for i in darkness.indices where cells.label[i] >= 0 {
      let amount = amounts[Int(cells.label[i])]
      darkness[i] = min(mask.pixels[i] ? amount.lost : amount.decoy, 0.95)
    }
    binomialBlur(&darkness, side: side, times: max(1, side / 110))
    return darkness
  }

  /// Centres of the non-perfused pixels that touch perfused ones, as fractions of the side.
  var borders: [SIMD2<Float>] {
    let side = mask.width
    var borders: [SIMD2<Float>] = []
    for y in 1..<(side - 1) {
      for x in 1..<(side - 1) where mask[x, y] {
        if !(mask[x - 1, y] && mask[x + 1, y] && mask[x, y - 1] && mask[x, y + 1]) {
          borders.append(pixelCentre(x, y, side: side))
        }
      }
    }
    return borders
  }

  func isNonPerfused(_ point: SIMD2<Float>) -> Bool {
    let (x, y) = (Int(point.x * Float(mask.width)), Int(point.y * Float(mask.height)))
    guard point.x >= 0, point.y >= 0, x < mask.width, y < mask.height else { return false }
    return mask[x, y]
  }
}
