import Angiography

/// Bits of a grey level in a portable graymap.
public enum GreyDepth: Int, Sendable, Hashable, CaseIterable {
  case eight = 8
  case sixteen = 16

  /// The level that means white.
  var white: Int { self == .eight ? 255 : 65_535 }
}

extension Figure {
  /// A binary portable graymap (P5).
  ///
  /// A figure that is nothing but one grey image gives that image's own pixels, rounded to `depth`; any other gives
  /// the luminance of the rasterised figure, `scale` pixels to a point. Pixels that are not a number become black.
  public func pgm(depth: GreyDepth = .eight, scale: Double = Figure.defaultScale) throws(FigureError) -> [UInt8] {
    if let plane = soleGreyPixels {
      return Self.graymap(width: plane.width, height: plane.height, depth: depth) { plane.pixels[$0] }
    }
    let pixels = try pixels(scale: scale)
    return Self.graymap(width: pixels.width, height: pixels.height, depth: depth) { index in
      let colour = Colour(
        red: pixels.bytes[index * 4], green: pixels.bytes[index * 4 + 1], blue: pixels.bytes[index * 4 + 2])
      return Float(colour.luminance)
    }
  }

  private static func graymap(width: Int, height: Int, depth: GreyDepth, grey: (Int) -> Float) -> [UInt8] {
    var bytes = Array("P5\n\(width) \(height)\n\(depth.white)\n".utf8)
    bytes.reserveCapacity(bytes.count + width * height * depth.rawValue / 8)
    for index in 0..<width * height {
      let value = grey(index)
      let level = value.isNaN ? 0 : Int((min(max(value, 0), 1) * Float(depth.white)).rounded())
      // Sixteen bits are written with the high byte first.
      if depth == .sixteen { bytes.append(UInt8(level >> 8)) }
      bytes.append(UInt8(level & 0xFF))
    }
    return bytes
  }
}
