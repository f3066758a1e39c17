import Angiography
import Imaging

extension Figure {
  /// An image placed in a rectangle of the page.
  public struct Layer: Sendable, Hashable, Codable {
    /// The pixels that a comparison looks at.
    public enum Content: Sendable, Hashable, Codable {
      /// A plane shown through a colour map; values outside `range` take its end colours, NaN its own colour.
      case plane(Plane, ColourMap, range: ClosedRange<Float> = 0...1)
      case colour(ColourPixels)
    }

    /// How pixels are enlarged; shrinking always averages.
    public enum Interpolation: String, Sendable, Hashable, Codable {
      /// Every pixel a sharp square: masks and label maps.
      case nearest
      case smooth
    }

    public var content: Content
    public var frame: Rectangle
    public var interpolation: Interpolation

    public init(_ content: Content, in frame: Rectangle, interpolation: Interpolation = .smooth) {
      self.content = content
      self.frame = frame
      self.interpolation = interpolation
    }

    public var width: Int {
      switch content {
      case .plane(let plane, _, _): plane.width
      case .colour(let pixels): pixels.width
      }
    }

    public var height: Int {
      switch content {
      case .plane(let plane, _, _): plane.height
      case .colour(let pixels): pixels.height
      }
    }
  }
}

/// An image of 8-bit red, green, blue and alpha (not premultiplied): `bytes[(y · width + x) · 4 + channel]`.
public struct ColourPixels: Sendable, Hashable {
  public let width: Int
  public let height: Int
  public var bytes: [UInt8]

  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == width * height * 4, "a colour image holds 4 bytes a pixel")
    self.width = width
    self.height = height
    self.bytes = bytes
  }
}

extension ColourPixels: Codable {
  private enum CodingKeys: CodingKey { case width, height, bytes }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let (width, height) = try (fields.decode(Int.self, forKey: .width), fields.decode(Int.self, forKey: .height))
    let bytes = try fields.decode([UInt8].self, forKey: .bytes)
    guard (1...1 << 24).contains(width), (1...1 << 24).contains(height), bytes.count == width * height * 4 else {
      throw DecodingError.dataCorruptedError(forKey: .bytes, in: fields, debugDescription: "not 4 bytes a pixel")
    }
    self.init(width: width, height: height, bytes: bytes)
  }
}
