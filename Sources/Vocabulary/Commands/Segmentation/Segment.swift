import Angiography
import Language
import Methods

extension Command {
  static let segment = Command(
    "segment", "mark non-perfusion by a model in the box, or by a classical method",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      MethodOptions.methodOrModel, MethodOptions.trainedOn,
    ] + MethodOptions.parameters,
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Left to itself it asks `builtin:unet`, a network that was trained on thirteen public angiograms with branch vein occlusion: no "
        + "diagnosis. `method: stacked` asks boosted trees of the same angiograms; with `trained-on:` they learn from your own. The other "
        + "methods are of the literature and need no masks, but for `texture-ensemble`. Sizes are those of an image of 512 px and scale with the image. `stages` shows what a method makes of an image on "
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
  var data = try Angiograms.dataset(plan.data, context)
  // The network in the box sees images at the size that it was trained at, whatever others would see.
  if plan.isShipped, !plan.isNamed { data.workingSize = nil }
  if let training = plan.trainedOn { TrainingWarnings.warnOfLeaks(from: training, to: data, context.host) }
  let segmenter = try segmenter(plan, for: data, context)
  let maps = try segmenter.maps(of: data, by: "segment", context)
  return .object(PredictionsValue(method: segmenter.title, samples: data.samples, maps: maps))
}

private func segmenter(_ plan: MethodCall, for data: Dataset, _ context: Context) throws -> SegmenterValue {
  if plan.isShipped {
    return plan.isNamed
      ? SegmenterValue(try ShippedModels.stack(context), title: plan.method.title) : try ShippedModels.network(context)
  }
  let fitted = try plan.method.fitted(with: plan.values, to: TrainingSet(plan.trainedOn ?? data))
  return SegmenterValue(fitted, title: plan.method.title)
}
