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
  ///
  /// A function of its own: within a caller that is large already, the compiler stops short of inlining loads and stores.
  @inline(never)
  func write(
    _ tiles: Range<Int>, _ products: UnsafePointer<Float>, pointStep: Int, tileStep: Int,
    to map: UnsafeMutablePointer<Float>
  ) {
    let side = Winograd.outputs / repeats
    let (storedRows, storedColumns) = (grid.rows / repeats, grid.columns / repeats)
    withUnsafeTemporaryAllocation(byteCount: 24 * 32, alignment: 32) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      for tile in tiles {
        let place = grid[tile]
        let (y, x) = (place.y / repeats, place.x / repeats)
        let corner = map + ((place.image &* storedRows &+ y) &* storedColumns &+ x) &* pitch
        let (rows, columns) = (min(side, storedRows - y), min(side, storedColumns - x))
        let from = products + (tile &- tiles.lowerBound) &* tileStep
        var channel = 0
        while channel < channels {
          let bias = bias.map { load($0 + channel) } ?? Lanes(repeating: 0)
          let used = min(8, channels - channel)
          transformRows(from + channel, pointStep, half)
          for row in 0..<rows {
            let line = corner + row &* storedColumns &* pitch + channel
            let four = Winograd.output(Six(at: half + 48 &* row))
            if repeats == 1 {
              put(four.0 + bias, line, used)
              if columns > 1 { put(four.1 + bias, line + pitch, used) }
              if columns > 2 { put(four.2 + bias, line + 2 &* pitch, used) }
              if columns > 3 { put(four.3 + bias, line + 3 &* pitch, used) }
            } else {
              put(four.0 + four.1 + bias, line, used)
              if columns > 1 { put(four.2 + four.3 + bias, line + pitch, used) }
            }
          }
          channel += 8
        }
      }
    }
  }

  /// half[i, j] for the outputs' rows i.
  @inline(__always)
  private func transformRows(_ from: UnsafePointer<Float>, _ pointStep: Int, _ half: UnsafeMutablePointer<Float>) {
    for column in 0..<6 {
      let four = Winograd.output(Six(at: from + column &* pointStep, step: 6 &* pointStep))
      let to = half + 8 &* column
      if repeats == 1 {
        store(four.0, to)
        store(four.1, to + 48)
        store(four.2, to + 96)
        store(four.3, to + 144)
      } else {
        store(four.0 + four.1, to)
        store(four.2 + four.3, to + 48)
      }
    }
  }

  @inline(__always)
  private func put(_ value: Lanes, _ address: UnsafeMutablePointer<Float>, _ used: Int) {
    var value = value
    if accumulating { value += load(address) }
    if let activation { value = activation.value(value) }
    store(value, address, first: used)
  }
}
