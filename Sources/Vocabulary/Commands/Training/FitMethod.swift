import Angiography
import Language
import Methods

extension Command {
  static let fitMethod = Command(
    "fit-method", "fit a classical method, which trains no network, to the masks",
    [
      TrainingParameters.data,
      .option(
        "method", .choice(Segmenters.taught.map(\.name)), default: .text(Segmenters.taught[0].name), "which one"),
    ],
    result: .object(SegmenterValue.typeName),
    help: Help(
      "Finds the numbers that suit the masks best. `predict` takes what it gives, and `save` keeps it as .json, exact to "
        + "the bit. `compare` fits the same methods beside networks.",
      examples: [
        "floor = fit-method (phantom 4 size: 64)", "metrics (predict floor (phantom 2 size: 64 seed: 9))",
        "again = open (save floor \"floor.json\")",
      ]),
    plan: plan, run: run)
}

private struct Plan {
  let data: Dataset
  let method: any TaughtSegmenter
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  if (call.facts("data") as DatasetFacts?)?.masks == .some(.none) {
    call.report(MethodError.nothingToTuneOn, on: "data")
  }
  let name = call.text("method")
  guard let data = call.object("data", as: DatasetValue.self)?.dataset,
    let method = Segmenters.taught.first(where: { $0.name == name })
  else { return Planned(nil, result: .segmenter(SegmenterFacts(isText: true))) }
  return Planned(Plan(data: data, method: method), result: .segmenter(SegmenterFacts(isText: true)))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  TrainingWarnings.warnOfEmptyMasks(in: plan.data, context.host)
  let fitted = try plan.method.taught(by: TrainingSet(plan.data)).withoutUnseen
  return .object(SegmenterValue(fitted, title: plan.method.title))
}
