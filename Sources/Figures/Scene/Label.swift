extension Figure {
  /// A line of text; its width on the page depends on the machine's font, so nothing else is placed by it.
  public struct Label: Sendable, Hashable, Codable {
    public enum Horizontal: String, Sendable, Hashable, Codable { case left, center, right }
    /// `top` and `middle` refer to the height of capital letters.
    public enum Vertical: String, Sendable, Hashable, Codable { case top, middle, baseline }
    public enum Weight: String, Sendable, Hashable, Codable { case regular, bold }
    public enum Direction: String, Sendable, Hashable, Codable {
      case across
      /// Read from bottom to top, as the label of a vertical axis.
      case upward
    }

    public var text: String
    public var anchor: Point
    public var horizontal: Horizontal
    public var vertical: Vertical
    /// Font size in points.
    public var size: Double
    public var weight: Weight
    public var colour: Colour
    public var direction: Direction
    /// Longer text is set a little smaller, then cut with an ellipsis, when drawn; the scene keeps it whole.
    public var maximumWidth: Double?

    public init(
      _ text: String, at anchor: Point, horizontal: Horizontal = .left, vertical: Vertical = .baseline,
      size: Double = Typography.body, weight: Weight = .regular, colour: Colour = Palette.ink,
      direction: Direction = .across, maximumWidth: Double? = nil
    ) {
      self.text = text
      self.anchor = anchor
      self.horizontal = horizontal
      self.vertical = vertical
      self.size = size
      self.weight = weight
      self.colour = colour
      self.direction = direction
      self.maximumWidth = maximumWidth
    }
  }
}
