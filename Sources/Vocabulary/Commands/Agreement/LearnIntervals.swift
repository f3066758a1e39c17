import Angiography
import Imaging
import Language
import Methods

extension Command {
  static let learnIntervals = Command(
    "learn-intervals", "how wide intervals have to be, from eyes whose truth is known",
    [
      KnownAreas.parameter, KnownAreas.truth,
      .option(
        "level", .number(.one, .within(0.5...0.99)), default: .number(0.95),
        "the chance that an interval is to hold the truth"),
    ],
    result: .object(IntervalsValue.typeName),
    help: Help(
      "An interval is the area ± a factor times its spread: of the area over the maps, and of an outline that is placed to within half a "
        + "pixel; of a change, the border times the band; and the median error of all eyes, which each may have without showing it. "
        + "The factor is the quantile that split conformal prediction takes from "
        + "these eyes; of changes it holds for gained, lost and net together. 95 % needs 19 eyes "
        + "or more, of the kind that it is to be applied to, and none that the method has learnt from.",
      examples: [
        "eyes = phantom 24 size: 64", "u = uncertainty (fit-method eyes) (phantom 24 size: 64 seed: 5)",
        "print learn-intervals u level: 80%",
      ],
      method: "Split conformal prediction, normalised (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018)."),
    codes: [
      CodeEntry(
        "too-few-eyes", "intervals of a level that so few eyes can't show",
        .program("eyes = phantom 4 size: 64\nlearn-intervals (uncertainty (fit-method eyes) eyes)")),
      CodeEntry(
        "no-truth", "changes whose truth isn't said for each, as gained and lost",
        .program(
          "eye = (phantom 1 size: 128)[0]\nc = change eye (move eye shift: [3px, 2px])\nlearn-intervals [c] truth: [[gained: 3px]]"
        )),
    ],
    rules: [KnownAreas.truthRule]
  ) { arguments, context in
    let known = try KnownAreas(arguments)
    if let patient = known.repeatedPatient {
      context.host.warn(
        "several of these angiograms are of one patient (\(patient)): they are less different than new eyes will be, and "
          + "intervals hold the truth of fewer than they say")
    }
    return .object(
      IntervalsValue(
        try AreaIntervals(level: arguments.number("level"), learntFrom: known.eyes), of: known.quantity,
        learntFrom: known.images))
  }

  static let coverage = Command(
    "coverage", "how often intervals hold the truth, on eyes whose truth is known",
    [
      KnownAreas.parameter, .option("intervals", .object(IntervalsValue.typeName), "what `learn-intervals` gave"),
      KnownAreas.truth,
    ],
    result: .record,
    help: Help(
      "On other eyes than they were learnt from, or it shows nothing: `.share` of them, with `.low` and `.high` of that share "
        + "(95 %, Wilson), and `.width`, the mean of half an interval in px. Of changes `.gained`, `.lost` and `.net` have a "
        + "share each; `.share` is of those where all three hold.",
      examples: [
        "eyes = phantom 24 size: 64", "net = fit-method eyes",
        "i = learn-intervals (uncertainty net (phantom 40 size: 64 seed: 5)) level: 80%",
        "print coverage (uncertainty net (phantom 40 size: 64 seed: 6)) intervals: i",
      ], method: "The interval of a share: Wilson 1927."),
    rules: [KnownAreas.truthRule]
  ) { arguments, context in
    let known = try KnownAreas(arguments)
    let intervals = arguments.require("intervals", as: IntervalsValue.self)
    try intervals.require(known.quantity)
    for leak in intervals.leaks(into: known.samples) {
      context.host.warn(leak)
    }
    let reaches = known.eyes.map { intervals.intervals.reach(spread: $0.spread, gradable: $0.gradable) }
    func share(_ holds: (AreaIntervals.Eye, Double) -> Bool) -> Double {
      Double(zip(known.eyes, reaches).count { holds($0, $1) }) / Double(known.eyes.count)
    }
    let all = share { eye, reach in eye.errors.allSatisfy { $0 <= reach } }
    let range = wilsonInterval(of: all, seenOn: known.eyes.count)
    var result = Record([
      "share": .number(all), "low": .number(range.lowerBound), "high": .number(range.upperBound),
      "eyes": .number(Double(known.eyes.count)),
      "width": .number(reaches.reduce(0, +) / Double(reaches.count), .pixels),
    ])
    let parts = if case .changes = known.quantity { ["gained", "lost", "net"] } else { [String]() }
    for (index, name) in parts.enumerated() { result[name] = .number(share { $0.errors[index] <= $1 }) }
    return .record(result)
  }
}

/// Areas, or changes of them, with their truth.
private struct KnownAreas {
  let quantity: IntervalsValue.Quantity
  /// With the errors of their areas, or of gained, lost and net.
  let eyes: [AreaIntervals.Eye]
  /// What they are of: of changes the later visits.
  let samples: [Sample]

  var images: [LearntImage] { samples.map(LearntImage.init) }

