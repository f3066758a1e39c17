/// Transforms the output gradient of a run of tiles for the filters' gradient, A y′ Aᵀ, and sums it over pixels for the
/// bias's.
///
/// Cost: 16 reads, 36 writes and 80 operations for 16 outputs a channel.
struct TileGradient: Sendable {
  let grid: TileGrid
  let channels: Int
  /// Channels of a stored pixel, of which these are some.
  let pitch: Int

  /// Writes channel c of tile t at point p to `target[p · pointStep + address(t, c)]`, t counted from the first tile and c
  /// a multiple of eight below `width`; channels beyond the map's are zeros. `sums` gets the sum over the tiles' pixels.
  @inline(__always)
  func transform(
    _ tiles: Range<Int>, of gradient: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>,
    pointStep: Int, sums: UnsafeMutablePointer<Float>, _ address: (Int, Int) -> Int
  ) {
    sums.update(repeating: 0, count: width)
    let line = grid.columns &* pitch
    withUnsafeTemporaryAllocation(byteCount: 24 * 32, alignment: 32) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      for tile in tiles {
        let place = grid[tile]
        let corner = gradient + ((place.image &* grid.rows &+ place.y) &* grid.columns &+ place.x) &* pitch
        let (rows, columns) = (grid.rows - place.y, grid.columns - place.x)
        var channel = 0
        while channel < width {
          let to = target + address(tile &- tiles.lowerBound, channel)
          let from = corner + channel
          let used = min(8, channels - channel)
          var sum = Lanes(repeating: 0)
          if rows >= 4 && columns >= 4 && used == 8 {
            transformRows(half, &sum) { load(from + ($0 &* line &+ $1 &* pitch)) }
          } else {
            transformRows(half, &sum) { row, column in
              row < rows && column < columns && used > 0
                ? Self.lanes(from + (row &* line &+ column &* pitch), used) : Lanes(repeating: 0)
            }
          }
          transformColumns(half, to, pointStep)
          store(load(sums + channel) + sum, sums + channel)
          channel += 8
        }
      }
    }
  }

  /// half[i, j] = A along the rows, column by column.
  @inline(__always)
  private func transformRows(
    _ half: UnsafeMutablePointer<Float>, _ sum: inout Lanes, _ pixel: (Int, Int) -> Lanes
  ) {
    var column = 0
    while column < Winograd.outputs {
      let (y0, y1, y2, y3) = (pixel(0, column), pixel(1, column), pixel(2, column), pixel(3, column))
      let six = Winograd.outputGradient(y0, y1, y2, y3)
      sum += (y0 + y1) + (y2 + y3)
      six.put(half + 8 &* column, step: 8 * Winograd.outputs)
      column &+= 1
    }
  }

  @inline(__always)
  private func transformColumns(
    _ half: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ pointStep: Int
  ) {
    var to = to
    var row = half
    for _ in 0..<Winograd.inputs {
      Winograd.outputGradient(load(row), load(row + 8), load(row + 16), load(row + 24)).put(to, step: pointStep)
      to += Winograd.inputs &* pointStep
      row += 8 * Winograd.outputs
    }
  }

  /// The first `used` lanes, then zeros.
  private static func lanes(_ address: UnsafePointer<Float>, _ used: Int) -> Lanes {
    if used == 8 { return load(address) }
    var lanes = Lanes(repeating: 0)
    for lane in 0..<used { lanes[lane] = address[lane] }
    return lanes
  }
}
