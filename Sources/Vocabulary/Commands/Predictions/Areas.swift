import Angiography
import Language

extension Command {
  static let areas = Command(
    "areas", "how much of each field of view is marked",
    [.argument("predictions", .object(PredictionsValue.typeName), "what a method marked")],
    result: .object(TableValue.typeName),
    help: Help(
      "A row an image: marked pixels inside the field of view, as far as it is graded, their share of it, and mm² where "
        + "mm-per-pixel is known. On angiograms without non-perfusion every marked pixel is a false one. A saved CSV has no row of means.",
      examples: ["areas (dark-threshold (phantom 4 size: 64))"]),
    plan: { Planned($0.object("predictions", as: PredictionsValue.self)) }, run: run)
}

private func run(_ found: PredictionsValue, _ context: Context) -> Value {
  let marked = FalsePositiveArea(predictions: found.masks(), samples: found.samples)
  let fractions = marked.fractions
  let areas = marked.areas.map(\.squareMillimetres)
  let hasScale = areas.contains { $0 != nil }
  func row(_ first: TableValue.Cell, _ pixels: TableValue.Cell, _ share: TableValue.Cell, _ area: TableValue.Cell)
    -> [TableValue.Cell]
  {
    [first, pixels, share] + (hasScale ? [area] : [])
  }
  var rows = found.samples.indices.map { index -> [TableValue.Cell] in
    row(
      .text(found.samples[index].name), .number(Double(marked.areas[index].pixels), decimals: 0),
      .number(100 * fractions[index], decimals: 2), areas[index].map { .number($0, decimals: 3) } ?? .empty)
  }
  func moments(_ values: [Double], decimals: Int) -> TableValue.Cell {
    guard let mean = meanAndDeviation(values) else { return .empty }
    return .text(meanText(mean.mean, mean.deviation, decimals: decimals))
  }
  if !fractions.isEmpty {
    rows.append(
      row(
        .text("mean ± SD"), .empty, moments(fractions.map { 100 * $0 }, decimals: 2),
        moments(areas.compactMap { $0 }, decimals: 3)))
  }
  let columns =
    ["image", "marked, px", "marked, % of \(marked.areas.wholeInWords)"] + (hasScale ? ["marked, mm²"] : [])
  return .object(TableValue(columns: columns, rows: rows, summaryRowCount: fractions.isEmpty ? 0 : 1))
}
