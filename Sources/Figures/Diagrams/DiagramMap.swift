/// A feature map of a network, as a diagram shows it, with the layer that makes it of other maps.
public struct DiagramMap: Sendable, Hashable {
  /// Written beside the map: what goes into the network or comes out of it.
  public var name: String?
  /// The layer, as `convolution 3×3, relu`; the legend explains each once.
  public var operation: String
  /// Positions of the maps that the layer reads, all before this one; none for an input.
  public var inputs: [Int]
  /// In pixels.
  public var height: Int
  public var width: Int
  public var channels: Int

  public init(name: String? = nil, operation: String, inputs: [Int], height: Int, width: Int, channels: Int) {
    precondition(height > 0 && width > 0 && channels > 0, "a map has pixels and channels")
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.height = height
    self.width = width
    self.channels = channels
  }
}
