import Angiography
import Language
import Methods

extension Command {
  static let segment = Command(
    "segment", "mark non-perfusion by a classical method of the literature",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option("method", .choice(MethodOptions.names), default: .text("homomorphic"), "which one"),
      MethodOptions.trainedOn,
    ] + MethodOptions.parameters,
    result: .object(PredictionsValue.typeName),
    help: Help(
      "An algorithm instead of a network: it needs no masks, but for `texture-ensemble`, whose booster learns from those of "
        + "`trained-on:`. Sizes are those of an image of 512 px and scale with the image. `stages` shows what a method makes of an image on "
        + "the way, `tune` chooses its parameters, `compare` ranks it beside networks, and `explain regions` tells what its paper says and "
        + "what is ours.",
      examples: [
        "eyes = phantom 2 size: 128", "metrics (segment eyes method: valleys)",
        "show (segment eyes[0] method: homomorphic window: 21)",
      ]),
    codes: MethodOptions.codes + [
      CodeEntry(
        "needs-training", "a method that learns from masks, without any",
        .program("segment (phantom 1 size: 64) method: texture-ensemble"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  /// As `Angiograms` takes them.
  let data: Value
  let method: any TunableSegmenter
  let values: [Double]
  let trainedOn: Dataset?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let facts = Angiograms.facts("data", of: &call)
  let result = Known.predictions(PredictionsFacts(count: facts.count, masks: facts.masks))
  guard let method = MethodOptions.method(call) else { return Planned(nil, result: result) }
  let values = MethodOptions.values(of: method, &call)
  MethodOptions.reportTraining(of: method, &call)
  guard let values, let arguments = call.completeArguments else { return Planned(nil, result: result) }
  return Planned(
    Plan(
      data: arguments["data"], method: method, values: values,
      trainedOn: arguments.object("trained-on", as: DatasetValue.self)?.dataset), result: result)
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let data = try Angiograms.dataset(plan.data, context)
  if let training = plan.trainedOn { TrainingWarnings.warnOfLeaks(from: training, to: data, context.host) }
  let fitted = try plan.method.fitted(with: plan.values, to: TrainingSet(plan.trainedOn ?? data))
  let maps = try fitted.probabilityMaps(of: data) { done, total in
    if context.host.isCancelled { throw Failure("interrupted", "segment was interrupted after \(done) images") }
    context.host.report(Progress("segment", done: done, of: total))
  }
  return .object(PredictionsValue(method: plan.method.title, samples: data.samples, maps: maps))
}

extension MethodOptions {
  static let trainedOn = Parameter.option(
    "trained-on", .optional(.object(DatasetValue.typeName)), default: Value.none,
    "angiograms with masks, for a method that learns from them")

  /// Reports a method that learns without anything to learn from, and training for one that learns nothing.
  static func reportTraining(of method: any TunableSegmenter, _ call: inout CheckedCall) {
    guard let isWithout = call.isNone("trained-on") else { return }
    if method.learnsFromMasks, isWithout {
      call.report(
        Failure(
          "needs-training", "`\(method.name)` learns from masks", hint: "give it `trained-on:` angiograms with masks"),
        on: "method")
    }
    if !method.learnsFromMasks, !isWithout {
      call.report(
        Failure(
          "contradiction", "`\(method.name)` learns nothing from `trained-on:`", hint: "leave it out, or `tune` it"),
        on: "trained-on")
    }
    if method.learnsFromMasks, let data: DatasetFacts = call.facts("trained-on"), data.masks == .some(.none) {
      call.report(MethodError.nothingToTuneOn, on: "trained-on")
    }
  }
}
