import Imaging

// How far a pixel is from a threshold, as something like a probability: 0.5 at the threshold itself.

extension Plane {
  /// By the rank of each value in the region: 0.5 at the percentile, 1 at the largest value, 0 at the smallest.
  func chances(above percentile: Double, within region: Mask) -> Plane {
    ranked(within: region) { rank in
      let limit = Float(percentile / 100)
      return rank >= limit ? 0.5 + 0.5 * (rank - limit) / max(1 - limit, .ulpOfOne) : 0.5 * rank / max(limit, .ulpOfOne)
    }
  }

  /// The same turned over: 1 at the smallest value.
  func chances(below percentile: Double, within region: Mask) -> Plane {
    ranked(within: region) { rank in
      let limit = Float(percentile / 100)
      return rank <= limit
        ? 1 - 0.5 * rank / max(limit, .ulpOfOne) : 0.5 * (1 - rank) / max(1 - limit, .ulpOfOne)
    }
  }

  /// 1 − v ÷ 2·level, in [0, 1].
  func chances(belowLevel level: Float) -> Plane {
    Plane(
      width: width, height: height, pixels: pixels.map { level > 0 ? min(1, max(0, 1 - $0 / (2 * level))) : 0 })
  }

  /// The least of several in each pixel of the region: where one criterion fails, all do.
  static func least(of planes: [Plane], within region: Mask) -> Plane {
    var result = planes[0]
    for plane in planes.dropFirst() {
      for i in result.pixels.indices { result.pixels[i] = min(result.pixels[i], plane.pixels[i]) }
    }
    for i in result.pixels.indices where !region.pixels[i] { result.pixels[i] = 0 }
    return result
  }

  /// With components of 0.5 and more that have fewer than `area` pixels brought below that.
  func withoutSmallMarks(_ area: Int) -> Plane {
    let marked = Mask(self, atLeast: 0.5)
    let kept = marked.withoutComponents(smallerThan: area)
    var result = self
    for i in pixels.indices where marked.pixels[i] && !kept.pixels[i] { result.pixels[i] *= 0.499 }
    return result
  }

  /// The share of the region's values that are smaller, with half of the equal ones, as `form` makes of it; 0 outside.
  private func ranked(within region: Mask, _ form: (Float) -> Float) -> Plane {
    // A value with its place in one number, whose order is that of the values.
    let order = pixels.indices.filter { region.pixels[$0] }.map { place in
      let bits = pixels[place].bitPattern
      return UInt64(bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits) << 32 | UInt64(place)
    }.sorted()
    var result = Plane(width: width, height: height)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end] >> 32 == order[start] >> 32 { end += 1 }
      let value = form(Float(start + end - 1) / Float(2 * max(1, order.count - 1)))
      for entry in order[start..<end] { result.pixels[Int(entry & 0xFFFF_FFFF)] = value }
      start = end
    }
    return result
  }
}
