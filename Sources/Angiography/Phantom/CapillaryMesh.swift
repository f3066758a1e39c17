import Tensors

/// The capillary bed as a fluorescein angiogram shows it: a fine bright network, the borders of random cells (Worley's
/// F₂ − F₁) drawn on two scales. `mesh[y · side + x]`, mean 0, standard deviation about 1.
///
/// `spacing` is the mean width of a mesh as a fraction of the side; it is never drawn finer than three pixels, so a small
/// picture has a coarser mesh instead of grey. Cost: 18 distances a pixel.
func capillaryMesh(side: Int, spacing: Float, stream: inout RandomStream) -> [Float] {
  let period = max(spacing * Float(side), 3)
  let coarse = meshLayer(side: side, period: period * 1.7, stream: &stream)
  let fine = meshLayer(side: side, period: period, stream: &stream)
  let strength = smoothField(side: side, cells: max(4, Int(Float(side) / (period * 3))), stream: &stream)
  var mesh = coarse
  for i in mesh.indices { mesh[i] = (0.5 * coarse[i] + fine[i]) * (1 + 0.12 * strength[i]) + 0.08 * strength[i] }
  let count = Float(mesh.count)
  let mean = mesh.reduce(0, +) / count
  let variance = mesh.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  let scale = 1 / max(variance, 1e-9).squareRoot()
  for i in mesh.indices { mesh[i] = (mesh[i] - mean) * scale }
  return mesh
}

private func meshLayer(side: Int, period: Float, stream: inout RandomStream) -> [Float] {
  let columns = Int(Float(side) / period) + 4
  // One point in each square of a grid, and how brightly its cell's border fills with dye.
  let points = (0..<columns * columns).map { index in
    SIMD2(Float(index % columns) + stream.uniform(), Float(index / columns) + stream.uniform())
  }
  let brightness = points.map { _ in 0.4 + 1.2 * stream.uniform() }
  var layer = [Float](repeating: 0, count: side * side)
  for y in 0..<side {
    for x in 0..<side {
      let place = SIMD2(Float(x), Float(y)) / period + 1.5
      let (column, row) = (Int(place.x), Int(place.y))
      var (nearest, second) = (Float.infinity, Float.infinity)
      var cell = 0
      for neighbour in (row - 1)...(row + 1) {
        for index in (neighbour * columns + column - 1)...(neighbour * columns + column + 1) {
          let offset = points[index] - place
          let distance = dot(offset, offset)
          if distance < nearest {
            (second, nearest, cell) = (nearest, distance, index)
          } else if distance < second {
            second = distance
          }
        }
      }
      let gap = second.squareRoot() - nearest.squareRoot()
      layer[y * side + x] = (1 - smoothStep(gap, from: 0, to: 0.5)) * brightness[cell]
    }
  }
  return layer
}
