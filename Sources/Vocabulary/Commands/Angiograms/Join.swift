import Angiography
import Language

extension Command {
  static let join = Command(
    "join", "two datasets as one, to train on both",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms; their size, augmentation and features stay"),
      .argument("more", .object(DatasetValue.typeName), "more of them: eyes without non-perfusion, say"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Names must differ.", examples: ["one, two = split (phantom 4 size: 64) test: 2", "both = join one two"]),
    plan: plan, run: run)
}

private struct Plan {
  let data: Dataset
  let more: Dataset
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  var result: Known?
  if let data: DatasetFacts = call.facts("data"), let more: DatasetFacts = call.facts("more") {
    result = .dataset(data.beside(more))
  }
  guard let data = call.object("data", as: DatasetValue.self), let more = call.object("more", as: DatasetValue.self)
  else { return Planned(nil, result: result) }
  return Planned(Plan(data: data.dataset, more: more.dataset), result: result)
}

extension DatasetFacts {
  /// Of these images and others together.
  fileprivate func beside(_ more: DatasetFacts) -> DatasetFacts {
    var both = DatasetFacts(isResized: isResized, features: features)
    if let first = count, let second = more.count { both.count = first + second }
    if let first = masks, let second = more.masks { both.masks = first == second ? first : .some }
    // A working size of the first is that of all; without one each keeps its own, which need not be known here.
    if frames == more.frames { both.frames = frames }
    if let first = hasCases, let second = more.hasCases { both.hasCases = first && second }
    return both
  }
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  .object(DatasetValue(try plan.data.joined(with: plan.more)))
}
