/// Channels of a convolution's input, read from a stored map on the way: each stored number x becomes
/// f(factor[channel]·x + term[channel]), each pixel `repeats` × `repeats` of them (nearest-neighbour upsampling).
///
/// Several parts side by side are a concatenation that nobody has to write out.
public struct MapPart: Sendable {
  /// As stored: `[batch, height / repeats, width / repeats, channels]`.
  public var map: Region
  public var channels: Int
  /// Factors, then terms, `[2, channels]`; nil leaves the numbers as they are.
  public var normalization: Region?
  public var activation: Activation?
  public var repeats: Int

  public init(
    _ map: Region, channels: Int, normalization: Region? = nil, activation: Activation? = nil, repeats: Int = 1
  ) {
    self.map = map
    self.channels = channels
    self.normalization = normalization
    self.activation = activation
    self.repeats = repeats
  }
  /// The same of one image of `batch`.
  public func image(_ index: Int, of batch: Int) -> MapPart {
    var part = self
    part.map = map.image(index, of: batch)
    return part
  }
}
