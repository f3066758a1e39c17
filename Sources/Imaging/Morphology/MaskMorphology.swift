// Binary morphology by a disc: the pixels whose centres are at most `radius` pixels away, which need not be a whole
// number. Beyond the mask's rim nothing is set and nothing is missing: a set that reaches the rim keeps it under erosion.

extension Mask {
  /// The set grown by `radius` pixels. Cost: an exact distance transform, whatever the radius.
  public func dilated(radius: Double) -> Mask {
    let distances = distances
    return Mask(width: width, height: height, pixels: distances.pixels.map { Double($0) <= radius + Mask.slack })
  }

  /// The set shrunk by `radius` pixels.
  public func eroded(radius: Double) -> Mask { complement.dilated(radius: radius).complement }

  /// What of the set a disc of `radius` pixels inside it reaches: narrow parts go.
  public func opened(radius: Double) -> Mask { eroded(radius: radius).dilated(radius: radius) }

  /// The set with what no disc of `radius` pixels outside it reaches: narrow gaps go.
  public func closed(radius: Double) -> Mask { dilated(radius: radius).eroded(radius: radius) }

  /// The pixels that are not in the set.
  public var complement: Mask { Mask(width: width, height: height, pixels: pixels.map { !$0 }) }

  /// A root of a whole number in 32 bits may be larger than itself.
  private static let slack = 1e-4
}
