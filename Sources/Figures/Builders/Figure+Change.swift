import Angiography
import Imaging

extension Figure {
  /// What was gained, lost and stable between two visits, on the baseline; what borders explain in the same colours, lighter.
  ///
  /// - Throws: `figure-sizes-differ`.
  public static func change(_ change: Change, on image: Plane, caption: String? = nil) throws(FigureError) -> Figure {
    try change.common.check(on: image, what: "the change")
    let space = Rectangle(x: 0, y: 0, width: pictureSide, height: pictureSide)
      .fitting(width: image.width, height: image.height)
    var sheet = Sheet(width: pictureSide + 2 * Sheet.margin, title: nil)
    let frame = Rectangle(
      x: Sheet.margin + (pictureSide - space.width) / 2, y: sheet.y, width: space.width, height: space.height)
    sheet.layers.append(Layer(.plane(image, .grey, range: image.drawnRange), in: frame))
    sheet.layers.append(Layer(.colour(colours(of: change)), in: frame, interpolation: .nearest))
    sheet.y += space.height
    sheet.addLegend([
      LegendEntry(sign: .area(Palette.gained), text: "gained"), LegendEntry(sign: .area(Palette.lost), text: "lost"),
      LegendEntry(sign: .area(Palette.stable), text: "stable"),
      LegendEntry(sign: .area(Palette.gained.opacity(faint)), text: "gained or lost, but within what borders explain"),
      LegendEntry(sign: .area(Palette.black.opacity(outside)), text: "not in both"),
    ])
    return sheet.figure(caption: caption)
  }

  private static let veil = 0.6
  /// Of what is not in both.
  private static let outside = 0.43
  private static let faint = 0.3

  private static func colours(of change: Change) -> ColourPixels {
    let common = change.common
    var bytes = [UInt8](repeating: 0, count: 4 * common.pixels.count)
    func set(_ index: Int, _ colour: Colour, _ opacity: Double) {
      bytes[4 * index] = colour.red
      bytes[4 * index + 1] = colour.green
      bytes[4 * index + 2] = colour.blue
      bytes[4 * index + 3] = UInt8((255 * opacity).rounded())
    }
    for index in common.pixels.indices {
      if !common.pixels[index] {
        set(index, Palette.black, outside)
      } else if change.stable.pixels[index] {
        set(index, Palette.stable, veil)
      } else if change.gained.pixels[index] {
        set(index, Palette.gained, veil)
      } else if change.lost.pixels[index] {
        set(index, Palette.lost, veil)
      } else if change.uncertainGained.pixels[index] {
        set(index, Palette.gained, faint)
      } else if change.uncertainLost.pixels[index] {
        set(index, Palette.lost, faint)
      }
    }
    return ColourPixels(width: common.width, height: common.height, bytes: bytes)
  }
}
