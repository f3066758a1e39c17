// Statistics of a neighbourhood that count pixels of the field of view alone (normalised convolution): what lies outside
// the field never leaks in, and a window at its rim is simply smaller.

extension Plane {
  /// The standard deviation around each pixel over a square of `side` pixels, an odd number, counting only pixels
  /// inside `region`; 0 where the square holds none of them.
  ///
  /// Cost: two window means, whatever the side.
  public func windowDeviation(side: Int, within region: Mask? = nil) -> Plane {
    // About the plane's own mean the squares stay small, and so does what their difference loses.
    let centre = mean(within: region)
    var shifted = self
    for i in pixels.indices { shifted.pixels[i] -= centre }
    var squares = shifted
    for i in pixels.indices { squares.pixels[i] *= squares.pixels[i] }
    let means = shifted.windowMean(side: side, within: region)
    var result = squares.windowMean(side: side, within: region)
    for i in pixels.indices {
      result.pixels[i] = max(0, result.pixels[i] - means.pixels[i] * means.pixels[i]).squareRoot()
    }
    return result
  }

  /// The mean over `region`; 0 when it is empty.
  func mean(within region: Mask?) -> Float {
    var sum = 0.0
    var count = 0
    for i in pixels.indices where region?.pixels[i] ?? true {
      sum += Double(pixels[i])
      count += 1
    }
    return count == 0 ? 0 : Float(sum / Double(count))
  }

  /// The value below which `rank` per cent of the pixels around lie, over a square of `side` pixels, an odd number, that
  /// are inside `region`; 0 where there are none. Values are in [0, 1] and told apart to 1/1023.
  ///
  /// Of n pixels it is number ⌊rank/100 · n⌋ in ascending order, counted from 0, at most the last (SciPy's
  /// `percentile_filter`). Cost: a histogram that slides along each row, 2 · side updates a pixel.
  public func windowPercentile(_ rank: Double, side: Int, within region: Mask? = nil) -> Plane {
    precondition(side > 0 && side % 2 == 1, "a window has a middle pixel")
    let reach = side / 2
    var bins = [Int](repeating: -1, count: pixels.count)
    for i in pixels.indices where region?.pixels[i] ?? true {
      bins[i] = Int((min(max(pixels[i], 0), 1) * 1023).rounded())
    }
    var result = [Float](repeating: 0, count: pixels.count)
    for y in 0..<height {
      let rows = max(0, y - reach)..<min(height, y + reach + 1)
      var histogram = SlidingHistogram()
      for x in 0..<min(reach, width) { for row in rows { histogram.add(bins[row * width + x]) } }
      for x in 0..<width {
        if x + reach < width { for row in rows { histogram.add(bins[row * width + x + reach]) } }
        if x > reach { for row in rows { histogram.remove(bins[row * width + x - reach - 1]) } }
        guard histogram.count > 0 else { continue }
        let position = min(Int(rank / 100 * Double(histogram.count)), histogram.count - 1)
        result[y * width + x] = Float(histogram.value(at: position)) / 1023
      }
    }
    return Plane(width: width, height: height, pixels: result)
  }
}

/// Counts of 1024 values that keep their place: neighbouring windows have neighbouring percentiles.
private struct SlidingHistogram {
  private var counts = [Int32](repeating: 0, count: 1024)
  private(set) var count = 0
  private var current = 0
  /// How many values are below `current`.
  private var below = 0

  /// A negative value is none.
  mutating func add(_ value: Int) {
    guard value >= 0 else { return }
    counts[value] += 1
    count += 1
    if value < current { below += 1 }
  }

  mutating func remove(_ value: Int) {
    guard value >= 0 else { return }
    counts[value] -= 1
    count -= 1
    if value < current { below -= 1 }
  }

  /// The value at a position of the ascending order, 0 ..< count.
  mutating func value(at position: Int) -> Int {
    while below > position {
      current -= 1
      below -= Int(counts[current])
    }
    while below + Int(counts[current]) <= position {
      below += Int(counts[current])
      current += 1
    }
    return current
  }
}
