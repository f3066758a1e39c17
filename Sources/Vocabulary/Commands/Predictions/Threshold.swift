import Imaging
import Language
import Methods

extension Command {
  static let threshold = Command(
    "threshold", "the pixels whose value is at least a level",
    [
      .argument(
        "x", .either([.object(ImageValue.typeName), .object(PredictionsValue.typeName)]), "a map, or predictions"),
      .argument("level", .number(.one, .within(0...1)), default: .number(PredictionsValue.threshold), "the level"),
    ],
    help: Help(
      "An image gives a mask; predictions give predictions whose maps are 0 and 1.",
      examples: ["m = threshold (phantom 1 size: 64)[0].image 0.4"]),
    plan: plan, run: run)
}

extension PredictionsValue {
  /// Where a probability becomes a mark (§6).
  public static let threshold = Predictions.threshold
}

private struct Plan {
  let x: Source
  let level: Float

  enum Source {
    case image(ImageValue)
    case predictions(PredictionsValue)
  }
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let level = call.number("level").map { Float($0) }
  if call["x"].kind == .object(ImageValue.typeName) {
    let image = call.object("x", as: ImageValue.self)
    let plan = image.flatMap { image in level.map { Plan(x: .image(image), level: $0) } }
    return Planned(plan, result: Known(.object(MaskValue.typeName)))
  }
  let found = call.object("x", as: PredictionsValue.self)
  let plan = found.flatMap { found in level.map { Plan(x: .predictions(found), level: $0) } }
  return Planned(plan, result: (call.facts("x") as PredictionsFacts?).map { .predictions($0) })
}

private func run(_ plan: Plan, _ context: Context) -> Value {
  switch plan.x {
  case .image(let image): .object(MaskValue(Mask(image.plane, atLeast: plan.level)))
  case .predictions(let found):
    .object(
      PredictionsValue(
        method: found.method, samples: found.samples, maps: found.maps.map { Mask($0, atLeast: plan.level).plane }))
  }
}
