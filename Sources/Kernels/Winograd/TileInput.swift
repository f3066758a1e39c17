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
  /// a multiple of eight. Where channels lie side by side, they are written a vector at once.
  func transform<V: TileVector>(
    _: V.Type, _ tiles: Range<Int>, sideBySide: Bool, into target: UnsafeMutablePointer<Float>, pointStep: Int,
    _ address: @escaping (Int, Int) -> Int
  ) {
    for (part, offset) in zip(parts, offsets) {
      part.read(
        PartTransform<V>(
          grid: grid, part: part, wide: sideBySide ? part.channels / V.scalarCount * V.scalarCount : 0,
          tiles: tiles, target: target, pointStep: pointStep
        ) {
          address($0, offset + $1)
        })
    }
  }
}

/// The part's share of the work.
private struct PartTransform<Wide: TileVector>: PartWork {
  let grid: TileGrid
  let part: MapPart
  /// Channels that go a whole vector at once.
  let wide: Int
  let tiles: Range<Int>
  let target: UnsafeMutablePointer<Float>
  let pointStep: Int
  let address: (Int, Int) -> Int

  func run<R: PartReading>(_ reading: R) {
    let (storedHeight, storedWidth) = (grid.height / part.repeats, grid.width / part.repeats)
    let channels = part.channels
    let shift = part.repeats - 1
    withUnsafeTemporaryAllocation(byteCount: 36 * 64, alignment: 64) { memory in
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
          while channel < wide {
            transform(
              Wide.self, reading, image, rows, columns, isInside, tile: tile, channel: channel, half)
            channel += Wide.scalarCount
          }
          while channel < channels {
            transform(
              SIMD8<Float>.self, reading, image, rows, columns, isInside, tile: tile, channel: channel, half)
            channel += 8
          }
        }
      }
    }
  }

  /// One tile's vector of channels from `channel` on. A function of its own, as `TileOutput`'s.
  @inline(never)
  private func transform<V: TileVector>(
    _: V.Type, _ reading: some PartReading, _ image: UnsafePointer<Float>, _ rows: UnsafePointer<Int>,
    _ columns: UnsafePointer<Int>, _ isInside: Bool, tile: Int, channel: Int, _ half: UnsafeMutablePointer<Float>
  ) {
    let from = image + channel
    var column = 0
    while column < Winograd.inputs {
      let at = columns[column]
      let six =
        if isInside {
          Winograd.input(
            inner(V.self, reading, from, rows[0], at, channel),
            inner(V.self, reading, from, rows[1], at, channel),
            inner(V.self, reading, from, rows[2], at, channel),
            inner(V.self, reading, from, rows[3], at, channel),
            inner(V.self, reading, from, rows[4], at, channel),
            inner(V.self, reading, from, rows[5], at, channel))
        } else {
          Winograd.input(
            outer(V.self, reading, from, rows[0], at, channel),
            outer(V.self, reading, from, rows[1], at, channel),
            outer(V.self, reading, from, rows[2], at, channel),
            outer(V.self, reading, from, rows[3], at, channel),
            outer(V.self, reading, from, rows[4], at, channel),
            outer(V.self, reading, from, rows[5], at, channel))
        }
      six.put(half + V.scalarCount &* column, step: V.scalarCount * Winograd.inputs)
      column &+= 1
    }
    let used = part.channels - channel
    if used < V.scalarCount { clear(V.self, half, from: used) }
    transformColumns(V.self, half, target + address(tile &- tiles.lowerBound, channel))
  }

  /// A pixel inside the map.
  @inline(__always)
  private func inner<V: TileVector>(
    _: V.Type, _ reading: some PartReading, _ from: UnsafePointer<Float>, _ row: Int, _ column: Int, _ channel: Int
  ) -> V {
    reading.value(V(at: from + (row &+ column)), channel: channel)
  }

  /// A pixel that may lie outside, where a row or column is negative.
  @inline(__always)
  private func outer<V: TileVector>(
    _: V.Type, _ reading: some PartReading, _ from: UnsafePointer<Float>, _ row: Int, _ column: Int, _ channel: Int
  ) -> V {
    row | column < 0 ? V(repeating: 0) : inner(V.self, reading, from, row, column, channel)
  }

  /// Along the columns, from `half` [row, column] into the points.
  @inline(__always)
  private func transformColumns<V: TileVector>(
    _: V.Type, _ half: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>
  ) {
    var to = to
    var row = half
    for _ in 0..<Winograd.inputs {
      let d = Six<V>(at: row)
      Winograd.input(d.p0, d.p1, d.p2, d.p3, d.p4, d.p5).put(to, step: pointStep)
      to += Winograd.inputs &* pointStep
      row += V.scalarCount * Winograd.inputs
    }
  }

  /// Lanes beyond the part's channels hold somebody else's numbers; zeros multiply to nothing.
  private func clear<V: TileVector>(_: V.Type, _ half: UnsafeMutablePointer<Float>, from lane: Int) {
    for index in 0..<Winograd.points {
      (half + V.scalarCount * index + lane).update(repeating: 0, count: V.scalarCount - lane)
    }
  }
}
