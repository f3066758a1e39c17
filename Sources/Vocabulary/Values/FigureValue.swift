import Figures
import Language

/// A drawing, ready to be shown or saved as PNG, PGM, SVG or PDF.
public struct FigureValue: ObjectValue {
  public let figure: Figure

  public init(_ figure: Figure) { self.figure = figure }

  public static let typeName = "figure"
  public static let meaning = "a picture to be shown or saved: a panel, a curve, a diagram, a contact sheet"
  public var summary: String {
    let turns = figure.turns.isEmpty ? "" : ", \(figure.turns.count + 1) drawings by turns"
    return "figure \(Int(figure.size.width))×\(Int(figure.size.height)) pt\(turns)"
  }
}

extension FigureValue: Presentable {
  var presentations: [Presentation] { [.figure(figure)] }
}

extension FigureValue: Savable {
  static let fileForm = FileForm(
    "figures", .oneOf(FigureFormat.allCases.map(\.rawValue)), "figures are written as .png, .pgm, .svg or .pdf")

  func write(to target: FileTarget) throws {
    guard let format = FigureFormat(rawValue: target.ending) else {
      preconditionFailure("an ending without a format is refused before")
    }
    try target.write(figure.file(format))
  }
}
