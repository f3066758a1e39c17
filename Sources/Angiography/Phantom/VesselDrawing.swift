/// Draws capsules into a plane: at each pixel the largest of (part of the pixel covered) · brightness.
struct VesselDrawing {
  let side: Int
  private(set) var light: [Float]

  init(side: Int) {
    self.side = side
    light = [Float](repeating: 0, count: side * side)
  }

  /// Draws one piece of vessel. Coverage is that of an edge one pixel wide; a vessel thinner than a pixel dims instead
  /// of vanishing.
  mutating func draw(_ segment: VesselSegment, brightness: Float) {
    let scale = Float(side)
    let (from, to) = (segment.from * scale - 0.5, segment.to * scale - 0.5)
    let (startRadius, endRadius) = (segment.fromRadius * scale, segment.toRadius * scale)
    let reach = max(startRadius, endRadius) + 0.75
    let low = pointwiseMin(from, to) - reach
    let high = pointwiseMax(from, to) + reach
    let limit = Float(side - 1)
    guard high.x >= 0, high.y >= 0, low.x <= limit, low.y <= limit else { return }
    let axis = to - from
    let squaredLength = max(dot(axis, axis), 1e-9)
    for y in Int(max(low.y, 0))...Int(min(high.y, limit)) {
      for x in Int(max(low.x, 0))...Int(min(high.x, limit)) {
        let offset = SIMD2(Float(x), Float(y)) - from
        let along = min(max(dot(offset, axis) / squaredLength, 0), 1)
        let distance = length(offset - axis * along)
        let radius = startRadius + (endRadius - startRadius) * along
        let coverage = min(max(radius - distance + 0.5, 0), 2 * radius, 1)
        let index = y * side + x
        light[index] = max(light[index], coverage * brightness)
      }
    }
  }
}
