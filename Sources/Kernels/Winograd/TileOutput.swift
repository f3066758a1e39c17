/// Turns the products of a run of tiles back into pixels, Aᵀ m A, adds the bias, applies the activation and writes them.
///
/// Cost: 36 reads, 16 writes and 120 operations for 16 outputs a channel.
struct TileOutput {
  let grid: TileGrid
  var channels: Int
  /// Channels of a stored pixel, of which these are some.
  let pitch: Int
  /// `channels` numbers, of which whole octets are read: storage has room beyond its end. Nil adds nothing.
  var bias: UnsafePointer<Float>?
  let activation: Activation?
  /// Each stored pixel is the sum of `repeats` × `repeats` outputs: 1 or 2.
  let repeats: Int
  let accumulating: Bool

  /// The products of tile t, channel c and point p are at `products[p · pointStep + t · tileStep + c]`.
  func write<V: TileVector>(
    _: V.Type, _ tiles: Range<Int>, _ products: UnsafePointer<Float>, pointStep: Int, tileStep: Int,
    to map: UnsafeMutablePointer<Float>
  ) {
    let side = Winograd.outputs / repeats
    let (storedRows, storedColumns) = (grid.rows / repeats, grid.columns / repeats)
    let wide = channels / V.scalarCount * V.scalarCount
    withUnsafeTemporaryAllocation(byteCount: 24 * 64, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      for tile in tiles {
        let place = grid[tile]
        let (y, x) = (place.y / repeats, place.x / repeats)
        let corner = map + ((place.image &* storedRows &+ y) &* storedColumns &+ x) &* pitch
        let (rows, columns) = (min(side, storedRows - y), min(side, storedColumns - x))
        let line = storedColumns &* pitch
        let from = products + (tile &- tiles.lowerBound) &* tileStep
        var channel = 0
        while channel < wide {
          write(V.self, from, pointStep, half, corner, line, rows, columns, channel)
          channel += V.scalarCount
        }
        while channel < channels {
          write(SIMD8<Float>.self, from, pointStep, half, corner, line, rows, columns, channel)
          channel += 8
        }
      }
    }
  }

  /// One tile's vector of channels from `channel` on. A function of its own: within a caller that is large already, the
  /// compiler stops short of inlining loads and stores.
  @inline(never)
  private func write<V: TileVector>(
    _: V.Type, _ from: UnsafePointer<Float>, _ pointStep: Int, _ half: UnsafeMutablePointer<Float>,
    _ corner: UnsafeMutablePointer<Float>, _ line: Int, _ rows: Int, _ columns: Int, _ channel: Int
  ) {
    let bias = bias.map { V(at: $0 + channel) } ?? V(repeating: 0)
    let used = min(V.scalarCount, channels - channel)
    transformRows(V.self, from + channel, pointStep, half)
    for row in 0..<rows {
      let to = corner + row &* line + channel
      let four = Winograd.output(Six<V>(at: half + 6 * V.scalarCount &* row))
      if repeats == 1 {
        put(four.0.plus(bias), to, used)
        if columns > 1 { put(four.1.plus(bias), to + pitch, used) }
        if columns > 2 { put(four.2.plus(bias), to + 2 &* pitch, used) }
        if columns > 3 { put(four.3.plus(bias), to + 3 &* pitch, used) }
      } else {
        put(four.0.plus(four.1).plus(bias), to, used)
        if columns > 1 { put(four.2.plus(four.3).plus(bias), to + pitch, used) }
      }
    }
  }

  /// half[i, j] for the outputs' rows i.
  @inline(__always)
  private func transformRows<V: TileVector>(
    _: V.Type, _ from: UnsafePointer<Float>, _ pointStep: Int, _ half: UnsafeMutablePointer<Float>
  ) {
    let row = 6 * V.scalarCount
    for column in 0..<6 {
      let four = Winograd.output(Six<V>(at: from + column &* pointStep, step: 6 &* pointStep))
      let to = half + V.scalarCount &* column
      if repeats == 1 {
        four.0.put(to)
        four.1.put(to + row)
        four.2.put(to + 2 &* row)
        four.3.put(to + 3 &* row)
      } else {
        four.0.plus(four.1).put(to)
        four.2.plus(four.3).put(to + row)
      }
    }
  }

  @inline(__always)
  private func put<V: TileVector>(_ value: V, _ address: UnsafeMutablePointer<Float>, _ used: Int) {
    var value = value
    if accumulating { value = value.plus(V(at: address)) }
    if activation != nil { value = activated(value) }
    value.put(address, first: used)
  }

  @inline(never)
  private func activated<V: TileVector>(_ value: V) -> V { value.byOctets { activation?.value($0) ?? $0 } }
}
