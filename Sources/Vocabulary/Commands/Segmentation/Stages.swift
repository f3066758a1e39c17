import Angiography
import Language
import Methods

extension Command {
  static let stages = Command(
    "stages", "what a classical method makes of an image, step by step",
    [
      .argument("data", Angiograms.accepts, "one angiogram: `eyes[0]`, an image, or the path of an image file"),
      MethodOptions.method, MethodOptions.trainedOn,
    ] + MethodOptions.parameters,
    result: .object(StagesValue.typeName),
    help: Help(
      "Every intermediate is a value: `s.vessels`, `s.corrected`, and `s.names` lists them; shown, all of them stand side by side. "
        + "`segment` gives the last one alone.",
      examples: [
        "s = stages (phantom 1 size: 128)[0] method: regions", "show s", "show s.merged", "print s.names",
      ]),
    codes: [
      CodeEntry(
        "no-stage", "a stage that the method does not have",
        .program("(stages (phantom 1 size: 64)[0] method: valleys).merged")),
      CodeEntry(
        "one-image", "several images where one is taken apart", .program("stages (phantom 2 size: 64) method: valleys")),
    ],
    plan: plan, run: run)
}

private func plan(_ call: inout CheckedCall) -> Planned<MethodCall> {
  if let count = Angiograms.facts("data", of: &call).count, count != 1 { call.report(severalImages(count), on: "data") }
  let facts = MethodOptions.chosen(call).map { method in
    StagesFacts(method: method.title, stages: method.stageForms.map(\.name))
  }
  return Planned(MethodCall(&call), result: Known(.object(StagesValue.typeName), facts: facts))
}

private func severalImages(_ count: Int) -> Failure {
  Failure("one-image", "`stages` takes one image apart, and these are \(count)", hint: "choose one: `eyes[0]`")
}

private func run(_ plan: MethodCall, _ context: Context) throws -> Value {
  let data = try Angiograms.dataset(plan.data, context)
  guard let sample = data.samples.first, data.samples.count == 1 else { throw severalImages(data.samples.count) }
  if plan.isShipped {
    let stack = try ShippedModels.stack(context)
    stack.warn(about: [sample], context.host)
    return .object(StagesValue(stack.stages(of: sample), of: sample, method: plan.method.title))
  }
  let stages = try plan.method.stages(
    of: sample, with: plan.values, taughtBy: plan.trainedOn.map { TrainingSet($0) })
  return .object(StagesValue(stages, of: sample, method: plan.method.title))
}
