extension Plane {
  /// The mean around each pixel over a square of `side` pixels, an odd number, counting only pixels inside `region`
  /// and inside the image; 0 where the square holds none of them.
  ///
  /// Cost: a fixed number of additions a pixel, whatever the side.
  public func windowMean(side: Int, within region: Mask? = nil) -> Plane {
    precondition(side > 0 && side % 2 == 1, "a window has a middle pixel")
    precondition(region.map { $0.width == width && $0.height == height } ?? true, "the region has the plane's size")
    let sums = SummedArea(width: width, height: height) { i in region?.pixels[i] ?? true ? Double(pixels[i]) : 0 }
    let counts = SummedArea(width: width, height: height) { i in region?.pixels[i] ?? true ? 1 : 0 }
    let reach = side / 2
    var means = [Float](repeating: 0, count: pixels.count)
    for y in 0..<height {
      let rows = max(0, y - reach)..<min(height, y + reach + 1)
      for x in 0..<width {
        let columns = max(0, x - reach)..<min(width, x + reach + 1)
        let count = counts.sum(rows, columns)
        if count > 0 { means[y * width + x] = Float(sums.sum(rows, columns) / count) }
      }
    }
    return Plane(width: width, height: height, pixels: means)
  }
}

/// Sums over all rectangles that start in the upper left corner (an integral image).
private struct SummedArea {
  private let stride: Int
  private var sums: [Double]

  init(width: Int, height: Int, value: (Int) -> Double) {
    stride = width + 1
    sums = [Double](repeating: 0, count: (width + 1) * (height + 1))
    for y in 0..<height {
      var row = 0.0
      for x in 0..<width {
        row += value(y * width + x)
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row
      }
    }
  }

  func sum(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
    sums[rows.upperBound * stride + columns.upperBound] - sums[rows.lowerBound * stride + columns.upperBound]
      - sums[rows.upperBound * stride + columns.lowerBound] + sums[rows.lowerBound * stride + columns.lowerBound]
  }
}
