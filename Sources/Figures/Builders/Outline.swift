import Angiography
import Imaging

/// A mask to be shown by its border and a veil of its colour.
public struct Outline: Sendable, Hashable {
  public var mask: Mask
  /// Its words in the legend.
  public var name: String
  public var colour: Colour

  public init(_ mask: Mask, name: String, colour: Colour) {
    self.mask = mask
    self.name = name
    self.colour = colour
  }

  /// What the expert marked.
  public static func truth(_ mask: Mask, name: String = "ground truth") -> Outline {
    Outline(mask, name: name, colour: Palette.truth)
  }

  /// What a method marked.
  public static func prediction(_ mask: Mask, name: String = "prediction") -> Outline {
    Outline(mask, name: name, colour: Palette.prediction)
  }
}

extension Outline {
  /// Of contours in a picture `width` points wide: finer in small pictures, where borders lie closer.
  static func lineWidth(in width: Double) -> Double { min(max(width / 320, 0.5), 1.1) }
  static let halo = Palette.black.opacity(0.45)

  /// The mask's borders scaled into `frame`, with a translucent area when `veil` is above 0; `nil` for an empty mask.
  func mark(in frame: Figure.Rectangle, veil: Double) -> Figure.Mark? {
    let rings = mask.rings(in: frame)
    guard !rings.isEmpty else { return nil }
    return Figure.Mark(
      name, .polygon(rings), stroke: Figure.Stroke(colour, width: Self.lineWidth(in: frame.width), halo: Self.halo),
      fill: veil > 0 ? colour.opacity(veil) : nil)
  }

  var legend: LegendEntry { LegendEntry(sign: .line(Figure.Stroke(colour)), text: name) }
}

extension Mask {
  /// Its borders as closed rings in points, when the whole mask fills `frame`.
  func rings(in frame: Figure.Rectangle) -> [[Figure.Point]] {
    let (scaleX, scaleY) = (frame.width / Double(width), frame.height / Double(height))
    return contours().map { contour in
      contour.corners.map { Figure.Point(frame.x + Double($0.x) * scaleX, frame.y + Double($0.y) * scaleY) }
    }
  }

  /// Throws when the mask cannot lie on `image`; `what` names the mask.
  func check(on image: Plane, what: String) throws(FigureError) {
    guard width == image.width, height == image.height else {
      throw .sizesDiffer(
        what: what, width: width, height: height, expectedWidth: image.width, expectedHeight: image.height)
    }
  }
}
