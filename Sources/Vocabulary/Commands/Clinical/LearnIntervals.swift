import Angiography
import Imaging
import Language
import Methods

extension Command {
  static let learnIntervals = Command(
    "learn-intervals", "how wide intervals have to be, from eyes whose truth is known",
    [
      .argument(
        "known", .either([.object(UncertaintyValue.typeName), .list(of: .object(ChangeValue.typeName))]),
        "the `uncertainty` of angiograms with masks that the method has not learnt from; or a list of changes between visits"
      ),
      .option(
        "truth", .optional(.list(of: .record)), default: Value.none,
        "of changes: what really became of each, as `[gained: 35px, lost: 0px]`; left out, nothing: eyes photographed twice"
      ),
      .option(
        "level", .number(.one, .within(0.5...0.99)), default: .number(0.95),
        "the chance that an interval is to hold the truth"),
    ],
    result: .object(IntervalsValue.typeName),
    help: Help(
      "An interval is the area ± a factor times its spread: of the area over the maps, and of an outline that is placed to within half a "
        + "pixel; of a change, the border times the band. The factor is the quantile that split conformal prediction takes from "
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
    rules: [
      CallRule(on: "truth") { call throws(Failure) in
        guard call.isNone("truth") == false, call["known"].kind == .object(UncertaintyValue.typeName) else { return }
        throw Failure(
          "contradiction", "the truth of an `uncertainty` is its angiograms' masks", hint: "leave `truth:` out")
      }
    ]
  ) { arguments, _ in
    let level = arguments.number("level")
    guard case .list(let values) = arguments["known"] else {
      let value = arguments.require("known", as: UncertaintyValue.self)
      return .object(
        IntervalsValue(
          try AreaIntervals(level: level, learntFrom: value.judgedAreas()), of: .areas(method: value.method)))
    }
    let changes = values.map { value -> Change in
      guard case .object(let object) = value, let change = object as? ChangeValue else {
        preconditionFailure("the signature asks for changes")
      }
      return change.change
    }
    let truths =
      try arguments.isNone("truth")
      ? changes.map { _ in (gained: 0, lost: 0) } : arguments.list("truth").map(trueChange)
    guard truths.count == changes.count else {
      throw Failure(
        "no-truth", "there are \(changes.count) changes, and \(truths.count) of them have a truth",
        hint: "give one to each, in their order")
    }
    let errors = zip(changes, truths).map { change, truth in
      let (gained, lost) = (Double(change.areas.gained) - truth.gained, Double(change.areas.lost) - truth.lost)
      return max(abs(gained), abs(lost), abs(gained - lost)) / change.areas.spread
    }
    return .object(IntervalsValue(try AreaIntervals(level: level, errors: errors), of: .changes))
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
  /// - Throws: `mask-missing`.
  fileprivate func judgedAreas() throws(Failure) -> [(area: Double, truth: Double, spread: Double)] {
    let means = draws.means
    var eyes: [(area: Double, truth: Double, spread: Double)] = []
    for (index, sample) in samples.enumerated() {
      guard let truth = sample.mask else {
        throw Failure("mask-missing", "nobody has marked “\(sample.name)”: there is no truth to learn from")
      }
      let found = Mask(means[index], atLeast: Float(PredictionsValue.threshold))
      eyes.append(
        (
          Double(found.area(within: sample.gradable)), Double(truth.area(within: sample.gradable)),
          spread(of: index, marked: found)
        ))
    }
    return eyes
  }
}
