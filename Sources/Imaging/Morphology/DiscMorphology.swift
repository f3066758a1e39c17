// Grey-scale morphology by a disc, inside the field of view alone: a minimum or maximum is over the pixels of the field
// that the disc covers.

extension Plane {
  /// The opening by a disc of `radius` pixels (dx² + dy² ≤ radius²): what is bright and narrower than the disc goes.
  ///
  /// Outside `region` it is 0. Cost: about 5 · radius comparisons a pixel.
  public func opened(radius: Int, within region: Mask? = nil) -> Plane {
    let eroded = extreme(radius: radius, within: region, sign: -1)
    return eroded.extreme(radius: radius, within: region, sign: 1)
  }

  /// The closing by a disc of `radius` pixels: what is dark and narrower than the disc goes. 0 outside `region`.
  public func closed(radius: Int, within region: Mask? = nil) -> Plane {
    let dilated = extreme(radius: radius, within: region, sign: 1)
    return dilated.extreme(radius: radius, within: region, sign: -1)
  }

  /// The largest (`sign` 1) or smallest (−1) value under the disc and in the region; 0 outside the region.
  private func extreme(radius: Int, within region: Mask?, sign: Float) -> Plane {
    let nothing = -Float.infinity
    var source = pixels
    for i in source.indices { source[i] = region?.pixels[i] ?? true ? sign * source[i] : nothing }
    var result = [Float](repeating: nothing, count: source.count)
    // Row by row of the disc, from its poles (narrow) to its middle (wide): the maximum over a wider row segment grows
    // from that over a narrower one.
    var segments = source
    var halfWidth = 0
    for offset in stride(from: radius, through: 0, by: -1) {
      let wanted = discHalfWidth(radius: radius, offset: offset)
      while halfWidth < wanted {
        halfWidth += 1
        widen(&segments, with: source, by: halfWidth)
      }
      raise(&result, with: segments, offset: offset)
      if offset > 0 { raise(&result, with: segments, offset: -offset) }
    }
    for i in result.indices { result[i] = region?.pixels[i] ?? true ? sign * result[i] : 0 }
    return Plane(width: width, height: height, pixels: result)
  }

  /// Takes in the two pixels at `reach` to the left and right.
  private func widen(_ segments: inout [Float], with source: [Float], by reach: Int) {
    guard reach < width else { return }
    for y in 0..<height {
      let row = y * width
      for x in row..<row + width - reach { segments[x] = larger(segments[x], source[x + reach]) }
      for x in row + reach..<row + width { segments[x] = larger(segments[x], source[x - reach]) }
    }
  }

  /// Takes in the segments of the row `offset` further down.
  private func raise(_ result: inout [Float], with segments: [Float], offset: Int) {
    for y in max(0, -offset)..<max(0, -offset, min(height, height - offset)) {
      let (row, other) = (y * width, (y + offset) * width)
      for x in 0..<width { result[row + x] = larger(result[row + x], segments[other + x]) }
    }
  }
}

/// Without `max`'s care for NaN, which keeps a loop from being vectorised.
@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float { a > b ? a : b }

/// The largest dx with dx² + offset² ≤ radius².
private func discHalfWidth(radius: Int, offset: Int) -> Int {
  var dx = 0
  while (dx + 1) * (dx + 1) + offset * offset <= radius * radius { dx += 1 }
  return dx
}
