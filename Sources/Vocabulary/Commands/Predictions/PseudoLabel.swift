import Angiography
import Base
import Language
import Methods
import Networks

extension Command {
  static let pseudoLabel = Command(
    "pseudo-label", "angiograms that nobody has marked, with masks of what a method is sure of",
    [
      FittedArgument.parameter,
      .argument("data", .object(DatasetValue.typeName), "angiograms, of which those without a mask get one"),
      .option(
        "above", .number(.one, .within(0...1)), default: .number(PseudoLabels.above),
        "the probability from which a pixel is marked"),
      .option(
        "below", .number(.one, .within(0...1)), default: .number(PseudoLabels.below),
        "the probability up to which a pixel is unmarked; between the two it is ungraded, and no loss counts it"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "For self-training: `join` puts what it gives beside angiograms that people have marked, and networks learn from both. They have no territory, which `stacked` and nested networks learn from. "
        + "A mask that is there stays as it is; the others have the grader \(PseudoLabels.grader). Measures on them say how "
        + "far a method agrees with another, not how good it is. `save` writes ungraded pixels as unmarked.",
      examples: [
        "eyes, others = split (phantom 6 size: 64) test: 2", "folder = save others \"others\"",
        "net = train-net eyes width: 4 epochs: 1",
        "more = pseudo-label net (load \"{folder}/images\") above: 0.6 below: 0.4",
        "again = train-net (join eyes more) width: 4 epochs: 1",
      ],
      method: "Pseudo-labels of Lee 2013 with a band between the bounds left out; the bounds are ours.",
      explanation: .selfTraining),
    codes: [
      CodeEntry(
        "nothing-to-label", "pseudo-labels of angiograms that all have masks",
        .program("net = train-net (phantom 2 size: 64) width: 4 epochs: 1\npseudo-label net (phantom 2 size: 64)")),
      CodeEntry(
        "bounds-crossed", "pseudo-labels whose bounds leave pixels both marked and unmarked",
        .program(
          """
          save (phantom 2 size: 64) "p"
          net = train-net (phantom 2 size: 64) width: 4 epochs: 1
          pseudo-label net (load "p/images") above: 0.4 below: 0.5
          """)),
    ],
    plan: plan, run: run)
}

private struct Plan {
  let segmenter: SegmenterValue
  let data: Dataset
  let labels: PseudoLabels
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let network = FittedArgument.networks(of: call)
  let data: DatasetFacts = call.facts("data") ?? DatasetFacts()
  if data.masks == .all { call.report(nothingToLabel, on: "data") }
  let labels = call.apply(pseudoLabels, to: ["above", "below"], on: call.isGiven("below") ? "below" : "above")
  guard FittedArgument.canPredict(network, FittedArgument.facts(data, seenBy: network), &call) else {
    return Planned(nil)
  }
  var marked = data
  marked.masks = .all
  let result = Known.dataset(marked)
  guard let labels, let segmenter = FittedArgument.segmenter(of: call),
    let dataset = call.object("data", as: DatasetValue.self)?.dataset
  else { return Planned(nil, result: result) }
  return Planned(Plan(segmenter: segmenter, data: dataset, labels: labels), result: result)
}

/// - Throws: `bounds-crossed`.
private func pseudoLabels(_ arguments: Arguments) throws(Failure) -> PseudoLabels {
  let (above, below) = (arguments.number("above"), arguments.number("below"))
  guard below < above else {
    throw Failure(
      "bounds-crossed", "`below:` is not less than `above:`, so that a pixel could be both marked and unmarked",
      hint: "give `above:` the larger of the two")
  }
  return PseudoLabels(above: above, below: below)
}

private let nothingToLabel = Failure(
  "nothing-to-label", "all of these angiograms have masks", hint: "pseudo-labels are for those that nobody has marked")

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let places = plan.data.samples.indices.filter { plan.data.samples[$0].mask == nil }
  guard !places.isEmpty else { throw nothingToLabel }
  let unmarked = plan.data.with(places.map { plan.data.samples[$0] })
  let maps = try plan.segmenter.maps(of: unmarked, by: "pseudo-label", context)
  var samples = plan.data.samples
  for (place, map) in zip(places, maps) { samples[place] = plan.labels.labelled(samples[place], by: map) }
  context.host.emit(.text(line(about: places.map { samples[$0] }, before: unmarked.samples)))
  return .object(DatasetValue(plan.data.with(samples)))
}

/// How much of what could be graded is sure, over all angiograms together.
private func line(about labelled: [Sample], before: [Sample]) -> String {
  let gradable = before.reduce(0) { $0 + $1.gradable.area }
  let marked = labelled.reduce(0) { $0 + ($1.mask?.area ?? 0) }
  let sure = labelled.reduce(0) { $0 + $1.gradable.area }
  func share(_ area: Int) -> String { formatted(100 * Double(area) / Double(max(gradable, 1)), decimals: 1) }
  let whole = before.contains { $0.ungraded != nil } ? "what can be graded" : "the field of view"
  return "pseudo-labels of \(counted(labelled.count, "angiogram")): of \(whole) "
    + "\(share(marked)) % marked, \(share(sure - marked)) % unmarked, \(share(gradable - sure)) % left out"
}

extension Explanation {
  static let selfTraining = Explanation(
    commands: ["pseudo-label"], title: "Self-training (Lee 2013)",
    text: """
      A network that has learnt from few masks draws maps of angiograms without any; where it is sure, its answer becomes a
      label, and the next network learns from both. A pixel is

        marked      where G(X) ≥ 0.9                                                    above:
        unmarked    where G(X) ≤ 0.05                                                   below:
        left out    between the two: no loss counts it

      Whatever the first network gets wrong and is sure of, the second one learns. So judge by patients whom neither has seen,
      and let a fold's pseudo-labels come from networks of that fold alone. `unlabelled:` of train-gan is the other way: there
      the labels are the network's own, made anew in every step, and a discriminator says where to trust them.
      """)
}
