import Figures
import Language

extension Command {
  static let roc = Command(
    "roc", "sensitivity against false positives at every threshold, by method",
    [JudgedMaps.parameter], result: .object(FigureValue.typeName),
    help: Help(
      "All pixels inside the fields of view together; the area under each curve stands beside its name.",
      examples: ["show (roc (dark-threshold (phantom 4 size: 64)))"]),
    plan: JudgedMaps.plan, run: run)
}

private func run(_ judged: JudgedMaps, _ context: Context) throws -> Value {
  var series = try judged.curves.map { title, curve in
    Series(
      "\(title), AUC \(curve.area.map { formatted($0, decimals: 3) } ?? "–")",
      x: curve.points.map(\.falsePositiveRate), y: curve.points.map(\.recall))
  }
  series.append(Series("guessing", x: [0, 1], y: [0, 1], style: .dashed, colour: Palette.faintInk))
  return .object(
    FigureValue(
      try Figure.curves(
        series: series, xLabel: "1 − specificity", yLabel: "sensitivity", yRange: 0...1,
        caption: "ROC over all pixels inside the fields of view")))
}
