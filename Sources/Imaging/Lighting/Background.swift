extension Plane {
  /// The background as a median filter sees it: the median over a square of `side` pixels, an odd number, counting only
  /// pixels inside `region`; 0 outside it. Values are in [0, 1] and told apart to 1/1023.
  ///
  /// The window of 81 pixels at 512² is that of Rasta, Nikfarjam and Javadzadeh. Cost: about the same for any side.
  public func medianBackground(side: Int = 81, within region: Mask? = nil) -> Plane {
    let medians = windowPercentile(50, side: side, within: region)
    return Plane.inside(region, like: self) { medians.pixels[$0] }
  }

  /// The plane with even lighting: each value ÷ its background · the background's mean inside `region`; 0 outside it.
  ///
  /// - Parameters:
  ///   - background: such as `gaussianMean(sigma:within:)` or `medianBackground(side:within:)`.
  ///   - floor: the least background that anything is divided by: an unlit rim has no contrast.
  public func evened(by background: Plane, within region: Mask? = nil, floor: Float = 0.02) -> Plane {
    precondition(background.width == width && background.height == height, "a background has its plane's size")
    let level = background.mean(within: region)
    return Plane.inside(region, like: self) { pixels[$0] / max(background.pixels[$0], floor) * level }
  }
}
