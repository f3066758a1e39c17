import Figures
import Language

/// A figure as a page shows it: drawn with the page's own colours, or as pixels; drawings that take turns are pixels that move,
/// except on paper and for who wishes that nothing does.
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
      let address = dataAddress(files.png, type: "image/png")
      if figure.turns.isEmpty {
        entry["address"] = address
      } else {
        entry["moving"] = ["address": address, "still": dataAddress(files.still, type: "image/png")]
      }
    }
    return entry
  }

  private var alternative: String { output.alternative(of: figure, number: number) }

  /// `nil` where it is only pixels, or too large, or moves.
  private var drawing: String? {
    guard !files.page.isEmpty, files.page.count <= Self.largestDrawing else { return nil }
    let growth = figure.layers.isEmpty ? Self.growth.charts : Self.growth.pictures
    let opening = figure.pageDrawingOpening(
      attributes: "role=\"img\" aria-label=\"\(escapedHTML(alternative))\" preserveAspectRatio=\"xMinYMin meet\" "
        + "style=\"width:\(Int((figure.size.width * growth).rounded()))px\"")
    // Identifiers are one element's alone.
    let own = isRepeated ? try? figure.pageDrawing(identifiersFrom: "f:\(number):") : nil
    return opening + String(decoding: own ?? files.page, as: UTF8.self)
  }
}

extension CellOutput {
  /// What a figure shows, for those who cannot see it: in its own words, which say more than a title that a book gives it.
  func alternative(of figure: Figure, number: Int) -> String {
    figure.turnsInWords + visible(figure.caption ?? caption ?? "Figure \(number)")
  }
}

extension Figure {
  /// Says before other words that pictures take turns; empty where one stands still.
  var turnsInWords: String {
    switch turns.count {
    case 0: ""
    case 1: "Two pictures take turns: "
    default: "\(turns.count + 1) pictures take turns: "
    }
  }
}
