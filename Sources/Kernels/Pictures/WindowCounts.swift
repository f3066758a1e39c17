/// Histograms of the square windows around all pixels, each seen once as it slides by: counts of columns slide down, the
/// window's own along. They are floats, whole and so exact below 2²⁴ pixels a window.
package struct WindowCounts: Sendable {
  /// Of each pixel 0 ..< `levels`; negative where it does not count.
  private let bins: [Int16]
  private let width: Int
  private let side: Int
  private let levels: Int
  /// Levels in whole vectors; those beyond `levels` count nothing.
  private let vectors: Int

  package init(_ bins: [Int16], width: Int, side: Int, levels: Int) {
    precondition(side > 0 && side % 2 == 1, "a window has a middle pixel")
    self.bins = bins
    self.width = width
    self.side = side
    self.levels = levels
    vectors = (levels + 15) / 16
  }

  /// Σ p² over the levels, p a level's share of the window; 0 where it holds nothing.
  package func uniformities() -> [Float] {
    written(bins.count) { result in
      forEachWindow(isCumulative: false) { pixel, counts, total in
        var squares = Wide.zero
        for v in 0..<vectors { squares += counts[v] * counts[v] }
        result[pixel] = total > 0 ? squares.sum() / (total * total) : 0
      }
    }
  }

  /// −Σ p log₂ p in bits; 0 where the window holds nothing.
  package func entropies() -> [Float] {
    // n · entropy = n log n − Σ c log c, with c log c by table.
    let largest = min(side * side, bins.count)
    let table = (0...largest).map { $0 == 0 ? 0 : Double($0) * Elementary.log(Double($0)) * 1.442_695_040_888_963_4 }
    return table.withBase { table in
      written(bins.count) { result in
        forEachWindow(isCumulative: false) { pixel, counts, total in
          guard total > 0 else {
            result[pixel] = 0
            return
          }
          let counts = UnsafeRawPointer(counts).assumingMemoryBound(to: Float.self)
          var (even, odd) = (0.0, 0.0)
          for level in stride(from: 0, to: 16 &* vectors, by: 2) {
            even += table[Int(counts[level])]
            odd += table[Int(counts[level &+ 1])]
          }
          result[pixel] = Float(max(0, (table[Int(total)] - (even + odd)) / Double(total)))
        }
      }
    }
  }

  /// The share of each window that is in lower levels than its middle, half of those in the same one counted; 0 for pixels that
  /// do not count.
  package func ranks() -> [Float] {
    bins.withBase { bins in
      written(self.bins.count) { result in
        forEachWindow(isCumulative: true) { pixel, counts, total in
          let bin = Int(bins[pixel])
          guard bin >= 0, total > 0 else {
            result[pixel] = 0
            return
          }
          let counts = UnsafeRawPointer(counts).assumingMemoryBound(to: Float.self)
          let below = bin > 0 ? counts[bin &- 1] : 0
          result[pixel] = 0.5 * (below + counts[bin]) / total
        }
      }
    }
  }

  /// The distances between the window's histogram and others, each of as many shares as there are levels: Σ |F − G| over
  /// the levels, of the two sums of shares up to each; 0 where the window holds nothing. One picture a histogram.
  package func distances(to histograms: [[Float]]) -> [[Float]] {
    let cumulative = histograms.map { shares in
      var sum: Float = 0
      let sums = shares.map { share in
        sum += share
        return sum
      }
      return (0..<vectors).map { v in
        // Beyond the levels the window's own sum is 1.
        Wide((0..<16).map { 16 * v + $0 < levels ? sums[16 * v + $0] : 1 })
      }
    }
    var results = histograms.map { _ in [Float](repeating: 0, count: bins.count) }
    for index in results.indices {
      results[index].withMutableBase { result in
        cumulative[index].withBase { other in
          forEachWindow(isCumulative: true) { pixel, counts, total in
            guard total > 0 else { return }
            let inverse = 1 / total
            var sum = Wide.zero
            for v in 0..<vectors {
              let difference = counts[v] * inverse - other[v]
              sum += difference.replacing(with: -difference, where: difference .< 0)
            }
            result[pixel] = sum.sum()
          }
        }
      }
    }
    return results
  }

  /// Of one weight a pixel: the weighted mean of the windows' histograms, `levels` shares that sum to 1; nil where no
  /// window with weight holds anything.
  package func meanHistogram(weights: [Float]) -> [Float]? {
    var sums = [Double](repeating: 0, count: 16 * vectors)
    var whole = 0.0
    weights.withBase { weights in
      sums.withMutableBase { sums in
        forEachWindow(isCumulative: false) { pixel, counts, total in
          guard total > 0, weights[pixel] > 0 else { return }
          let counts = UnsafeRawPointer(counts).assumingMemoryBound(to: Float.self)
          let weight = Double(weights[pixel])
          let share = weight / Double(total)
          for level in 0..<16 &* vectors { sums[level] += share * Double(counts[level]) }
          whole += weight
        }
      }
    }
    return whole > 0 ? sums[0..<levels].map { Float($0 / whole) } : nil
  }

  /// - Parameter isCumulative: whether a count is of all pixels at or below its level.
  @inline(__always)
  private func forEachWindow(isCumulative: Bool, _ visit: (Int, UnsafePointer<Wide>, Float) -> Void) {
    let (width, height, reach, vectors) = (width, bins.count / width, side / 2, vectors)
    bins.withBase { bins in
      withScratch((width + 1) * vectors, filledWith: Wide.zero) { columns in
        withScratch(width + 1, filledWith: Float(0)) { columnTotals in
          let window = columns + width * vectors
          func count(_ y: Int, _ step: Float) {
            for x in 0..<width where bins[y * width + x] >= 0 {
              let bin = Int(bins[y * width + x])
              columnTotals[x] += step
              let column = columns + x * vectors
              if isCumulative {
                for v in 0..<vectors {
                  let from = Wide(repeating: Float(bin &- 16 &* v))
                  column[v] += Wide.zero.replacing(with: step, where: ascending .>= from)
                }
              } else {
                UnsafeMutableRawPointer(column).assumingMemoryBound(to: Float.self)[bin] += step
              }
            }
          }
          for y in 0..<min(reach, height) { count(y, 1) }
          for y in 0..<height {
            if y + reach < height { count(y + reach, 1) }
            if y > reach { count(y - reach - 1, -1) }
            window.update(repeating: .zero, count: vectors)
            var total: Float = 0
            func slide(_ x: Int, _ step: Float) {
              for v in 0..<vectors { window[v] += step * columns[x &* vectors &+ v] }
              total += step * columnTotals[x]
            }
            for x in 0..<min(reach, width) { slide(x, 1) }
            for x in 0..<width {
              if x + reach < width { slide(x + reach, 1) }
              if x > reach { slide(x - reach - 1, -1) }
              visit(y &* width &+ x, window, total)
            }
          }
        }
      }
    }
  }
}

private let ascending = SIMD16<Float>((0..<16).map(Float.init))
