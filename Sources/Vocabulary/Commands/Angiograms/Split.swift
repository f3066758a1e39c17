import Angiography
import Language
import Tensors

extension Command {
  static let split = Command(
    "split", "a dataset in two parts that share no case",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms"),
      .option(
        "test", .number(.one, .above(0)), default: .number(0.25),
        "how many cases (or images) go to the second part: below 1 a share, else a count"),
      .option(
        "by", .choice(SplitUnit.allCases.map(\.rawValue) + ["auto"]), default: .text("auto"),
        "what stays together; auto: the case where every image has one, else the image"),
      Randomness.seedOption,
    ],
    result: .list(of: .object(DatasetValue.typeName)), isRandom: true,
    help: Help(
      "Gives [train, test]. The same image on both sides is reported, and so are its copies (compressed, resized, "
        + "brightened, flipped, turned by right angles, as negatives), images so alike that they may be of one eye, and "
        + "patients.",
      examples: ["train, test = split (phantom 4 size: 64) test: 1"],
      method: "The paper splits 138 images of different patients into 107 for training and 31 for testing."),
    codes: [
      CodeEntry("wrong-number", "a number that is neither a share nor a count", .program("split (phantom 4) test: 1.5"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  let data: Dataset
  let share: TestShare
  let unit: SplitUnit
  let seed: UInt64?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let share = call.apply(testShare, to: ["test"], on: "test")
  let data: DatasetFacts = call.facts("data") ?? DatasetFacts()
  guard let share, let unit = data.unit(call.text("by")), let available = data.unitCount(unit) else {
    return Planned(nil, result: Known(elements: [.dataset(data.part()), .dataset(data.part())]))
  }
  guard !call.reportCaseless("data", by: unit) else { return Planned(nil) }
  let dataset = call.object("data", as: DatasetValue.self)?.dataset
  do throws(DatasetError) {
    let wanted = try share.count(of: available, by: unit)
    let parts = [data.part(unit, available - wanted), data.part(unit, wanted)]
    let result = Known(elements: parts.map { .dataset($0) })
    guard let dataset, let arguments = call.completeArguments else { return Planned(nil, result: result) }
    return Planned(
      Plan(data: dataset, share: share, unit: unit, seed: Randomness.seed(of: arguments)), result: result)
  } catch {
    call.report(error, on: call.isGiven("test") ? "test" : "data")
    return Planned(nil)
  }
}

/// How much goes to the second part.
///
/// - Throws: `wrong-number`.
private func testShare(_ arguments: Arguments) throws(Failure) -> TestShare {
  let test = arguments.number("test")
  if test < 1 { return .fraction(test) }
  guard let count = Int(exactly: test) else {
    throw Failure("wrong-number", "`test:` is a share below 1 or a whole count, found \(test)")
  }
  return .count(count)
}

extension DatasetFacts {
  /// Some of these images.
  fileprivate func part(_ unit: SplitUnit? = nil, _ count: Int? = nil) -> DatasetFacts {
    var part = self
    part.count = unit == .image || caseCount == self.count ? count : nil
    part.caseCount = unit == .byCase || caseCount == self.count ? count : nil
    if masks == .some { part.masks = nil }
    if frames?.count != 1 { part.frames = nil }
    // What holds for all images holds for some; that not every image has a case need not.
    if hasCases == false { part.hasCases = nil }
    return part
  }
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  var generator = Randomness.stream(seed: plan.seed, context).generator
  let parts = try plan.data.split(test: plan.share, by: plan.unit, using: &generator)
  parts.warnings.forEach(context.host.warn)
  return .list([.object(DatasetValue(parts.train)), .object(DatasetValue(parts.test))])
}
