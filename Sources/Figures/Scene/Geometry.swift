extension Figure {
  /// A place on the page, in points.
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// An extent on the page, in points.
  public struct Size: Sendable, Hashable {
    public var width: Double
    public var height: Double

    public init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  /// An upright rectangle on the page, in points.
  public struct Rectangle: Sendable, Hashable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    public var right: Double { x + width }
    public var bottom: Double { y + height }
    public var center: Point { Point(x + width / 2, y + height / 2) }

    /// The largest rectangle of `width` : `height` that fits inside, centred.
    func fitting(width: Int, height: Int) -> Rectangle {
      let scale = min(self.width / Double(width), self.height / Double(height))
      let fitted = Size(width: Double(width) * scale, height: Double(height) * scale)
      return Rectangle(
        x: x + (self.width - fitted.width) / 2, y: y + (self.height - fitted.height) / 2,
        width: fitted.width, height: fitted.height)
    }
  }
}
