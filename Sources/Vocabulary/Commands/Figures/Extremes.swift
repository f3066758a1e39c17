import Angiography
import Figures
import Imaging
import Language

extension Command {
  static let extremes = Command(
    "extremes", "the images a method does best, median and worst on",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "what a method marked"),
      .option("score", default: Measure.dice, "by which score"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Angiogram, probability and agreement of three images: what is found, missed and false.",
      examples: ["show (extremes (dark-threshold (phantom 4 size: 64)))"]),
    codes: [
      CodeEntry(
        "no-scores", "images of which none has the score",
        .circumstance("`extremes` by a score that all masks leave undefined"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  let found: PredictionsValue
  let score: Measure
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  call.reportUnmarkedPredictions("predictions")
  guard let found = call.object("predictions", as: PredictionsValue.self), let arguments = call.completeArguments
  else { return Planned(nil) }
  return Planned(Plan(found: found, score: arguments.choice("score")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let (found, score) = (plan.found, plan.score)
  let scores = try MethodScores(predictions: found.masks(), samples: found.samples).values(of: score)
  let ranked = scores.indices.filter { scores[$0] != nil }.sorted { left, right in
    score.isBetter(scores[left] ?? 0, than: scores[right] ?? 0)
  }
  guard let best = ranked.first, let worst = ranked.last else {
    throw Failure("no-scores", "none of these images has a \(score.symbol)")
  }
  let places = [("best", best), ("median", ranked[ranked.count / 2]), ("worst", worst)]
  let rows = try places.map { name, index -> PanelRow in
    let sample = found.samples[index]
    guard let truth = sample.mask else { preconditionFailure("an image with a score has a mask") }
    let prediction = Mask(found.maps[index], atLeast: Float(PredictionsValue.threshold))
    let agreement = try Agreement(
      image: sample.image, prediction: prediction, truth: truth, fieldOfView: sample.judged())
    let value = scores[index].map { formatted(score.isFraction ? 100 * $0 : $0, decimals: 1) } ?? "–"
    return PanelRow(
      title: "\(name): \(sample.name)",
      cells: [
        PanelCell(.angiogram(sample.image)), PanelCell(.probability(found.maps[index])),
        PanelCell(.agreement(agreement), caption: "\(score.heading) \(value)\(score.isFraction ? " %" : "")"),
      ])
  }
  return .object(
    FigureValue(try Figure.panel(rows: rows, columnTitles: ["angiogram", found.method, "agreement"])))
}
