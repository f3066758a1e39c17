import Kernels

extension Plane {
  /// The value below which `rank` per cent of the plane's values in `region` lie, in between two where it falls there;
  /// NumPy's `percentile`. Nil when the region is empty. Cost: linear in the pixels.
  public func percentile(_ rank: Double, within region: Mask? = nil) -> Float? {
    percentiles([rank], within: region)?[0]
  }

  /// Several of them at once.
  public func percentiles(_ ranks: [Double], within region: Mask? = nil) -> [Float]? {
    precondition(ranks.allSatisfy { (0...100).contains($0) }, "ranks are per cent")
    let values = selected(region)
    guard !values.isEmpty else { return nil }
    let places = ranks.map { $0 / 100 * Double(values.count - 1) }
    let neighbours = places.flatMap { [Int($0), min(Int($0) + 1, values.count - 1)] }
    let found = orderStatistics(of: values, at: neighbours).map(Double.init)
    return places.indices.map { index in
      let (low, high) = (found[2 * index], found[2 * index + 1])
      return Float(low + (places[index] - places[index].rounded(.down)) * (high - low))
    }
  }

  /// From the 1st to the 99th percentile of the values in `region`, never empty: a few stray pixels do not stretch it. From 0
  /// where the region is empty.
  public func usualRange(within region: Mask? = nil) -> ClosedRange<Float> {
    let limits = percentiles([1, 99], within: region) ?? [0, 1]
    return limits[0]...max(limits[1], limits[0] + .ulpOfOne)
  }

  /// Counts of values in `bins` bins of equal width over `range`, the last of which has its upper end; values beyond it are
  /// not counted. NumPy's `histogram`.
  public func histogram(bins: Int, over range: ClosedRange<Float>, within region: Mask? = nil) -> [Int] {
    precondition(bins > 0 && range.lowerBound < range.upperBound, "a histogram has bins over a range")
    return Kernels.histogram(of: selected(region), bins: bins, from: range.lowerBound, to: range.upperBound)
  }

  /// The grey level that splits the values in `region` into two classes whose means are farthest apart, weighted by their
  /// shares (Otsu, IEEE Transactions on Systems, Man, and Cybernetics 9, 1979): the middle of the last of `bins` bins of
  /// the lower class. scikit-image's `threshold_otsu`. Nil when the region is empty or has one value only.
  public func otsuLevel(within region: Mask? = nil, bins: Int = 256) -> Float? {
    let values = selected(region)
    guard let (least, most) = extremes(of: values), least < most else { return nil }
    let counts = Kernels.histogram(of: values, bins: bins, from: least, to: most).map(Double.init)
    let width = (Double(most) - Double(least)) / Double(bins)
    let centres = (0..<bins).map { Double(least) + (Double($0) + 0.5) * width }
    let total = counts.reduce(0, +)
    let sum = zip(counts, centres).reduce(0) { $0 + $1.0 * $1.1 }
    var (below, sumBelow, best) = (0.0, 0.0, (index: 0, variance: -1.0))
    for index in 0..<bins - 1 {
      below += counts[index]
      sumBelow += counts[index] * centres[index]
      guard below > 0, below < total else { continue }
      let distance = sumBelow / below - (sum - sumBelow) / (total - below)
      let variance = below * (total - below) * distance * distance
      if variance > best.variance { best = (index, variance) }
    }
    return Float(centres[best.index])
  }

  /// The values in the region.
  private func selected(_ region: Mask?) -> [Float] {
    guard let region else { return pixels }
    precondition(region.width == width && region.height == height, "the region has the plane's size")
    return zip(pixels, region.pixels).compactMap { $1 ? $0 : nil }
  }
}
