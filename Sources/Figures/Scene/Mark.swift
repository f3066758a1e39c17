extension Figure {
  /// A line or an area.
  public struct Mark: Sendable, Hashable, Codable {
    public enum Shape: Sendable, Hashable, Codable {
      case polyline([Point])
      /// Closed rings; where rings lie inside one another, inside and outside alternate.
      case polygon([[Point]])
      case rectangle(Rectangle)
      case circle(center: Point, radius: Double)
    }

    /// What it stands for: `truth`, a series' name, `axis`, `grid`.
    public var name: String
    public var shape: Shape
    public var stroke: Stroke?
    public var fill: Colour?

    public init(_ name: String, _ shape: Shape, stroke: Stroke? = nil, fill: Colour? = nil) {
      self.name = name
      self.shape = shape
      self.stroke = stroke
      self.fill = fill
    }
  }

  /// How a line is drawn.
  public struct Stroke: Sendable, Hashable, Codable {
    public var colour: Colour
    /// In points.
    public var width: Double
    /// Lengths of dashes and gaps in turn, in points; empty for a solid line.
    public var dash: [Double]
    /// Drawn beneath, wider than the line, so that it shows on dark and on bright ground.
    public var halo: Colour?

    public init(_ colour: Colour, width: Double = 1, dash: [Double] = [], halo: Colour? = nil) {
      self.colour = colour
      self.width = width
      self.dash = dash
      self.halo = halo
    }
  }
}
