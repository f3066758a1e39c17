import Angiography
import Language
import Methods
import Networks

extension Command {
  static let predict = Command(
    "predict", "the probability of non-perfusion in every pixel",
    [
      .argument(
        "segmenter", .either([.object(NetworkValue.typeName), .object(SegmenterValue.typeName)]),
        "a trained network, or what `fit-method` or `compare` has fitted"),
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "size", .optional(.integer(.within(WorkingFrame.sides))), default: Value.none,
        "side in pixels of the square that the network sees; left out, the dataset's, else the one it was trained at"
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
  /// The side that networks see, px; `nil` where `data` say it themselves.
  let side: Int?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let network: NetworkFacts = call.facts("segmenter") ?? NetworkFacts()
  var data = Angiograms.facts("data", of: &call)
  let isDataset = call["data"].kind == .object(DatasetValue.typeName)
  if call.isNone("size") != true {
    data.frames = call.integer("size").map { [ImageSize(width: $0, height: $0)] }
  } else if !isDataset, network.isTrained != false {
    // What it was trained at, where that is known.
    data.frames = network.imageSide.map { [ImageSize(width: $0, height: $0)] }
  }
  guard canPredict(network, data, &call) else { return Planned(nil) }
  let result = Known.predictions(PredictionsFacts(count: data.count, masks: data.masks))
  guard let segmenter = segmenter(of: call) else { return Planned(nil, result: result) }
  let networks = segmenter.fitted.networks
  if networks.isEmpty, call.isNone("size") == false { call.report(sizeWithoutNetwork, on: "size") }
  guard let arguments = call.completeArguments else { return Planned(nil, result: result) }
  let side = arguments.isNone("size") ? (isDataset ? nil : networks.first?.imageSide) : arguments.integer("size")
  return Planned(Plan(segmenter: segmenter, data: arguments["data"], side: side), result: result)
}

/// A network predicts as a segmenter of one.
private func segmenter(of call: CheckedCall) -> SegmenterValue? {
  guard let network = call.object("segmenter", as: NetworkValue.self) else { return call.object("segmenter") }
  return SegmenterValue(FittedNetwork(network.network), title: network.model.architecture.name)
}

private let sizeWithoutNetwork = Failure(
  "contradiction", "`size:` is what networks see; this segmenter has none and sees images at their own size",
  hint: "leave it out")

/// Reports a network that gives no maps, or none of these images, and warns of one that has learnt nothing.
private func canPredict(_ network: NetworkFacts, _ data: DatasetFacts, _ call: inout CheckedCall) -> Bool {
  if let architecture = network.architecture, !architecture.isGenerator {
    call.report(NetworkError.notAGenerator(network: architecture.name), on: "segmenter")
    return false
  }
  if network.isTrained == false {
    call.report(.untrained("this network has not been trained: what it predicts is noise", on: "segmenter"))
  }
  // A trained network sees what it learnt to see.
  let seen = network.features.flatMap { $0.isEmpty ? data.features : $0 }
  for frame in (data.frames ?? []).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }) {
    guard let error = network.misfit(frame, channels: seen?.count) else { continue }
    call.report(error, on: "data")
    return false
  }
  return true
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let fitted = plan.segmenter.fitted
  var seen = try Angiograms.dataset(plan.data, context)
  if let side = plan.side { seen.workingSize = side }
  // A trained network sees what it learnt to see, whatever the dataset was prepared for.
  if let features = fitted.networks.first?.features, !features.isEmpty { seen.features = features }
  fitted.warnOfStrangers(seen.samples, context.host)
  let maps = try fitted.sharedMaps(of: seen) { done, total in
    if context.host.isCancelled { throw Failure("interrupted", "predict was interrupted after \(done) images") }
    context.host.report(Progress("predict", done: done, of: total))
  }
  return .object(PredictionsValue(method: plan.segmenter.label, samples: seen.samples, maps: maps))
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
