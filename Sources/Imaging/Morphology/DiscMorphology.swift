import Kernels

// Grey-scale morphology by a disc (dx² + dy² ≤ radius²), inside the field of view alone: a minimum or maximum is over the
// pixels of the field that the disc covers. Outside `region` results are 0. Cost: about 4 · radius comparisons a pixel and
// extreme.

extension Plane {
  /// The smallest value under a disc of `radius` pixels.
  public func eroded(radius: Int, within region: Mask? = nil) -> Plane {
    extreme(radius: radius, within: region, sign: -1)
  }

  /// The largest value under a disc of `radius` pixels.
  public func dilated(radius: Int, within region: Mask? = nil) -> Plane {
    extreme(radius: radius, within: region, sign: 1)
  }

  /// The opening by a disc of `radius` pixels: what is bright and narrower than the disc goes.
  public func opened(radius: Int, within region: Mask? = nil) -> Plane {
    eroded(radius: radius, within: region).dilated(radius: radius, within: region)
  }

  /// The closing by a disc of `radius` pixels: what is dark and narrower than the disc goes.
  public func closed(radius: Int, within region: Mask? = nil) -> Plane {
    dilated(radius: radius, within: region).eroded(radius: radius, within: region)
  }

  /// What an opening takes away: bright and narrower than the disc.
  public func whiteTopHat(radius: Int, within region: Mask? = nil) -> Plane {
    let opened = opened(radius: radius, within: region)
    return Plane.inside(region, like: self) { pixels[$0] - opened.pixels[$0] }
  }

  /// What a closing adds: dark and narrower than the disc.
  public func blackTopHat(radius: Int, within region: Mask? = nil) -> Plane {
    let closed = closed(radius: radius, within: region)
    return Plane.inside(region, like: self) { closed.pixels[$0] - pixels[$0] }
  }

  /// The largest (`sign` 1) or smallest (−1) value under the disc and in the region; 0 outside the region.
  private func extreme(radius: Int, within region: Mask?, sign: Float) -> Plane {
    precondition(radius >= 0, "a disc has a radius")
    let source = signed(sign, within: region)
    let largest = discMaxima(source, width: width, radius: radius)
    return Plane.inside(region, like: self) { sign * largest[$0] }
  }

  /// The values times `sign` inside the region; −∞ outside it, which no maximum sees.
  func signed(_ sign: Float, within region: Mask?) -> [Float] {
    precondition(region.map { $0.width == width && $0.height == height } ?? true, "the region has the plane's size")
    guard let region else { return sign == 1 ? pixels : pixels.map { sign * $0 } }
    return zip(pixels, region.pixels).map { value, isInside in isInside ? sign * value : -.infinity }
  }
}
