import Angiography
import Language

extension Command {
  static let features = Command(
    "features", "what networks see of each angiogram, a channel each",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms"),
      .argument(
        "names", .optional(.list(of: .text)), default: Value.none,
        "features by name and scale; left out: \(Feature.standard.map(\.description).joined(separator: ", "))"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Image operations inside the field of view, computed anew for every augmented image. Scales are in pixels of a "
        + "frame 512 wide: deviation-4, or percentile-10-8 with its rank first. There are "
        + Feature.names.joined(separator: ", ")
        + ". A trained network remembers its features and `predict` computes them.",
      examples: [
        "net = train-net (features (phantom 4 size: 64)) width: 4 epochs: 1",
        "d = features (phantom 2 size: 64) [\"grey\", \"relative-grey-40\", \"texture-8\"]",
      ],
      method: "Not in the paper, whose networks see the grey alone: knowledge for small collections of images."),
    plan: plan, run: run)
}

private func plan(_ call: inout CheckedCall) -> Planned<Dataset> {
  let features = call.apply(chosenFeatures, to: ["names"], on: "names")
  var facts: DatasetFacts = call.facts("data") ?? DatasetFacts()
  facts.features = features
  guard var dataset = call.object("data", as: DatasetValue.self)?.dataset, let features else {
    return Planned(nil, result: .dataset(facts))
  }
  dataset.features = features
  return Planned(dataset, result: .dataset(facts))
}

/// The features that are named, or the standard ones.
private func chosenFeatures(_ arguments: Arguments) throws(FeatureError) -> [Feature] {
  guard case .list(let names) = arguments["names"] else { return Feature.standard }
  return try Feature.list(names.map { if case .text(let name) = $0 { name } else { "" } })
}

private func run(_ dataset: Dataset, _ context: Context) -> Value { .object(DatasetValue(dataset)) }
