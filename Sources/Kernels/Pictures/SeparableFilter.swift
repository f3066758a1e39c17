/// A filter of one axis, the same on both sides of its middle (`weights[k]` at distance k) or, where it is odd, of
/// opposite sign there: `weights[k]` at +k, −`weights[k]` at −k, nothing in the middle.
///
/// Beyond the picture lies 0. Each sum runs from the middle outward with one rounding an operation, so its bits are the
/// same with any vectors. Cost: two multiplications and additions a pixel and weight, 64 pixels at a time.
package struct SeparableFilter: Sendable {
  package let weights: [Float]
  package let isOdd: Bool
  private var reach: Int { weights.count - 1 }

  package init(_ weights: [Float], isOdd: Bool = false) {
    precondition(weights.count > 1, "a filter sees neighbours")
    self.weights = weights
    self.isOdd = isOdd
  }

  /// Along each row.
  package func across(_ pixels: [Float], width: Int) -> [Float] {
    let height = pixels.count / width
    return pixels.withBase { source in
      withScratch(Self.rounded(width) + 2 * reach, filledWith: Float(0)) { padded in
        withScratch(Self.rounded(width), filledWith: Float(0)) { row in
          written(pixels.count) { result in
            for y in 0..<height {
              (padded + reach).update(from: source + y * width, count: width)
              filterRow(padded + reach, width, into: row)
              (result + y * width).update(from: row, count: width)
            }
          }
        }
      }
    }
  }

  /// Along each column.
  package func down(_ pixels: [Float], width: Int) -> [Float] {
    let height = pixels.count / width
    // Rows a little longer than a power of two, which would crowd into few sets of the cache.
    let stride = Self.rounded(width) + 16
    return pixels.withBase { source in
      withScratch(stride * (height + 2 * reach), filledWith: Float(0)) { padded in
        withScratch(Self.rounded(width), filledWith: Float(0)) { row in
          for y in 0..<height { (padded + (y + reach) * stride).update(from: source + y * width, count: width) }
          return written(pixels.count) { result in
            for y in 0..<height {
              filterColumns(padded + (y + reach) * stride, stride, width, into: row)
              (result + y * width).update(from: row, count: width)
            }
          }
        }
      }
    }
  }

  /// What `down`, then `across` makes of a picture of ones, most rows of which are alike.
  package static func ofOnes(down: SeparableFilter, across: SeparableFilter, width: Int, height: Int) -> [Float] {
    let column = down.down([Float](repeating: 1, count: height), width: 1)
    var row: [Float] = []
    var result: [Float] = []
    result.reserveCapacity(width * height)
    for y in 0..<height {
      if y == 0 || column[y] != column[y - 1] {
        row = across.across([Float](repeating: column[y], count: width), width: width)
      }
      result += row
    }
    return result
  }

  private static func rounded(_ width: Int) -> Int { (width + 63) / 64 * 64 }

  private func filterRow(_ source: UnsafePointer<Float>, _ width: Int, into row: UnsafeMutablePointer<Float>) {
    let sign: Float = isOdd ? -1 : 1
    forEachStretch(source, width, into: row) { middle, k, weight, sum in
      sum += weight * (wide(middle + k) + sign * wide(middle - k))
    }
  }

  private func filterColumns(
    _ source: UnsafePointer<Float>, _ stride: Int, _ width: Int, into row: UnsafeMutablePointer<Float>
  ) {
    let sign: Float = isOdd ? -1 : 1
    forEachStretch(source, width, into: row) { middle, k, weight, sum in
      sum = sum + weight * wide(middle + k * stride) + (sign * weight) * wide(middle - k * stride)
    }
  }

  /// Sums for 64 pixels at a time, whose four vectors do not wait for each other.
  @inline(__always)
  private func forEachStretch(
    _ source: UnsafePointer<Float>, _ width: Int, into row: UnsafeMutablePointer<Float>,
    _ add: (UnsafePointer<Float>, Int, Float, inout Wide) -> Void
  ) {
    let first = isOdd ? 0 : weights[0]
    let reach = reach
    weights.withBase { weights in
      for x in stride(from: 0, to: width, by: 64) {
        let middle = source + x
        var (a, b) = (first * wide(middle), first * wide(middle + 16))
        var (c, d) = (first * wide(middle + 32), first * wide(middle + 48))
        for k in 1...reach {
          let weight = weights[k]
          add(middle, k, weight, &a)
          add(middle + 16, k, weight, &b)
          add(middle + 32, k, weight, &c)
          add(middle + 48, k, weight, &d)
        }
        store(a, row + x)
        store(b, row + x + 16)
        store(c, row + x + 32)
        store(d, row + x + 48)
      }
    }
  }
}
