import Figures
import Language

extension CommandGroup {
  /// Pictures and tables of images, scores and networks.
  static let figures = CommandGroup(
    "figures",
    [
      .sheet, .panel, .overlay, .extremes, .paperTable, .lesionMetrics, .errorKinds, .boxes, .roc, .precisionRecall,
      .curves, .plot, .histogram, .profile, .diagram,
    ], isFolded: true,
    chapter: "Datasets and figures", codes: FigureError.codes)
}
