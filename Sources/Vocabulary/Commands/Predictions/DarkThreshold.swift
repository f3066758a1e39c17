import Angiography
import Language
import Methods

extension Command {
  static let darkThreshold = Command(
    "dark-threshold", "the simplest method: what is darker than its surroundings",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "tuned-on", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms with masks whose best threshold is used; left out, the best one for `data` itself, with its masks in hand"
      ),
      .option(
        "level", .optional(.number(.one, .above(0))), default: Value.none,
        "a threshold of your own, as a fraction of the background"),
    ],
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Marks a pixel where the mean of its 7×7 neighbourhood is below a fraction of its 81×81 background, inside the "
        + "field of view, in the image's own pixels. It learns nothing but one number, and is the floor under every "
        + "other method.",
      examples: [
        "eyes = phantom 4 size: 64", "metrics (dark-threshold eyes)",
        "one = dark-threshold eyes[0].image tuned-on: eyes",
      ],
      explanation: .darkThreshold),
    plan: plan, run: run)
}

private struct Plan {
  /// As `Angiograms` takes them.
  let data: Value
  /// What the best threshold is found on; `nil` where that is `data`.
  let tunedOn: Dataset?
  /// One of the user's own.
  let level: Float?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let data = Angiograms.facts("data", of: &call)
  if call.isNone("level") == true, let isOwn = call.isNone("tuned-on") {
    let tuned: DatasetFacts? = isOwn ? data : call.facts("tuned-on")
    if tuned?.masks == .some(.none) { call.report(nothingToTuneOn, on: isOwn ? "data" : "tuned-on") }
  }
  let plan = call.completeArguments.map { arguments in
    Plan(
      data: arguments["data"], tunedOn: arguments.object("tuned-on", as: DatasetValue.self)?.dataset,
      level: arguments.isNone("level") ? nil : Float(arguments.number("level")))
  }
  return Planned(plan, result: .predictions(PredictionsFacts(count: data.count, masks: data.masks)))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let data = try Angiograms.dataset(plan.data, context)
  let level = try plan.level ?? bestLevel(plan.tunedOn, for: data, context)
  let maps = DarkThreshold.probabilityMaps(of: data, below: level)
  return .object(
    PredictionsValue(
      method: "dark threshold \(formatted(Double(level), decimals: 3))", samples: data.samples, maps: maps))
}

/// - Parameter given: what it is found on; `nil` for the data themselves, whose files may only now have been read.
/// - Throws: `mask-missing`.
private func bestLevel(_ given: Dataset?, for data: Dataset, _ context: Context) throws -> Float {
  TrainingWarnings.warnOfEmptyMasks(in: given ?? data, context.host)
  if let given { TrainingWarnings.warnOfLeaks(from: given, to: data, context.host) }
  guard let best = DarkThreshold.best(over: (given ?? data).samples) else { throw nothingToTuneOn }
  return best.threshold
}

private let nothingToTuneOn = Failure(
  "mask-missing", "none of these angiograms has a mask to find the best threshold with",
  hint: "give `tuned-on:` a dataset with masks, or `level:` a number")

extension Explanation {
  static let darkThreshold = Explanation(
    commands: ["dark-threshold"], title: "The floor",
    text: """
      A pixel is marked where the mean of its 7 × 7 neighbours is below t times the mean of its 81 × 81 ones, both inside
      the field of view. t has the highest mean DSC on the images that it is chosen on. A method that does not beat this
      has learnt nothing worth its network.
      """)
}
