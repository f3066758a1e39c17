/// Sums and extremes over a region. Sums run in double precision in an order fixed by the count alone: eight running sums
/// over the octets of each block, folded pairwise, and the blocks' sums one after the other.
public enum Reduction {
  /// Σ f(xᵢ) of up to `count` numbers.
  @inline(__always)
  static func sum(count: Int, _ term: (Int) -> Lanes) -> Double {
    let size = 16384
    let blocks = (count + size - 1) / size
    var partials = [Double](repeating: 0, count: blocks)
    partials.withUnsafeMutableBufferPointer { partials in
      let partials = partials.baseAddress!
      parallel(blocks) { block in
        var low = SIMD4<Double>.zero
        var high = SIMD4<Double>.zero
        forEachOctet(in: (block * size)..<min(count, (block + 1) * size)) { index, used in
          var lanes = term(index)
          for lane in used..<8 { lanes[lane] = 0 }
          low += SIMD4<Double>(lanes.lowHalf)
          high += SIMD4<Double>(lanes.highHalf)
        }
        let folded = low + high
        partials[block] = (folded[0] + folded[2]) + (folded[1] + folded[3])
      }
    }
    return partials.reduce(0, +)
  }

  public static func sum(_ x: Region) -> Double {
    guard x.count > 0 else { return 0 }
    let base = x.base
    return sum(count: x.count) { load(base + $0) }
  }

  /// The smallest number; NaN when there is one; +∞ of none.
  public static func minimum(_ x: Region) -> Float {
    var least = Float.infinity
    for index in 0..<x.count {
      let value = x.base[index]
      if value.isNaN { return value }
      if value < least { least = value }
    }
    return least
  }

  /// The largest number; NaN when there is one; −∞ of none.
  public static func maximum(_ x: Region) -> Float {
    var most = -Float.infinity
    for index in 0..<x.count {
      let value = x.base[index]
      if value.isNaN { return value }
      if value > most { most = value }
    }
    return most
  }

  /// Whether no number is NaN or infinite.
  public static func isFinite(_ x: Region) -> Bool {
    for index in 0..<x.count where !x.base[index].isFinite { return false }
    return true
  }
}
