/// Sums over all rectangles that start in the upper left corner (an integral image), of a picture or of its pixels inside
/// a region.
package struct SummedArea {
  private let width: Int
  private let height: Int
  /// [height + 1, width + 1], in double precision.
  private let sums: [Double]
  /// Pixels of the region, of the same shape; none where the region is the picture.
  private let counts: [Int32]?

  package init(_ pixels: [Float], width: Int, within region: [Bool]?) {
    self.width = width
    height = pixels.count / width
    let (height, stride) = (height, width + 1)
    sums = pixels.withBase { pixels in
      written(stride * (height + 1)) { (sums: UnsafeMutablePointer<Double>) in
        sums.update(repeating: 0, count: stride)
        for y in 0..<height {
          let (above, row) = (sums + y * stride + 1, sums + (y + 1) * stride + 1)
          row[-1] = 0
          var sum = 0.0
          if let region {
            region.withBase { region in
              for x in 0..<width {
                sum += region[y * width + x] ? Double(pixels[y * width + x]) : 0
                row[x] = above[x] + sum
              }
            }
          } else {
            for x in 0..<width {
              sum += Double(pixels[y * width + x])
              row[x] = above[x] + sum
            }
          }
        }
      }
    }
    counts = region.map { region in
      region.withBase { region in
        written(stride * (height + 1)) { (counts: UnsafeMutablePointer<Int32>) in
          counts.update(repeating: 0, count: stride)
          for y in 0..<height {
            let (above, row) = (counts + y * stride + 1, counts + (y + 1) * stride + 1)
            row[-1] = 0
            var count: Int32 = 0
            for x in 0..<width {
              count &+= region[y * width + x] ? 1 : 0
              row[x] = above[x] &+ count
            }
          }
        }
      }
    }
  }

  /// The mean around each pixel over what a square of `side` pixels, an odd number, has of the region; 0 where that is
  /// nothing.
  package func means(side: Int) -> [Float] {
    let (width, height, stride, reach) = (width, height, width + 1, side / 2)
    // Windows with all their columns, for which a loop needs no corners.
    let whole = min(reach, width)..<max(min(reach, width), width - reach)
    return sums.withBase { sums in
      written(width * height) { means in
        for y in 0..<height {
          let (top, bottom) = (max(0, y - reach), min(height, y + reach + 1))
          let (upper, lower) = (sums + top * stride, sums + bottom * stride)
          let row = means + y * width
          func sum(_ left: Int, _ right: Int) -> Double { lower[right] - upper[right] - lower[left] + upper[left] }
          if let counts {
            counts.withBase { counts in
              let (over, under) = (counts + top * stride, counts + bottom * stride)
              func mean(_ left: Int, _ right: Int) -> Float {
                let count = under[right] &- over[right] &- under[left] &+ over[left]
                return count > 0 ? Float(sum(left, right) / Double(count)) : 0
              }
              for x in 0..<whole.lowerBound { row[x] = mean(max(0, x - reach), min(width, x + reach + 1)) }
              for x in whole { row[x] = mean(x &- reach, x &+ reach &+ 1) }
              for x in whole.upperBound..<width { row[x] = mean(max(0, x - reach), min(width, x + reach + 1)) }
            }
          } else {
            func mean(_ left: Int, _ right: Int) -> Float {
              Float(sum(left, right) / Double((bottom &- top) &* (right &- left)))
            }
            for x in 0..<whole.lowerBound { row[x] = mean(max(0, x - reach), min(width, x + reach + 1)) }
            for x in whole { row[x] = mean(x &- reach, x &+ reach &+ 1) }
            for x in whole.upperBound..<width { row[x] = mean(max(0, x - reach), min(width, x + reach + 1)) }
          }
        }
      }
    }
  }
}
