import Figures
import Language

extension CommandGroup {
  static let figures = CommandGroup(
    "figures", [.sheet, .panel, .overlay, .paperTable] + Comparing.figures + [.curves, .diagram], isFolded: true,
    chapter: "Datasets and figures", codes: FigureError.codes)
}
