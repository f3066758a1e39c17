import Figures
import Language

/// A drawing, ready to be shown or saved as PNG, PGM, SVG or PDF.
public struct FigureValue: ObjectValue {
  public let figure: Figure

  public init(_ figure: Figure) { self.figure = figure }

  public static let typeName = "figure"
  public var summary: String { "figure \(Int(figure.size.width))×\(Int(figure.size.height)) pt" }
}

extension FigureValue: Presentable {
  var presentations: [Presentation] { [.figure(figure)] }
}
