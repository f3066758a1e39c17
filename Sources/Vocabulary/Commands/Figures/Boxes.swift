import Angiography
import Figures
import Language

extension Command {
  static let boxes = Command(
    "boxes", "the score of every image, by method",
    [
      .argument("comparison", .object(ComparisonValue.typeName), "what `compare` gave"),
      .option("score", default: Measure.dice, "which score"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "A dot an image, a box from the lower to the upper quartile, a line at the median.",
      examples: [
        "c = compare (phantom 6 size: 64) systems: [\"dark-threshold\"] folds: 2", "show (boxes c)",
      ]),
    plan: plan, run: run)
}

private struct Plan {
  let comparison: ComparisonValue
  let score: Measure
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  guard let comparison = call.object("comparison", as: ComparisonValue.self), let arguments = call.completeArguments
  else { return Planned(nil) }
  return Planned(Plan(comparison: comparison, score: arguments.choice("score")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let score = plan.score
  let scale = score.isFraction ? 100.0 : 1
  let groups = try plan.comparison.ranked.map { entry in
    Figure.Group(entry.title, entry.scores.values(of: score).compactMap { $0.map { scale * $0 } })
  }
  return .object(
    FigureValue(
      try Figure.boxes(
        groups, yLabel: score.isFraction ? "\(score.symbol), %" : score.heading,
        yRange: score.wholeRange.map { scale * $0.lowerBound...scale * $0.upperBound },
        caption: "\(score.heading) of each image, \(plan.comparison.protocolText)")))
}
