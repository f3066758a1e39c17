import Angiography
import Imaging

extension Figure {
  /// Largest side of a single picture on the page, in points.
  static let pictureSide: Double = 384

  /// The agreement map of a prediction: true positives, misses and false alarms in translucent colours, with both
  /// contours and a legend.
  ///
  /// - Parameters:
  ///   - image: grey in [0, 1].
  ///   - fieldOfView: pixels outside are dimmed and not judged.
  /// - Throws: `figure-sizes-differ` when a mask and the image differ in size.
  public static func overlay(
    image: Plane, prediction: Mask, truth: Mask, fieldOfView: Mask? = nil, title: String? = nil,
    caption: String? = nil
  ) throws(FigureError) -> Figure {
    let agreement = try Agreement(image: image, prediction: prediction, truth: truth, fieldOfView: fieldOfView)
    return picture(.agreement(agreement), title: title, caption: caption)
  }

  /// Masks drawn on an image by their contours; a single one is also veiled with its colour.
  ///
  /// - Throws: `figure-sizes-differ` when a mask and the image differ in size.
  public static func outlined(
    image: Plane, _ outlines: [Outline], title: String? = nil, caption: String? = nil
  ) throws(FigureError) -> Figure {
    let content = PanelCell.Content.outlined(image, outlines)
    try content.checkSizes()
    return picture(content, title: title, caption: caption)
  }

  /// One picture with its title and legend.
  private static func picture(_ content: PanelCell.Content, title: String?, caption: String?) -> Figure {
    guard let pixels = content.pixelSize else { preconditionFailure("a picture shows something") }
    let space = Rectangle(x: 0, y: 0, width: pictureSide, height: pictureSide)
      .fitting(width: pixels.width, height: pixels.height)
    var sheet = Sheet(width: pictureSide + 2 * Sheet.margin, title: title)
    sheet.add(
      content, in: Rectangle(x: Sheet.margin, y: sheet.y, width: pictureSide, height: max(space.height, 1)))
    sheet.y += max(space.height, 1)
    sheet.addLegend(content.legend(width: pictureSide))
    return sheet.figure(caption: caption)
  }
}
