import Figures
import Language

extension Command {
  static let precisionRecall = Command(
    "precision-recall", "precision against sensitivity at every threshold, by method",
    [JudgedMaps.parameter], result: .object(FigureValue.typeName),
    help: Help(
      "All pixels inside the fields of view together; the average precision stands beside each name.",
      examples: ["show (precision-recall (dark-threshold (phantom 4 size: 64)))"]),
    plan: JudgedMaps.plan, run: run)
}

private func run(_ judged: JudgedMaps, _ context: Context) throws -> Value {
  let curves = try judged.curves
  var series = curves.map { title, curve in
    // At the first threshold nothing is found, and no precision is measured.
    Series(
      "\(title), AP \(curve.averagePrecision.map { formatted($0, decimals: 3) } ?? "–")",
      x: curve.points.dropFirst().map(\.recall), y: curve.points.dropFirst().map(\.precision))
  }
  let share = curves[0].curve.prevalence
  series.append(Series("guessing", x: [0, 1], y: [share, share], style: .dashed, colour: Palette.faintInk))
  return .object(
    FigureValue(
      try Figure.curves(
        series: series, xLabel: "recall (sensitivity)", yLabel: "precision", yRange: 0...1,
        caption: "Precision and recall over all pixels inside the fields of view")))
}
