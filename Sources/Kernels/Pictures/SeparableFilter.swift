/// A filter of one axis, the same on both sides of its middle (`weights[k]` at distance k) or, where it is odd, of
/// opposite sign there: `weights[k]` at +k, −`weights[k]` at −k, nothing in the middle.
///
/// Beyond the picture lies 0. Each sum runs from the middle outward, neighbours of one distance together and with one
/// rounding a weight, so its bits are the same with any vectors. Cost: an addition and a fused multiplication a pixel and
/// weight, 64 pixels at a time.
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
    return withBases(pixels) { source, weights in
      withScratch(Self.rounded(width) + 2 * reach, filledWith: Float(0)) { padded in
        written(pixels.count) { result in
          for y in 0..<height {
            (padded + reach).update(from: source + y * width, count: width)
            for x in stride(from: 0, to: width, by: Self.stretch) {
              filterStretch(
                padded + reach + x, step: 1, weights, into: result + y * width + x, first: min(Self.stretch, width - x))
            }
          }
        }
      }
    }
  }

  /// Along each column.
  package func down(_ pixels: [Float], width: Int) -> [Float] {
    let height = pixels.count / width
    return withBases(pixels) { source, weights in
      // A strip of columns at a time, whose rows lie together: it stays in a cache, and no two rows contend for a place.
      withScratch(Self.stretch * (height + 2 * reach), filledWith: Float(0)) { strip in
        let first = strip + reach * Self.stretch
        return written(pixels.count) { result in
          for x in stride(from: 0, to: width, by: Self.stretch) {
            let used = min(Self.stretch, width - x)
            for y in 0..<height { (first + y * Self.stretch).update(from: source + y * width + x, count: used) }
            for y in 0..<height {
              filterStretch(
                first + y * Self.stretch, step: Self.stretch, weights, into: result + y * width + x, first: used)
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

  /// Pixels whose sums are computed together: four vectors that do not wait for each other.
  private static let stretch = 64

  private static func rounded(_ width: Int) -> Int { (width + stretch - 1) / stretch * stretch }

  @inline(__always)
  private func withBases<Result>(
    _ pixels: [Float], _ body: (_ pixels: UnsafePointer<Float>, _ weights: UnsafePointer<Float>) -> Result
  ) -> Result {
    pixels.withBase { pixels in weights.withBase { body(pixels, $0) } }
  }

  /// The sums of a stretch, whose neighbours at distance k are k · `step` further on and back; stores the first `count`.
  private func filterStretch(
    _ middle: UnsafePointer<Float>, step: Int, _ weights: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>, first count: Int
  ) {
    var (a, b, c, d) = (Wide.zero, Wide.zero, Wide.zero, Wide.zero)
    let reach = reach
    if isOdd {
      for k in 1...reach {
        let (weight, further, back) = (Wide(repeating: weights[k]), middle + k &* step, middle - k &* step)
        a = a.fused(weight, wide(further) - wide(back))
        b = b.fused(weight, wide(further + 16) - wide(back + 16))
        c = c.fused(weight, wide(further + 32) - wide(back + 32))
        d = d.fused(weight, wide(further + 48) - wide(back + 48))
      }
    } else {
      a = weights[0] * wide(middle)
      b = weights[0] * wide(middle + 16)
      c = weights[0] * wide(middle + 32)
      d = weights[0] * wide(middle + 48)
      for k in 1...reach {
        let (weight, further, back) = (Wide(repeating: weights[k]), middle + k &* step, middle - k &* step)
        a = a.fused(weight, wide(further) + wide(back))
        b = b.fused(weight, wide(further + 16) + wide(back + 16))
        c = c.fused(weight, wide(further + 32) + wide(back + 32))
        d = d.fused(weight, wide(further + 48) + wide(back + 48))
      }
    }
    if count == Self.stretch {
      store(a, result)
      store(b, result + 16)
      store(c, result + 32)
      store(d, result + 48)
    } else {
      let sums = [a, b, c, d]
      for i in 0..<count { result[i] = sums[i >> 4][i & 15] }
    }
  }
}
