/// Transforms the input of a run of tiles, Bᵀ d B, from the parts of the input: each number is read where it is stored,
/// normalised and activated on the way, with zeros outside the map.
///
/// Cost: 36 reads, 36 writes and 144 operations for 16 outputs a channel.
struct TileInput: Sendable {
  let grid: TileGrid
  let parts: [MapPart]
  /// Where each part's channels begin in the transformed tiles; every part takes whole octets, filled up with zeros.
  let offsets: [Int]
  /// Channels of a transformed tile.
  let depth: Int

  init(_ grid: TileGrid, _ parts: [MapPart]) {
    self.grid = grid
    self.parts = parts
    var offsets: [Int] = []
    var depth = 0
    for part in parts {
      offsets.append(depth)
      depth += (part.channels + 7) / 8 * 8
    }
    self.offsets = offsets
    self.depth = depth
  }

  /// Writes channel c of tile t at point p to `target[p · pointStep + address(t, c)]`, t counted from the first tile and c
  /// a multiple of eight.
  func transform(
    _ tiles: Range<Int>, into target: UnsafeMutablePointer<Float>, pointStep: Int,
    _ address: @escaping (Int, Int) -> Int
  ) {
    for (part, offset) in zip(parts, offsets) {
      part.read(
        PartTransform(grid: grid, part: part, tiles: tiles, target: target, pointStep: pointStep) {
          address($0, offset + $1)
        })
    }
  }
}

/// The part's share of the work.
private struct PartTransform: PartWork {
  let grid: TileGrid
  let part: MapPart
  let tiles: Range<Int>
  let target: UnsafeMutablePointer<Float>
  let pointStep: Int
  let address: (Int, Int) -> Int

  func run<R: PartReading>(_ reading: R) {
    let (storedHeight, storedWidth) = (grid.height / part.repeats, grid.width / part.repeats)
    let channels = part.channels
    let shift = part.repeats - 1
    withUnsafeTemporaryAllocation(byteCount: 36 * 32, alignment: 32) { memory in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 12) { offsets in
        let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
        let (rows, columns) = (offsets.baseAddress!, offsets.baseAddress! + 6)
        for tile in tiles {
          let place = grid[tile]
          let image = part.map.base + place.image &* storedHeight &* storedWidth &* channels
          var isInside = true
          for side in 0..<Winograd.inputs {
            let (y, x) = (place.y + side - grid.padding, place.x + side - grid.padding)
            let (insideRow, insideColumn) = (y >= 0 && y < grid.height, x >= 0 && x < grid.width)
            isInside = isInside && insideRow && insideColumn
            rows[side] = insideRow ? (y >> shift) &* storedWidth &* channels : -1
            columns[side] = insideColumn ? (x >> shift) &* channels : -1
          }
          var channel = 0
          while channel < channels {
            let from = UnsafePointer(image + channel)
            if isInside {
              transformRows(half) { reading.value(load(from + (rows[$0] &+ columns[$1])), channel: channel) }
            } else {
              transformRows(half) {
                rows[$0] | columns[$1] < 0
                  ? Lanes(repeating: 0) : reading.value(load(from + (rows[$0] &+ columns[$1])), channel: channel)
              }
            }
            let to = target + address(tile &- tiles.lowerBound, channel)
            if channel + 8 > channels { clear(half, from: channels - channel) }
            transformColumns(half, to)
            channel += 8
          }
        }
      }
    }
  }

  /// half[i, j] = Bᵀ along the rows, column by column.
  @inline(__always)
  private func transformRows(_ half: UnsafeMutablePointer<Float>, _ pixel: (Int, Int) -> Lanes) {
    var column = 0
    while column < Winograd.inputs {
      let six = Winograd.input(
        pixel(0, column), pixel(1, column), pixel(2, column), pixel(3, column), pixel(4, column), pixel(5, column))
      six.put(half + 8 &* column, step: 8 * Winograd.inputs)
      column &+= 1
    }
  }

  @inline(__always)
  private func transformColumns(_ half: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>) {
    var to = to
    var row = half
    for _ in 0..<Winograd.inputs {
      let d = Six(at: row)
      Winograd.input(d.p0, d.p1, d.p2, d.p3, d.p4, d.p5).put(to, step: pointStep)
      to += Winograd.inputs &* pointStep
      row += 8 * Winograd.inputs
    }
  }

  /// Lanes beyond the part's channels hold somebody else's numbers; zeros multiply to nothing.
  private func clear(_ half: UnsafeMutablePointer<Float>, from lane: Int) {
    for index in 0..<Winograd.points { (half + 8 * index + lane).update(repeating: 0, count: 8 - lane) }
  }
}
