import Angiography
import Imaging

extension Figure {
  /// A bare image: its pixels and nothing else, so that its PGM holds exactly these pixels.
  ///
  /// At the default scale a pixel of the image becomes a whole number of pixels of the PNG, or the other way round.
  /// - Parameter range: values shown as black and white.
  public static func image(
    _ plane: Plane, range: ClosedRange<Float> = 0...1, interpolation: Layer.Interpolation = .smooth,
    caption: String? = nil
  ) -> Figure {
    precondition(range.lowerBound < range.upperBound, "black and white differ")
    let size = pageSize(width: plane.width, height: plane.height)
    let frame = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    return Figure(
      size: size, layers: [Layer(.plane(plane, .grey, range: range), in: frame, interpolation: interpolation)],
      caption: caption)
  }

  /// A bare image in colour.
  public static func image(
    _ pixels: ColourPixels, interpolation: Layer.Interpolation = .smooth, caption: String? = nil
  ) -> Figure {
    let size = pageSize(width: pixels.width, height: pixels.height)
    let frame = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    return Figure(
      size: size, layers: [Layer(.colour(pixels), in: frame, interpolation: interpolation)], caption: caption)
  }

  /// A bare mask, white on black, every pixel a sharp square.
  public static func mask(_ mask: Mask, caption: String? = nil) -> Figure {
    image(mask.plane, interpolation: .nearest, caption: caption)
  }

  /// A map of probabilities in [0, 1] with its colour bar.
  public static func probability(_ plane: Plane, title: String? = nil, caption: String? = nil) -> Figure {
    let frameSize = Rectangle(x: 0, y: 0, width: pictureSide, height: pictureSide)
      .fitting(width: plane.width, height: plane.height)
    let barWidth = 12.0
    var sheet = Sheet(
      width: max(frameSize.width + barWidth + 62 + Sheet.margin, 200).rounded(.up), title: title)
    let frame = Rectangle(x: Sheet.margin, y: sheet.y, width: frameSize.width, height: frameSize.height)
    sheet.layers.append(Layer(.plane(plane, .probability), in: frame))
    let height = max(frame.height, 60)
    sheet.addColourBar(
      .probability, name: "probability",
      in: Rectangle(x: frame.right + 10, y: frame.y, width: barWidth, height: height))
    sheet.y += height
    if plane.pixels.contains(where: \.isNaN) {
      sheet.addLegend([LegendEntry(sign: .area(Palette.notANumber), text: "not a number")])
    }
    return sheet.figure(caption: caption)
  }

  /// A page whose relation to the pixels is a whole number at the default scale, at most about 384 points long.
  private static func pageSize(width: Int, height: Int) -> Size {
    let longest = Double(max(width, height)) / defaultScale
    let ratio =
      longest <= pictureSide ? (pictureSide / longest).rounded(.down) : 1 / (longest / pictureSide).rounded(.up)
    let scale = ratio / defaultScale
    return Size(width: max(Double(width) * scale, 1), height: max(Double(height) * scale, 1))
  }
}

extension Sheet {
  /// An upright colour bar from 0 at the bottom to 1 at the top.
  mutating func addColourBar(_ map: ColourMap, name: String, in frame: Figure.Rectangle) {
    let ramp = Plane(width: 1, height: 256, pixels: (0..<256).map { 1 - Float($0) / 255 })
    layers.append(Figure.Layer(.plane(ramp, map), in: frame))
    for (value, text) in [(0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1.0, "1")] {
      let y = frame.bottom - value * frame.height
      marks.append(
        Figure.Mark(
          "tick", .polyline([Figure.Point(frame.right, y), Figure.Point(frame.right + 3, y)]),
          stroke: Figure.Stroke(Palette.axis, width: 0.6)))
      // The outermost numbers stay beside the bar instead of passing its ends.
      let shift = value == 0 ? -3.0 : value == 1 ? 3.0 : 0
      labels.append(
        Figure.Label(
          text, at: Figure.Point(frame.right + 6, y + shift), vertical: .middle, colour: Palette.faintInk))
    }
    labels.append(
      Figure.Label(
        name, at: Figure.Point(frame.right + 42, frame.center.y), horizontal: .center, direction: .upward,
        maximumWidth: frame.height))
  }
}
