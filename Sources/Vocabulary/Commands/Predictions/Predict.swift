import Angiography
import Language
import Methods
import Networks

extension Command {
  static let predict = Command(
    "predict", "the probability of non-perfusion in every pixel",
    [
      FittedArgument.parameter,
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "size", .optional(.integer(.within(WorkingFrame.sides))), default: Value.none,
        "side in pixels of the square that the network sees; left out, the dataset's, else the one it was trained at"
      ),
      .option(
        "tta", .optional(.truth), default: Value.none,
        "test-time augmentation: networks see each picture turned by quarters and mirrored, in eight ways, and the mean of what they "
          + "say counts; left out, as it was in the `compare` or `ensemble` that has made the segmenter, and not for a network alone"
      ),
    ],
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Networks see images at the working size; each map is resampled to its image's own size. One image gives "
        + "predictions of one image; those of a folder may have different sizes.",
      examples: [
        "eyes = phantom 4 size: 64", "net = train-net eyes width: 4 epochs: 1",
        "found = predict net (phantom 2 size: 64)",
        "show (predict net eyes[0])", "file = save eyes[0].image \"eye.png\"", "one = predict net file",
      ],
      explanation: .toAMask),
    plan: plan, run: run)
}

private struct Plan {
  let segmenter: SegmenterValue
  /// As `Angiograms` takes them.
  let data: Value
  /// Whether networks see each picture in eight ways; `nil` as it is.
  let augmentsTests: Bool?
  /// The side that networks see, px; `nil`: the dataset's, else what the network was trained at.
  let side: Int?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let network = FittedArgument.networks(of: call)
  var data = Angiograms.facts("data", of: &call)
  if call["data"].kind != .object(DatasetValue.typeName) { data.isResized = false }
  if call.isNone("size") != true {
    data.frames = call.integer("size").map { [ImageSize(width: $0, height: $0)] }
  } else {
    data = FittedArgument.facts(data, seenBy: network)
  }
  guard FittedArgument.canPredict(network, data, &call) else { return Planned(nil) }
  let result = Known.predictions(PredictionsFacts(count: data.count, masks: data.masks))
  guard let segmenter = FittedArgument.segmenter(of: call) else { return Planned(nil, result: result) }
  let networks = segmenter.fitted.networks
  if networks.isEmpty {
    if call.isNone("size") == false { call.report(sizeWithoutNetwork, on: "size") }
    if call.isNone("tta") == false { call.report(turnsWithoutNetwork, on: "tta") }
  }
  guard let arguments = call.completeArguments else { return Planned(nil, result: result) }
  let side = arguments.isNone("size") ? nil : arguments.integer("size")
  let augmentsTests = arguments.isNone("tta") ? nil : arguments.truth("tta")
  return Planned(
    Plan(segmenter: segmenter, data: arguments["data"], augmentsTests: augmentsTests, side: side), result: result)
}

private let sizeWithoutNetwork = Failure(
  "contradiction", "`size:` is what networks see; this segmenter has none and sees images at their own size",
  hint: "leave it out")

private let turnsWithoutNetwork = Failure(
  "contradiction", "`tta:` is of what networks see; this segmenter has none", hint: "leave it out")

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  var seen = try Angiograms.dataset(plan.data, context)
  if let side = plan.side { seen.workingSize = side }
  var segmenter = plan.segmenter
  if let does = plan.augmentsTests {
    if does != segmenter.fitted.augmentsTests, segmenter.fitted.hasOwnLevel {
      context.host.note(
        "the level of this segmenter is for maps \(does ? "without" : "with") test-time augmentation: \(does ? "with" : "without") it, "
          + "another one may be better")
    }
    segmenter = segmenter.augmentingTests(does)
  }
  let maps = try segmenter.maps(of: seen, by: "predict", context)
  return .object(PredictionsValue(method: segmenter.label, samples: seen.samples, maps: maps))
}

extension Explanation {
  static let toAMask = Explanation(
    commands: ["predict", "threshold"], title: "From probabilities to a mask (§6 of the 2021 paper)",
    text: """
      G(X) is brought back to the angiogram's own size by bilinear resampling; a pixel is non-perfused where it is at least
      0.5. With few training images 0.5 is seldom the best level: `compare … hold-out: rotating` learns one from training
      patients that a network has not seen, and shifts the logits so that it becomes 0.5.
      """)
}