  /// Whose angiograms are several of these.
  var repeatedPatient: String? {
    Dictionary(grouping: samples.compactMap(\.facts.caseName)) { $0 }.filter { $0.value.count > 1 }.keys.min()
  }

  static let parameter = Parameter.argument(
    "known", .either([.object(UncertaintyValue.typeName), .list(of: .object(ChangeValue.typeName))]),
    "the `uncertainty` of angiograms with masks that the method has not learnt from; or a list of changes between visits"
  )
  static let truth = Parameter.option(
    "truth", .optional(.list(of: .record)), default: Value.none,
    "of changes: what really became of each, as `[gained: 35px, lost: 0px]`; left out, nothing: eyes photographed twice"
  )
  private static let unchanged = "unchanged"
  static let truthRule = CallRule(on: "truth") { call throws(Failure) in
    if call.isNone("truth") == true, case .list = call["known"].kind {
      throw Failure(
        "no-truth", "nobody says what really became of these eyes",
        hint: "`truth: [[gained: 35px, lost: 0px], …]`, or `truth: unchanged` of eyes photographed twice")
    }
    guard call.isNone("truth") == false, call["known"].kind == .object(UncertaintyValue.typeName) else { return }
    throw Failure("contradiction", "the truth of an `uncertainty` is its angiograms' masks", hint: "leave `truth:` out")
  }

  /// - Throws: `mask-missing`, `no-truth`, `no-images`.
  init(_ arguments: Arguments) throws(Failure) {
    guard case .list(let values) = arguments["known"] else {
      let value = arguments.require("known", as: UncertaintyValue.self)
      (quantity, eyes, samples) = (value.quantity, try value.judgedAreas(), value.samples)
      guard !eyes.isEmpty else { throw Failure.nothingGraded }
      return
    }
    guard !values.isEmpty else { throw Failure("no-images", "there is no change in this list") }
    let changes = values.map { value -> ChangeValue in
      guard case .object(let object) = value, let change = object as? ChangeValue else {
        preconditionFailure("the signature asks for changes")
      }
      return change
    }
    let isRepeat = if case .text = arguments["truth"] { true } else { false }
    var truths = changes.map { _ in (gained: 0.0, lost: 0.0) }
    if !isRepeat {
      truths = try arguments.list("truth").map { value throws(Failure) in try trueChange(value) }
      guard truths.count == changes.count else {
        throw Failure(
          "no-truth", "there are \(changes.count) changes, and truths of \(truths.count)",
          hint: "give one to each, in their order")
      }
    }
    guard Set(changes.map { $0.quantity(ofRepeats: isRepeat) }).count == 1 else {
      throw Failure(
        "contradiction", "these changes are of masks of several origins, or of several `border:`s",
        hint: "learn the intervals of each by itself")
    }
    quantity = changes[0].quantity(ofRepeats: isRepeat)
    samples = changes.map(\.followUp)
    eyes = zip(changes, truths).map { change, truth in
      let areas = change.change.areas
      let errors = [
        Double(areas.gained) - truth.gained, Double(areas.lost) - truth.lost,
        Double(areas.net) - (truth.gained - truth.lost),
      ]
      return AreaIntervals.Eye(
        errors: errors.map { abs($0) }, spread: areas.spread, gradable: Double(areas.common))
    }
  }
}

/// What a record says was gained and lost, in pixels.
///
/// - Throws: `no-truth`.
private func trueChange(_ value: Value) throws(Failure) -> (gained: Double, lost: Double) {
  guard case .record(let record) = value, let gained = pixels(record["gained"]), let lost = pixels(record["lost"])
  else {
    throw Failure(
      "no-truth", "a true change says what was gained and what was lost, in pixels",
      hint: "as in `[gained: 35px, lost: 0px]`")
  }
  return (gained, lost)
}

private func pixels(_ value: Value?) -> Double? {
  guard case .number(let number, let unit)? = value, unit == .pixels || unit == .one, number.isFinite, number >= 0
  else {
    return nil
  }
  return number
}

extension UncertaintyValue {
  /// Without eyes of which nothing can be graded.
  ///
  /// - Throws: `mask-missing`.
  fileprivate func judgedAreas() throws(Failure) -> [AreaIntervals.Eye] {
    let predicted = draws.predicted
    var eyes: [AreaIntervals.Eye] = []
    for (index, sample) in samples.enumerated() {
      guard let truth = sample.mask else {
        throw Failure("mask-missing", "nobody has marked “\(sample.name)”: there is no truth to learn from")
      }
      guard sample.gradable.area > 0 else { continue }
      let found = Mask(predicted[index], atLeast: Float(PredictionsValue.threshold))
      let error = found.area(within: sample.gradable) - truth.area(within: sample.gradable)
      eyes.append(
        AreaIntervals.Eye(
          errors: [Double(abs(error))], spread: spread(of: index, marked: found),
          gradable: Double(sample.gradable.area)))
    }
    return eyes
  }
}
