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
  public struct Size: Sendable, Hashable, Codable {
    public var width: Double
    public var height: Double

    public init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  /// An upright rectangle on the page, in points.
  public struct Rectangle: Sendable, Hashable, Codable {
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

/// Outlines have thousands of them: a point is stored as two numbers.
extension Figure.Point: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode([x, y])
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let numbers = try container.decode([Double].self)
    guard numbers.count == 2 else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "a point is two numbers")
    }
    self.init(numbers[0], numbers[1])
  }
}
