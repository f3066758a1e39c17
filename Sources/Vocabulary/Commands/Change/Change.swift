import Angiography
import Imaging
import Language

extension Command {
  static let change = Command(
    "change", "non-perfusion gained, lost and stable between two visits",
    [
      .argument("baseline", .record, "the earlier visit: a sample or a prediction of one, whose `mask` counts"),
      .argument("follow-up", .record, "the later visit of the same eye"),
      .option(
        "registration", .optional(.object(RegistrationValue.typeName)), default: Value.none,
        "what `register` gave of the two; left out, it is found"),
      RegistrationModel.option,
      .option(
        "border", .number(.pixels, .within(0...20)), default: .number(Change.borderUncertainty, .pixels),
        "how far a drawn border is usually off, in pixels of the baseline"),
      .option(
        "disease", .optional(.choice(GradingNoise.Disease.allCases.map(\.rawValue))), default: Value.none,
        "tells what of a change may be grading noise, by published gradings"),
      .option(
        "replicate-sd", .optional(.number(.one, .within(0.01...100))), default: Value.none,
        "the same by your own: standard deviation of the ischemic index graded twice, in percentage points"),
      .option(
        "mm-per-pixel", .optional(.number(.one, .within(0.00001...100))), default: Value.none,
        "of the baseline; left out, what the sample has"),
      .option(
        "intervals", .optional(.object(IntervalsValue.typeName)), default: Value.none,
        "what `learn-intervals` gave of changes; left out, intervals are bounds by the band"),
    ],
    result: .object(ChangeValue.typeName),
    help: Help(
      "Over the retina that both show and that is gradable in both. Borders are known within a band, of the registration's error "
        + "and `border:` together: where the borders of both visits run within it of each other, what lies between them counts as "
        + "no change. Intervals move every border of what was gained, or lost, by the band to either side: bounds, not chances. `learn-intervals` "
        + "makes them chances, of changes whose truth is known or of eyes photographed twice.",
      examples: [
        "eye = (phantom 1 size: 128)[0]", "later = move eye shift: [4px, 2px] rotate: 4deg",
        "grown = [name: \"later\", image: later.image, mask: (grow later.mask by: 4px), field: later.field]",
        "c = change eye grown disease: brvo", "print c.sentence, c.table", "show c", "show c.flicker",
      ],
      method:
        "The smallest change that isn't grading noise is 1.96·√2·SD of replicate ischemic indices: SD 3.8 points in branch "
        + "and 13.0 in central vein occlusion, 17.8 in diabetic retinopathy (Tsui and colleagues 2015)."),
    rules: [
      CallRule(on: "model") { call throws(Failure) in
        guard call.isGiven("model"), call.isNone("model") == false, call.isNone("registration") == false else { return }
        throw Failure("contradiction", "`registration:` has its model; `model:` would say it again")
      },
      CallRule(on: "replicate-sd") { call throws(Failure) in
        guard call.isNone("disease") == false, call.isNone("replicate-sd") == false else { return }
        throw Failure("contradiction", "`disease:` and `replicate-sd:` both say how gradings differ", hint: "give one")
      },
    ]
  ) { arguments, context in
    let (baseline, followUp) = (try Visit("baseline", arguments), try Visit("follow-up", arguments))
    try requireOneEye(baseline.sample.facts, followUp.sample.facts)
    warn(ofPhases: [baseline.sample, followUp.sample], context.host)
    warn(ofOrder: baseline.sample.facts, followUp.sample.facts, context.host)
    let visits = (try baseline.marked, try followUp.marked)
    let given = arguments.object("registration", as: RegistrationValue.self)
    try given?.require(baseline: baseline.sample, followUp: followUp.sample)
    let registration =
      try given?.registration
      ?? Registration(of: followUp.sample, to: baseline.sample, model: RegistrationModel(arguments))
    let scale =
      arguments.isNone("mm-per-pixel")
      ? baseline.sample.scale?.millimetresPerPixel : arguments.number("mm-per-pixel")
    let intervals = arguments.object("intervals", as: IntervalsValue.self)
    let method = baseline.method == followUp.method ? baseline.method : nil
    let border = arguments.number("border")
    try intervals?.require(.changes(method: method, border: border, ofRepeats: false))
    for leak in intervals?.leaks(into: [followUp.sample]) ?? [] { context.host.warn(leak) }
    let bounded = try Change(
      from: visits.0, to: visits.1, by: registration, borderUncertainty: border,
      millimetresPerPixel: scale)
    let change =
      intervals.map {
        let areas = bounded.areas
        return bounded.with(reach: $0.intervals.reach(spread: areas.spread, gradable: Double(areas.common)))
      } ?? bounded
    return .object(
      ChangeValue(
        change, baseline: baseline.seen, followUp: followUp.seen, registration: registration, noise: noise(arguments),
        intervals: intervals, method: method, border: border))
  }
}

/// - Throws: `other-eye`, `one-eye` for two patients.
private func requireOneEye(_ baseline: SampleFacts, _ followUp: SampleFacts) throws {
  if let first = baseline.eye, let second = followUp.eye, first != second {
    throw RegistrationError.otherEye(baseline: first, followUp: second)
  }
  if let first = baseline.caseName, let second = followUp.caseName, first != second {
    throw Failure(
      "one-eye", "the baseline is of case \(first), the follow-up of case \(second)",
      hint: "a change is of one eye; `annotate … case:` says whose it is")
  }
}

/// Warns of visits in the wrong order.
private func warn(ofOrder baseline: SampleFacts, _ followUp: SampleFacts, _ host: any Host) {
  if let first = baseline.visitDate, let second = followUp.visitDate, second < first {
    host.warn("the follow-up (\(second)) was taken before the baseline (\(first)): what is called gained was lost")
  }
}

private func noise(_ arguments: Arguments) -> GradingNoise? {
  if !arguments.isNone("replicate-sd") { return GradingNoise(replicateDeviation: arguments.number("replicate-sd")) }
  guard !arguments.isNone("disease") else { return nil }
  return GradingNoise(of: arguments.choice("disease"))
}
