/// A colour of the sRGB space with an opacity.
public struct Colour: Sendable, Hashable, Codable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8
  /// 0 is invisible, 1 covers what lies below.
  public var opacity: Double

  public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// From the usual `0xRRGGBB`.
  public init(_ hexadecimal: UInt32, opacity: Double = 1) {
    self.init(
      red: UInt8(truncatingIfNeeded: hexadecimal >> 16), green: UInt8(truncatingIfNeeded: hexadecimal >> 8),
      blue: UInt8(truncatingIfNeeded: hexadecimal), opacity: opacity)
  }

  /// `#rrggbb`, without its opacity.
  public var hexadecimal: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The same colour, more or less transparent.
  public func opacity(_ value: Double) -> Colour {
    Colour(red: red, green: green, blue: blue, opacity: value)
  }

  /// A darker shade for text, which needs more contrast with the page than a line does.
  var forText: Colour {
    let shade: (UInt8) -> UInt8 = { UInt8((Double($0) * 0.72).rounded()) }
    return Colour(red: shade(red), green: shade(green), blue: shade(blue), opacity: opacity)
  }

  /// Perceived brightness in [0, 1] (ITU-R BT.709 weights on the encoded values).
  public var luminance: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }
}
