import Imaging

extension Plane {
  /// Vessels wider than capillaries: what a disc of 2 px fits into, brighter than its surround by more than Otsu's level of that.
  /// All sizes are at 512 px; in small images no vessel is less than 25 px, or its surround within less than 3 px of it.
  func largeVessels(within fieldOfView: Mask, scale: ImageScale) -> Mask {
    let wide = opened(radius: scale.length(2), within: fieldOfView)
      .whiteTopHat(radius: scale.length(8, atLeast: 3), within: fieldOfView)
    guard let level = wide.otsuLevel(within: fieldOfView) else { return Mask(width: width, height: height) }
    return Mask(wide, atLeast: level).intersection(fieldOfView).withoutComponents(
      smallerThan: scale.area(100, atLeast: 25)
    )
    .dilated(radius: Double(scale.length(2))).intersection(fieldOfView)
  }

  /// With what is brighter than `factor` times the field's median brought down to that: vessels would outweigh all else.
  func clipped(aboveMedianTimes factor: Float, within fieldOfView: Mask) -> Plane {
    guard let median = percentile(50, within: fieldOfView), median > 0 else { return self }
    return Plane(width: width, height: height, pixels: pixels.map { min($0, factor * median) })
  }
}
