import Imaging

extension Figure {
  /// Regions of a picture, each in a colour of its own, on black.
  public static func regions(_ regions: LabelMap, caption: String? = nil) -> Figure {
    image(ColourPixels(regions), interpolation: .nearest, caption: caption)
  }
}

extension ColourPixels {
  /// A colour a region; black where there is none. Neighbouring numbers get colours far apart: their hues are a golden angle
  /// from each other.
  init(_ regions: LabelMap) {
    let table = [Colour.black] + (0..<regions.count).map(Colour.ofRegion)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * regions.labels.count)
    for label in regions.labels {
      let colour = table[Int(label)]
      bytes += [colour.red, colour.green, colour.blue, 255]
    }
    self.init(width: regions.width, height: regions.height, bytes: bytes)
  }
}

extension Colour {
  fileprivate static let black = Colour(0x000000)

  /// Of the region of that place: hue by the golden angle, lightness in three steps.
  fileprivate static func ofRegion(_ place: Int) -> Colour {
    let hue = (Double(place) * 0.381966011250105).truncatingRemainder(dividingBy: 1)
    let value = [0.95, 0.7, 0.85][place % 3]
    func channel(_ ramp: Double) -> UInt8 {
      UInt8((255 * value * (0.25 + 0.75 * min(1, max(0, ramp)))).rounded())
    }
    return Colour(
      red: channel(abs(6 * hue - 3) - 1), green: channel(2 - abs(6 * hue - 2)), blue: channel(2 - abs(6 * hue - 4)))
  }
}
