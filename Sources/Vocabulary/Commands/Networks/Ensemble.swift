import Angiography
import Base
import Language
import Methods
import Networks

extension Command {
  static let ensemble = Command(
    "ensemble", "a segmenter of trained networks: the mean of their maps, and what is done with it before it is cut",
    [
      .argument(
        "networks", .either([.object(NetworkValue.typeName), .list(of: .object(NetworkValue.typeName))]),
        "a trained network, or several that see the same of an image"),
      MapOptions.turns, MapOptions.relativeLevel, MapOptions.fovea, MapOptions.level,
      .option(
        "title", .optional(.text), default: Value.none,
        "what tables and figures call it; left out, as they call its first network"),
      .option(
        "learnt-from", .optional(.either([teachers, .list(of: teachers)])), default: Value.none,
        "the angiograms that the networks were trained on, or a segmenter that knows its own: whoever shows it one of them again, or one that may "
          + "be of the same eye, is warned. Its file keeps a coarse print of each without a name; whoever has an angiogram of an eye can tell "
          + "from it whether that was among them"),
    ],
    result: .object(SegmenterValue.typeName),
    help: Help(
      "What `compare … ensemble:` makes of the networks of a fold, for networks of your own. `predict`, `uncertainty` and `pseudo-label` "
        + "take it, and `save` keeps it as one .safetensors file: `builtin:unet` is one. Its networks are in `.networks`.",
      examples: [
        "eyes = phantom 4 size: 64", "a = train-net eyes width: 4 epochs: 1 seed: 1",
        "b = train-net eyes width: 4 epochs: 1 seed: 2",
        "both = ensemble [a, b] tta: true relative-level: 0.35 fovea: 20",
        "found = predict (open (save both \"both.safetensors\")) (phantom 2 size: 64)",
      ],
      method: "Deep ensembles (Lakshminarayanan, Pritzel and Blundell 2017)."),
    codes: [
      CodeEntry(
        "no-prints", "an ensemble of what a segmenter has learnt from that does not know it",
        .program(
          "n = train-net (phantom 2 size: 64) width: 4 epochs: 1\nensemble n learnt-from: (fit-method (phantom 2 size: 64))"
        )),
      CodeEntry(
        "no-title", "an ensemble with an empty title",
        .program("ensemble (train-net (phantom 2 size: 64) width: 4 epochs: 1) title: \"\"")),
      CodeEntry("no-networks", "an ensemble of nothing", .program("ensemble []")),
      CodeEntry(
        "repeated-network", "an ensemble of a network and itself",
        .program("a = train-net (phantom 2 size: 64) width: 4 epochs: 1\nensemble [a, a]")),
      CodeEntry(
        "unlike-networks", "an ensemble of networks that see different things",
        .program(
          """
          eyes = phantom 2 size: 64
          a = train-net eyes width: 4 epochs: 1
          b = train-net (features eyes) width: 4 epochs: 1
          ensemble [a, b]
          """)),
    ],
    plan: plan, run: run)
}

private struct Plan {
  let networks: [TrainedNetwork]
  let arguments: Arguments
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let title = call.text("title")
  if title?.allSatisfy(\.isWhitespace) == true {
    call.report(Failure("no-title", "this title is empty", hint: "leave it out"), on: "title")
  }
  let known = call["networks"].elements ?? [call["networks"]]
  let facts = known.compactMap { $0.facts as? NetworkFacts }
  if known.isEmpty {
    call.report(Failure("no-networks", "this list is empty: there is no network in it"), on: "networks")
    return Planned(nil)
  }
  for network in facts {
    guard FittedArgument.givesMaps(network, on: "networks", &call) else { return Planned(nil) }
  }
  if let first = facts.first, let other = facts.first(where: { $0.isShown(unlike: first) }) {
    call.report(unlike(first, other), on: "networks")
    return Planned(nil)
  }
  let result = Known.segmenter(
    SegmenterFacts(network: facts.first, networks: facts.count == known.count ? facts : nil, isText: false))
  guard let arguments = call.completeArguments else { return Planned(nil, result: result) }
  let networks: [TrainedNetwork] =
    switch arguments["networks"] {
    case .object(let network as NetworkValue): [network.network]
    case .list(let networks):
      networks.compactMap { if case .object(let value as NetworkValue) = $0 { value.network } else { nil } }
    default: []
    }
  return Planned(Plan(networks: networks, arguments: arguments), result: result)
}

extension NetworkFacts {
  /// Whether two networks are known to be shown different things of an image.
  fileprivate func isShown(unlike other: NetworkFacts) -> Bool {
    guard let features, let others = other.features else { return false }
    return features != others || (imageSide != nil && other.imageSide != nil && imageSide != other.imageSide)
  }

  /// What it is shown, in words.
  fileprivate var shown: String {
    let names = (features ?? []).map(\.description).joined(separator: ", ")
    return (names.isEmpty ? "nothing yet" : names) + (imageSide.map { " of \($0)×\($0)" } ?? "")
  }
}

private func unlike(_ one: NetworkFacts, _ other: NetworkFacts) -> Failure {
  Failure(
    "unlike-networks", "these networks see different things: \(one.shown); \(other.shown)",
    hint: "train them on images of the same features and size")
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  if let first = plan.networks.first, let other = plan.networks.first(where: { !$0.seesTheSame(as: first) }) {
    throw unlike(NetworkFacts(NetworkValue(first)), NetworkFacts(NetworkValue(other)))
  }
  let digests = try plan.networks.map { try contentDigest(of: $0.model) }
  guard Set(digests).count == digests.count else {
    throw Failure(
      "repeated-network", "two of these networks are one and the same: their maps differ in nothing",
      hint: "train them from different seeds")
  }
  let level = plan.arguments.number(MapOptions.level.name)
  let title = plan.arguments.isNone("title") ? plan.networks[0].model.architecture.name : plan.arguments.text("title")
  let fitted = ensemble(
    of: plan.networks, augmentingTests: MapOptions.areTurned(in: plan.arguments),
    MapOptions.preparation(of: plan.arguments), level: level == 0.5 ? nil : Float(level),
    learntFrom: try known(plan.arguments["learnt-from"], context.host))
  return .object(SegmenterValue(fitted, title: title))
}

/// What networks may have learnt from: angiograms, or those of another segmenter.
private let teachers = Accepts.either([.object(DatasetValue.typeName), .object(SegmenterValue.typeName)])

/// - Throws: `no-prints` for what can't be known again.
private func known(_ value: Value, _ host: any Host) throws -> KnownAngiograms? {
  switch value {
  case .object(let data as DatasetValue):
    let (known, without) = KnownAngiograms.learning(from: data.dataset)
    guard known.count > 0 else {
      throw Failure(
        "no-prints", "none of these angiograms can be known again",
        hint: "they are below 48 px, or all of one grey: leave them out")
    }
    guard known.count <= KnownAngiograms.most else {
      throw Failure("no-prints", "a segmenter keeps \(KnownAngiograms.most) prints at most, not \(known.count)")
    }
    if let first = without.first {
      host.note("\(counted(without.count, "angiogram")) too small or too even to be known again, as “\(first)”")
    }
    return known
  case .object(let segmenter as SegmenterValue):
    guard let known = segmenter.fitted.learntFrom else {
      throw Failure(
        "no-prints", "this segmenter does not know what it has learnt from", hint: "give the angiograms themselves")
    }
    return known
  case .list(let values):
    guard !values.isEmpty else { throw Failure("no-prints", "this list is empty", hint: "leave it out") }
    return .all(of: try values.map { try known($0, host) })
  default: return nil
  }
}
