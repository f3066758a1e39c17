import Tensors

/// What disease adds besides non-perfusion: leaks and microaneurysms shine, haemorrhages hide what lies below them.
struct Lesions {
  /// Light added, relative to perfused tissue, [side · side].
  private(set) var glow: [Float]
  /// Share of the light that passes the blood in front of the retina, [side · side].
  private(set) var clarity: [Float]

  /// - Parameters:
  ///   - borders: points of the non-perfusion's border, around which leaks and microaneurysms gather.
  init(side: Int, anatomy: FundusAnatomy, borders: [SIMD2<Float>], stream: inout RandomStream) {
    glow = [Float](repeating: 0, count: side * side)
    clarity = [Float](repeating: 1, count: side * side)
    func somewhere() -> SIMD2<Float> {
      anatomy.fieldCentre + SIMD2(stream.bell(), stream.bell()) * 0.22
    }
    func place(scatter: Float) -> SIMD2<Float> {
      let centre = borders.isEmpty || stream.chance(0.15) ? somewhere() : borders[stream.integer(below: borders.count)]
      return centre + SIMD2(stream.bell(), stream.bell()) * scatter
    }
    let leaks = stream.chance(0.55) ? stream.integer(below: 9) : 0
    for _ in 0..<leaks {
      let radius = stream.uniform(in: 0.006...0.028)
      addLight(at: place(scatter: 0.015), radius: radius, strength: stream.uniform(in: 0.2...0.9))
    }
    let aneurysms = stream.chance(0.75) ? stream.integer(below: borders.isEmpty ? 14 : 70) : 0
    for _ in 0..<aneurysms {
      let radius = stream.uniform(in: 0.0014...0.0026)
      addLight(at: place(scatter: 0.02), radius: radius, strength: stream.uniform(in: 0.6...2.2))
    }
    let haemorrhages = stream.chance(0.4) ? 1 + stream.integer(below: 7) : 0
    let middle = somewhere()
    for _ in 0..<haemorrhages {
      let centre = middle + SIMD2(stream.bell(), stream.bell()) * 0.09
      addBlood(at: centre, along: unit(centre - anatomy.disc), stream: &stream)
    }
  }

  private mutating func addLight(at centre: SIMD2<Float>, radius: Float, strength: Float) {
    let side = Int(Float(glow.count).squareRoot())
    // A spot smaller than a pixel dims instead of vanishing between pixels.
    let drawn = max(radius, 0.7 / Float(side))
    let strength = strength * min(1, 4 * radius / drawn)
    forPixels(around: centre, within: drawn * 5, side: side) { index, point in
      let offset = point - centre
      glow[index] += strength * bump(squaredDistance: dot(offset, offset), radius: drawn)
    }
  }

  /// A flame-shaped haemorrhage: longer along the nerve fibres, with a feathered border.
  private mutating func addBlood(at centre: SIMD2<Float>, along: SIMD2<Float>, stream: inout RandomStream) {
    let side = Int(Float(glow.count).squareRoot())
    let radius = stream.uniform(in: 0.008...0.034)
    let elongation = stream.uniform(in: 1...2.6)
    let passing = stream.uniform(in: 0.15...0.5)
    let lobes = (0..<7).map { _ in
      (centre: SIMD2(stream.bell(), stream.bell()) * radius * 0.5, radius: radius * stream.uniform(in: 0.35...0.8))
    }
    forPixels(around: centre, within: radius * elongation * 3, side: side) { index, point in
      let offset = point - centre
      let turned = SIMD2(dot(offset, along) / elongation, dot(offset, perpendicular(along)))
      var blood: Float = 0
      for lobe in lobes {
        let distance = turned - lobe.centre
        blood = max(blood, bump(squaredDistance: dot(distance, distance), radius: lobe.radius))
      }
      clarity[index] = min(clarity[index], 1 - (1 - passing) * smoothStep(blood, from: 0.2, to: 0.55))
    }
  }
}

/// Calls `body` with the index and centre of every pixel in the square around a point.
private func forPixels(
  around centre: SIMD2<Float>, within reach: Float, side: Int, _ body: (Int, SIMD2<Float>) -> Void
) {
  let limit = Float(side - 1)
  let low = (centre - reach) * Float(side)
  let high = (centre + reach) * Float(side)
  guard high.x >= 0, high.y >= 0, low.x <= limit, low.y <= limit else { return }
  for y in Int(max(low.y, 0))...Int(min(high.y, limit)) {
    for x in Int(max(low.x, 0))...Int(min(high.x, limit)) {
      body(y * side + x, pixelCentre(x, y, side: side))
    }
  }
}
