import Figures
import Language

/// A figure as a page shows it: drawn with the page's own colours, or as pixels.
struct HTMLFigure {
  private let figure: Figure
  private let files: DrawnFigure
  private let output: CellOutput
  private let number: Int
  private let isRepeated: Bool

  /// A drawing of more bytes would make the page slow; its pixels stand in.
  private static let largestDrawing = 3 << 20
  /// How far a figure grows beyond its own size, in points of the page: pictures further than charts, whose words grow too.
  private static let growth = (pictures: 2.4, charts: 1.6)

  /// - Parameter isRepeated: whether the same drawing stands in the page already.
  init(_ figure: Figure, files: DrawnFigure, of output: CellOutput, number: Int, isRepeated: Bool) {
    (self.figure, self.files, self.output, self.number) = (figure, files, output, number)
    self.isRepeated = isRepeated
  }

  /// What the template fills in.
  var entry: [String: Any] {
    var entry: [String: Any] = [
      "name": output.name, "number": number, "caption": visible(output.caption ?? ""), "alternative": alternative,
    ]
    if let drawing {
      entry["kind"] = "drawn"
      entry["drawing"] = drawing
    } else {
      entry["kind"] = files.isPixelsOnly ? "pixels" : "onWhite"
      entry["address"] = dataAddress(files.png, type: "image/png")
    }
    return entry
  }

  /// What it shows, for those who cannot see it: in its own words, which say more than a title that a book gives it.
  private var alternative: String { visible(figure.caption ?? output.caption ?? "Figure \(number)") }

  /// `nil` where it is only pixels, or too large.
  private var drawing: String? {
    guard !files.isPixelsOnly, files.page.count <= Self.largestDrawing else { return nil }
    let growth = figure.layers.isEmpty ? Self.growth.charts : Self.growth.pictures
    let opening = figure.pageDrawingOpening(
      attributes: "role=\"img\" aria-label=\"\(escapedHTML(alternative))\" preserveAspectRatio=\"xMinYMin meet\" "
        + "style=\"width:\(Int((figure.size.width * growth).rounded()))px\"")
    // Identifiers are one element's alone.
    let own = isRepeated ? try? figure.pageDrawing(identifiersFrom: "f:\(number):") : nil
    return opening + String(decoding: own ?? files.page, as: UTF8.self)
  }
}
