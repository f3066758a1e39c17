import Angiography
import Language

extension Command {
  static let paperTable = Command(
    "paper-table", "metrics in the form of the paper's Table 1, with the paper's rows below",
    [
      .argument("metrics", .record, "metrics by row title: [\"ours\": m]"),
      .option("paper", .truth, default: .truth(true), "add the rows of the 2021 paper"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "The paper's numbers come from its own private images: other images, so they can't be compared directly.",
      examples: ["show (paper-table [\"dark\": (metrics (dark-threshold (phantom 4 size: 64)))])"],
      method: "Table 1 of the 2021 paper: mean ± standard deviation over 31 test images, in percent."),
    plan: plan, run: run)
}

private struct Plan {
  let rows: [(title: String, value: MetricsValue)]
  /// Whether the paper's rows stand below.
  let isCompared: Bool
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let rows = call.record("metrics", of: MetricsValue.self) { title in
    Failure(
      "wrong-kind", "paper-table takes metrics under their titles; “\(title)” is something else",
      hint: "`metrics` gives metrics of predictions")
  }
  guard let rows, let isCompared = call.truth("paper") else { return Planned(nil) }
  return Planned(Plan(rows: rows, isCompared: isCompared))
}

private func run(_ plan: Plan, _ context: Context) -> Value {
  var rows = plan.rows.map { title, metrics -> [TableValue.Cell] in
    let cells = Measure.paper.map { measure -> TableValue.Cell in
      let found = metrics.report.summary(of: measure)
      return .text(
        meanText(
          found.mean.map { 100 * $0 }, found.standardDeviation.map { 100 * $0 }, decimals: 2, over: found.count,
          of: found.total))
    }
    let pooled = metrics.report.summary(of: .dice).pooled
    return [.text(title)] + cells + [pooled.map { .number(100 * $0, decimals: 2) } ?? .empty]
  }
  if plan.isCompared {
    rows += table1Of2021.map { published in
      let cells = Measure.paper.map { measure -> TableValue.Cell in
        published(measure).map { .text(meanText($0.mean, $0.deviation, decimals: 2)) } ?? .empty
      }
      return [.text("the 2021 paper: \(published.method)")] + cells + [.empty]
    }
  }
  return .object(
    TableValue(
      title: "mean ± SD over images (images with a value / all, where some have none), in percent",
      columns: ["method"] + Measure.paper.map(\.heading) + ["pooled DSC"], rows: rows))
}
