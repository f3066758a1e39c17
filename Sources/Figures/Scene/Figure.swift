import Angiography
import Imaging

/// A drawing as data: pixel layers, marks and labels on a white page, before anything is rasterised.
///
/// Two figures are compared through these parts: pixel layers as pixels, marks as numbers, labels as text. Nothing in
/// a scene depends on the fonts of the machine. Layers are drawn first, then marks, then labels, each in its order.
/// Coordinates are in points (1/72 inch) from the top left corner, y downward.
public struct Figure: Sendable, Hashable, Codable {
  public var size: Size
  public var layers: [Layer]
  public var marks: [Mark]
  public var labels: [Label]
  /// What the figure shows, in words, for the text under it and for those who cannot see it; not drawn.
  public var caption: String?

  public init(
    size: Size, layers: [Layer] = [], marks: [Mark] = [], labels: [Label] = [], caption: String? = nil
  ) {
    self.size = size
    self.layers = layers
    self.marks = marks
    self.labels = labels
    self.caption = caption
  }

  /// The pixels of a figure that is nothing but one grey image, else `nil`.
  ///
  /// Such a figure is written as PGM pixel by pixel, at its own size.
  public var soleGreyPixels: Plane? {
    guard marks.isEmpty, labels.isEmpty, layers.count == 1, case .plane(let plane, .grey, let range) = layers[0].content
    else { return nil }
    if range == 0...1 { return plane }
    let span = range.upperBound - range.lowerBound
    return Plane(
      width: plane.width, height: plane.height, pixels: plane.pixels.map { ($0 - range.lowerBound) / span })
  }
}
