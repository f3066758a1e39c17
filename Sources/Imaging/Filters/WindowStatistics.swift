import Kernels

// Statistics of a neighbourhood that count pixels of the field of view alone (normalised convolution): what lies outside
// the field never leaks in, and a window at its rim is simply smaller.

extension Plane {
  /// The standard deviation around each pixel over a square of `side` pixels, an odd number, counting only pixels
  /// inside `region`; 0 where the square holds none of them.
  ///
  /// Cost: two window means, whatever the side.
  public func windowDeviation(side: Int, within region: Mask? = nil) -> Plane {
    // About the plane's own mean the squares stay small, and so does what their difference loses; what is far from it is
    // scaled, so that no square is beyond a float.
    let centre = mean(within: region)
    var shifted = self
    for i in pixels.indices { shifted.pixels[i] = region?.pixels[i] ?? true ? shifted.pixels[i] - centre : 0 }
    let largest = shifted.pixels.reduce(0) { max($0, abs($1)) }
    let scale: Float = largest > 1e6 ? largest : 1
    if scale > 1 { for i in pixels.indices { shifted.pixels[i] /= scale } }
    var squares = shifted
    for i in pixels.indices { squares.pixels[i] *= squares.pixels[i] }
    let means = shifted.windowMean(side: side, within: region)
    var result = squares.windowMean(side: side, within: region)
    for i in pixels.indices {
      result.pixels[i] = scale * max(0, result.pixels[i] - means.pixels[i] * means.pixels[i]).squareRoot()
    }
    return result
  }

  /// The mean over `region`; 0 when it is empty.
  package func mean(within region: Mask?) -> Float {
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
  /// `percentile_filter`). Cost: about the same for any side (Perreault and Hébert 2007).
  public func windowPercentile(_ rank: Double, side: Int, within region: Mask? = nil) -> Plane {
    precondition(side > 0 && side % 2 == 1, "a window has a middle pixel")
    let steps = Float(WindowRank.levels - 1)
    let bins = binned(over: 0...1, within: region) { Int16(($0 * steps).rounded()) }
    let values = WindowRank(bins, width: width).values(share: rank / 100, side: side)
    return Plane(width: width, height: height, pixels: values.map { $0 < 0 ? 0 : Float($0) / steps })
  }

  /// The bin of each value, brought into `range` and told as its share of that; −1 outside the region.
  func binned(over range: ClosedRange<Float>, within region: Mask?, _ bin: (Float) -> Int16) -> [Int16] {
    precondition(region.map { $0.width == width && $0.height == height } ?? true, "the region has the plane's size")
    let length = range.upperBound - range.lowerBound
    func share(_ value: Float) -> Float {
      length > 0 ? min(max((value - range.lowerBound) / length, 0), 1) : 0
    }
    guard let region else { return pixels.map { bin(share($0)) } }
    return zip(pixels, region.pixels).map { value, isInside in isInside ? bin(share(value)) : -1 }
  }
}
