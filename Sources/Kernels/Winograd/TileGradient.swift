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
  /// the first of a vector below `width`, which is whole vectors; channels beyond the map's are zeros. `sums` gets the sum over
  /// the tiles' pixels.
  @inline(__always)
  func transform<V: TileVector>(
    _: V.Type, _ tiles: Range<Int>, of gradient: UnsafePointer<Float>, width: Int,
    into target: UnsafeMutablePointer<Float>,
    pointStep: Int, sums: UnsafeMutablePointer<Float>, _ address: (Int, Int) -> Int
  ) {
    sums.update(repeating: 0, count: width)
    let line = grid.columns &* pitch
    withUnsafeTemporaryAllocation(byteCount: 24 * 64, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      for tile in tiles {
        let place = grid[tile]
        let corner = gradient + ((place.image &* grid.rows &+ place.y) &* grid.columns &+ place.x) &* pitch
        let (rows, columns) = (grid.rows - place.y, grid.columns - place.x)
        var channel = 0
        while channel < width {
          transform(
            V.self, corner + channel, line, rows, columns, channel,
            target + address(tile &- tiles.lowerBound, channel), pointStep, sums, half)
          channel += V.scalarCount
        }
      }
    }
  }

  /// One tile's vector of channels from `channel` on. A function of its own, as `TileOutput`'s.
  @inline(never)
  private func transform<V: TileVector>(
    _: V.Type, _ from: UnsafePointer<Float>, _ line: Int, _ rows: Int, _ columns: Int, _ channel: Int,
    _ to: UnsafeMutablePointer<Float>, _ pointStep: Int, _ sums: UnsafeMutablePointer<Float>,
    _ half: UnsafeMutablePointer<Float>
  ) {
    let used = min(V.scalarCount, channels - channel)
    var sum = V(repeating: 0)
    let isWhole = rows >= 4 && columns >= 4 && used == V.scalarCount
    var column = 0
    while column < Winograd.outputs {
      let at = from + column &* pitch
      let y0, y1, y2, y3: V
      if isWhole {
        (y0, y1, y2, y3) = (V(at: at), V(at: at + line), V(at: at + 2 &* line), V(at: at + 3 &* line))
      } else {
        let used = column < columns ? used : 0
        y0 = Self.lanes(at, rows > 0 ? used : 0)
        y1 = Self.lanes(at + line, rows > 1 ? used : 0)
        y2 = Self.lanes(at + 2 &* line, rows > 2 ? used : 0)
        y3 = Self.lanes(at + 3 &* line, rows > 3 ? used : 0)
      }
      sum = sum.plus(y0.plus(y1).plus(y2.plus(y3)))
      Winograd.outputGradient(y0, y1, y2, y3).put(
        half + V.scalarCount &* column, step: V.scalarCount * Winograd.outputs)
      column &+= 1
    }
    transformColumns(V.self, half, to, pointStep)
    V(at: sums + channel).plus(sum).put(sums + channel)
  }

  /// Along the columns, from `half` [row, column] into the points.
  @inline(__always)
  private func transformColumns<V: TileVector>(
    _: V.Type, _ half: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ pointStep: Int
  ) {
    var to = to
    var row = half
    for _ in 0..<Winograd.inputs {
      let (y0, y1) = (V(at: row), V(at: row + V.scalarCount))
      let (y2, y3) = (V(at: row + 2 * V.scalarCount), V(at: row + 3 * V.scalarCount))
      Winograd.outputGradient(y0, y1, y2, y3).put(to, step: pointStep)
      to += Winograd.inputs &* pointStep
      row += V.scalarCount * Winograd.outputs
    }
  }

  /// The first `used` lanes, then zeros.
  private static func lanes<V: TileVector>(_ address: UnsafePointer<Float>, _ used: Int) -> V {
    if used == V.scalarCount { return V(at: address) }
    var lanes = V(repeating: 0)
    for lane in 0..<max(0, used) { lanes[lane] = address[lane] }
    return lanes
  }
}
