import Angiography
import Language
import Methods

extension Command {
  static let segment = Command(
    "segment", "mark non-perfusion without a network: by a model in the box, or a classical method",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      MethodOptions.method, MethodOptions.trainedOn,
    ] + MethodOptions.parameters,
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Left to itself it asks `builtin:stacked`, boosted trees that were trained on thirteen public angiograms with branch vein "
        + "occlusion: no diagnosis. With `trained-on:` they learn from your own. The other methods are of the literature and need no "
        + "masks, but for `texture-ensemble`. Sizes are those of an image of 512 px and scale with the image. `stages` shows what a method makes of an image on "
        + "the way, `tune` chooses its parameters, `compare` ranks it beside networks, and `explain regions` tells what its paper says and "
        + "what is ours.",
      examples: [
        "eyes = phantom 2 size: 128", "show (segment eyes)", "metrics (segment eyes method: valleys)",
        "show (segment eyes[0] method: homomorphic window: 21)",
      ]),
    codes: MethodOptions.codes + [
      CodeEntry(
        "not-grey", "an image that is no angiogram: values outside [0, 1]",
        .program("segment ((phantom 1 size: 64)[0].image * 3)")),
      CodeEntry(
        "needs-training", "a method that learns from masks, without any",
        .program("segment (phantom 1 size: 64) method: texture-ensemble")),
    ],
    plan: plan, run: run)
}

private func plan(_ call: inout CheckedCall) -> Planned<MethodCall> {
  let facts = Angiograms.facts("data", of: &call)
  return Planned(
    MethodCall(&call), result: .predictions(PredictionsFacts(count: facts.count, masks: facts.masks)))
}

private func run(_ plan: MethodCall, _ context: Context) throws -> Value {
  let data = try Angiograms.dataset(plan.data, context)
  if let training = plan.trainedOn { TrainingWarnings.warnOfLeaks(from: training, to: data, context.host) }
  let fitted =
    plan.isShipped
    ? try ShippedModels.stack(context)
    : try plan.method.fitted(with: plan.values, to: TrainingSet(plan.trainedOn ?? data))
  fitted.warnOfStrangers(data.samples, context.host)
  let maps = try fitted.sharedMaps(of: data) { done, total in
    if context.host.isCancelled { throw Failure("interrupted", "segment was interrupted after \(done) images") }
    context.host.report(Progress("segment", done: done, of: total))
  }
  return .object(PredictionsValue(method: plan.method.title, samples: data.samples, maps: maps))
}
