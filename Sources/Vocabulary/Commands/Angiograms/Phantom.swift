import Angiography
import Base
import Language
import Tensors

private let drawn = PhantomOptions()

extension Command {
  static let phantom = Command(
    "phantom", "synthetic angiograms whose non-perfusion is known exactly",
    [
      .argument(
        "count", .integer(.within(PhantomOptions.counts)), default: .number(Double(drawn.count)), "how many"),
      .option(
        "size", .integer(.within(PhantomOptions.sizes)), default: .number(Double(drawn.size)),
        "side of the square image, in pixels"),
      .option(
        "least", .number(.one, .within(PhantomOptions.fractions)), default: .number(drawn.nonPerfusion.lowerBound),
        "smallest non-perfused share of the field of view"),
      .option(
        "most", .number(.one, .within(PhantomOptions.fractions)), default: .number(drawn.nonPerfusion.upperBound),
        "largest non-perfused share of the field of view"),
      .option(
        "negatives", .number(.one, .within(PhantomOptions.negativeShares)), default: .number(drawn.negatives),
        "share of the angiograms without any non-perfusion"),
      .option(
        "noise", .number(.one, .within(PhantomOptions.noiseLevels)), default: .number(drawn.noise),
        "grain, in multiples of a usual camera's"),
      .option(
        "darkening", .number(.one, .within(PhantomOptions.darkenings)), default: .number(drawn.darkening),
        "how much darker non-perfused retina is on average; at 0 only the missing capillaries tell"),
      .option(
        "visit", .integer(.within(PhantomOptions.visits)), default: .number(Double(drawn.visit)),
        "which visit of the same eyes: another has other light and grain"),
      .option(
        "growth", .number(.one, .within(PhantomOptions.growths)), default: .number(drawn.growth),
        "what non-perfusion gains (or, below 0, loses) from visit to visit, as a share of the field of view"),
      Randomness.seedOption,
    ],
    result: .object(DatasetValue.typeName), isRandom: true,
    help: Help(
      "An angiogram is drawn from the eye outwards: disc, fovea, vessels that branch by Murray's law, cells between "
        + "them of which some lose their capillaries, lesions, light, camera. Angiogram k depends on the seed and k "
        + "alone, not on the count. The mask includes the vessels that cross it, as graders draw it.",
      examples: [
        "describe (phantom 2 size: 64)", "show (phantom 1 size: 128 seed: 7)",
        "later = phantom 1 size: 128 seed: 7 visit: 2 growth: 3%",
      ]),
    codes: [
      CodeEntry("no-seed", "a later visit without the `seed:` of the first", .program("phantom 1 size: 64 visit: 2")),
      CodeEntry(
        "empty-range", "a range whose lower end lies above its upper one", .program("phantom 2 least: 30% most: 10%")),
    ],
    plan: plan, run: run)
}

private struct Plan {
  /// But for the seed.
  let options: PhantomOptions
  let seed: UInt64?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let range = call.apply(nonPerfusion, to: ["least", "most"], on: "least")
  if call.isGiven("growth"), call.integer("visit") == drawn.visit {
    call.report(
      Failure(
        "idle-option", "`growth:` says nothing to the first visit", hint: "it is from visit to visit: `visit: 2`"),
      on: "growth")
  }
  if let visit = call.integer("visit"), visit > 1, call.isNone("seed") == true {
    call.report(
      Failure(
        "no-seed", "a later visit is of the eyes that a seed draws, and none is given",
        hint: "give both visits one `seed:`"), on: "visit")
  }
  let side = call.integer("size")
  let count = call.integer("count")
  let facts = DatasetFacts(
    count: count, masks: .all, frames: side.map { [ImageSize(width: $0, height: $0)] }, isResized: false,
    features: [.grey], hasCases: true, caseCount: count)
  guard let range, let arguments = call.completeArguments else { return Planned(nil, result: .dataset(facts)) }
  let options = PhantomOptions(
    count: arguments.integer("count"), size: arguments.integer("size"), nonPerfusion: range,
    negatives: arguments.number("negatives"), noise: arguments.number("noise"),
    darkening: arguments.number("darkening"), visit: arguments.integer("visit"), growth: arguments.number("growth"))
  return Planned(Plan(options: options, seed: Randomness.seed(of: arguments)), result: .dataset(facts))
}

/// Smallest and largest non-perfused share of the field of view.
///
/// - Throws: `empty-range`.
private func nonPerfusion(_ arguments: Arguments) throws(Failure) -> ClosedRange<Double> {
  let (least, most) = (arguments.number("least"), arguments.number("most"))
  guard least <= most else {
    throw Failure("empty-range", "phantom needs `least:` ≤ `most:`, found \(least) and \(most)")
  }
  return least...most
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  var options = plan.options
  // The image's numbers, its mask and its field of view.
  try AvailableMemory.require(
    bytes: options.count * options.size * options.size * 6, for: "\(options.count) phantoms of this size",
    hint: "ask for fewer, or for a smaller `size:`")
  var stream = Randomness.stream(seed: plan.seed, context).generator
  options.seed = stream.next()
  let host = context.host
  let dataset = try phantomDataset(options) { count in
    host.report(Progress("phantom", done: count, of: options.count))
    return !host.isCancelled
  }
  guard let seed = plan.seed else { return .object(DatasetValue(dataset)) }
  // Eyes of two seeds are no visits of one patient.
  let samples = dataset.samples.map { sample -> Sample in
    var facts = sample.facts
    facts.caseName = facts.caseName.map { "\($0), seed \(seed)" }
    return sample.with(facts)
  }
  return .object(DatasetValue(dataset.with(samples)))
}
