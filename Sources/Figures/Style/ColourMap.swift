import Glibc

/// Colours for the values of a plane, from 0 to 1.
public enum ColourMap: String, Sendable, Hashable, Codable {
  case grey
  /// From dark violet through blue and green to yellow; lightness rises evenly, so order survives grey printing.
  case probability

  /// The colour of `value`; those outside [0, 1] take the end colours, NaN a colour of no map.
  public func colour(at value: Float) -> Colour {
    guard !value.isNaN else { return Palette.notANumber }
    let level = Int((min(max(value, 0), 1) * 255).rounded())
    switch self {
    case .grey: return Colour(red: UInt8(level), green: UInt8(level), blue: UInt8(level))
    case .probability: return Self.probabilityColours[level]
    }
  }

  /// Lightness, chroma and hue (degrees) of OKLCh at even steps; between them, straight lines.
  private static let controls: [(lightness: Double, chroma: Double, hue: Double)] = [
    (0.20, 0.085, 305), (0.34, 0.130, 288), (0.48, 0.115, 252), (0.62, 0.105, 200), (0.76, 0.140, 158),
    (0.90, 0.170, 112),
  ]

  private static let probabilityColours: [Colour] = (0..<256).map { level in
    let place = Double(level) / 255 * Double(controls.count - 1)
    let index = min(Int(place), controls.count - 2)
    let part = place - Double(index)
    let (low, high) = (controls[index], controls[index + 1])
    return colour(
      lightness: low.lightness + part * (high.lightness - low.lightness),
      chroma: low.chroma + part * (high.chroma - low.chroma), hue: low.hue + part * (high.hue - low.hue))
  }

  /// From OKLCh to sRGB (B. Ottosson, A perceptual color space for image processing, 2020).
  private static func colour(lightness: Double, chroma: Double, hue: Double) -> Colour {
    let angle = hue * Double.pi / 180
    let (a, b) = (chroma * cos(angle), chroma * sin(angle))
    let cube: (Double) -> Double = { $0 * $0 * $0 }
    let long = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let medium = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let short = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return Colour(
      red: encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
      green: encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
      blue: encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short))
  }

  private static func encoded(_ linear: Double) -> UInt8 {
    let value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
    return UInt8((min(max(value, 0), 1) * 255).rounded())
  }
}
