import Angiography
import Imaging

extension Figure {
  /// Two visits of one eye in one frame: squares of both by turns, and both on each other in two colours that make grey where
  /// they are alike.
  ///
  /// - Parameters:
  ///   - baseline: grey in [0, 1].
  ///   - followUp: in the baseline's frame.
  ///   - field: where both show retina; outside it is dark.
  /// - Throws: `figure-sizes-differ`.
  public static func registration(
    baseline: Plane, followUp: Plane, field: Mask, caption: String? = nil
  ) throws(FigureError) -> Figure {
    try field.check(on: baseline, what: "the field of view")
    try field.check(on: followUp, what: "the field of view")
    let side = reportWidth / 2 - Sheet.margin - Sheet.gap / 2
    let space = Rectangle(x: 0, y: 0, width: side, height: side).fitting(width: baseline.width, height: baseline.height)
    var sheet = Sheet(width: reportWidth, title: nil)
    let (first, second) = (
      baseline.relative(to: field, within: field), followUp.relative(to: field, within: field)
    )
    for (column, pixels) in [squares(first, second), inTwoColours(first, second)].enumerated() {
      let left = Sheet.margin + Double(column) * (side + Sheet.gap) + (side - space.width) / 2
      sheet.layers.append(
        Layer(.colour(pixels), in: Rectangle(x: left, y: sheet.y, width: space.width, height: space.height)))
    }
    sheet.y += space.height
    sheet.addLegend([
      LegendEntry(sign: .area(Palette.baseline), text: "brighter in the baseline"),
      LegendEntry(sign: .area(Palette.followUp), text: "brighter in the follow-up"),
      LegendEntry(sign: .area(Palette.fieldOfView), text: "alike in both; left: both in squares by turns"),
    ])
    return sheet.figure(caption: caption)
  }

  private static func squares(_ first: Plane, _ second: Plane) -> ColourPixels {
    // Eight squares along the longer side.
    let square = max(1, (max(first.width, first.height) + 7) / 8)
    return coloured(first) { index in
      let isFirst = (index % first.width / square + index / first.width / square) % 2 == 0
      let grey = isFirst ? first.pixels[index] : second.pixels[index]
      return SIMD3(repeating: grey)
    }
  }

  private static func inTwoColours(_ first: Plane, _ second: Plane) -> ColourPixels {
    let (one, other) = (Palette.baseline.channels, Palette.followUp.channels)
    return coloured(first) { first.pixels[$0] * one + second.pixels[$0] * other }
  }

  private static func coloured(_ like: Plane, _ colour: (Int) -> SIMD3<Float>) -> ColourPixels {
    var bytes = [UInt8](repeating: 255, count: 4 * like.pixels.count)
    for index in like.pixels.indices {
      let channels = colour(index)
      for channel in 0..<3 { bytes[4 * index + channel] = UInt8((255 * min(1, max(0, channels[channel]))).rounded()) }
    }
    return ColourPixels(width: like.width, height: like.height, bytes: bytes)
  }
}

extension Colour {
  /// Red, green and blue in [0, 1].
  fileprivate var channels: SIMD3<Float> { SIMD3(Float(red), Float(green), Float(blue)) / 255 }
}
