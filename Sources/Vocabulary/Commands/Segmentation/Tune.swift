import Angiography
import Language
import Methods

extension Command {
  static let tune = Command(
    "tune", "choose a classical method's parameters on angiograms with masks",
    [
      .argument(
        "data", .object(DatasetValue.typeName), "angiograms with masks to choose on; those to be tested on are others"),
      MethodOptions.method,
      .option(
        "over", .record, default: .record(Record()),
        "the values of a grid, by parameter: [depth: [0.02, 0.05], levels: [4, 6]]; left out, parameters are drawn at random"
      ),
      .option(
        "tries", .integer(.within(1...Double(mostSettings))), default: .number(20),
        "settings that are tried at random, the defaults among them; each number is drawn between half and twice its default"
      ),
      Randomness.seedOption,
    ],
    result: .object(TuningValue.typeName), isRandom: true,
    help: Help(
      "Takes the setting with the highest mean DSC, over cases where they are known. `.segmenter` is what was chosen, for "
        + "`predict` and `save`; `.table` has every setting, and `.flatness` how far each parameter may go before a point of DSC is lost. A "
        + "method that learns from masks is measured on cases that it has not learnt from.",
      examples: [
        "train, test = split (phantom 6 size: 64) test: 2",
        "t = tune train method: valleys over: [depth: [0.02, 0.05, 0.1]]", "show t.table",
        "metrics (predict t.segmenter test)",
      ]),
    codes: [
      CodeEntry(
        "tune-values", "values to try that a parameter can't have",
        .program("tune (phantom 2 size: 64) method: valleys over: [depth: [3]]"))
    ],
    plan: plan, run: run)
}

/// How many settings one tuning tries.
private let mostSettings = 10_000

private struct Plan {
  let data: Dataset
  let method: any TunableSegmenter
  let search: ParameterSearch
  let seed: UInt64?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  if (call.facts("data") as DatasetFacts?)?.masks == .some(.none) {
    call.report(MethodError.nothingToTuneOn, on: "data")
  }
  guard let method = MethodOptions.chosen(call), case .record(let over)? = call.value("over") else {
    return Planned(nil)
  }
  var candidates: [(name: String, values: [Double])] = []
  for name in over.names {
    do throws(Failure) { candidates.append((name, try values(over[name] ?? .none, named: name, of: method))) } catch {
      call.report(error, on: "over")
    }
  }
  for name in ["tries", Randomness.seedOption.name] where !candidates.isEmpty && call.isGiven(name) {
    call.report(
      Failure(
        "idle-option", "`\(name):` says nothing to a grid", hint: "`over:` says all that is tried: leave one out"),
      on: name)
  }
  // More than any grid may have is enough to know.
  let count = candidates.reduce(1) { min($0, mostSettings + 1) * min($1.values.count, mostSettings + 1) }
  if count > mostSettings {
    call.report(Failure("tune-values", "the grid has more than \(mostSettings) settings"), on: "over")
  }
  guard let dataset = call.object("data", as: DatasetValue.self)?.dataset, let arguments = call.completeArguments else {
    return Planned(nil)
  }
  return Planned(
    Plan(
      data: dataset, method: method,
      search: ParameterSearch(
        candidates.isEmpty ? .random : .grid, tries: arguments.integer("tries"), candidates: candidates),
      seed: Randomness.seed(of: arguments)))
}

/// - Throws: `tune-values`.
private func values(_ value: Value, named name: String, of method: any TunableSegmenter) throws(Failure) -> [Double] {
  guard let parameter = method.parameters.first(where: { $0.name == name }) else {
    throw Failure(
      "tune-values", "`\(method.name)` has no parameter `\(name)`",
      hint: "it has \(method.parameters.map(\.name).joined(separator: ", "))")
  }
  let items: [Value] =
    switch value {
    case .list(let items): items
    case .range(let range): range.prefix(mostSettings + 1).map { .number(Double($0)) }
    default: [value]
    }
  guard !items.isEmpty else { throw Failure("tune-values", "`\(name)` has no values to try") }
  var numbers: [Double] = []
  for item in items {
    let number: Double? =
      switch (item, parameter.kind) {
      case (.text(let text), .choice(let words)): words.firstIndex(of: text).map(Double.init)
      case (.number(let number, _), .number), (.number(let number, _), .whole):
        parameter.allows(number) ? number : nil
      default: nil
      }
    guard let number else {
      throw Failure(
        "tune-values", "`\(name)` of `\(method.name)` can't be \(display(item))", hint: "it is \(parameter.domain)")
    }
    guard !numbers.contains(number) else {
      throw Failure("tune-values", "`\(name)` is to try \(display(item)) twice", hint: "leave it out once")
    }
    numbers.append(number)
  }
  return numbers
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  TrainingWarnings.warnOfEmptyMasks(in: plan.data, context.host)
  let training = TrainingSet(plan.data)
  let tuning = try Tuning(
    of: plan.method, on: training, by: plan.search, stream: Randomness.stream(seed: plan.seed, context)
  ) { done, total in
    if context.host.isCancelled { throw Failure("interrupted", "tune was interrupted after \(done) settings") }
    context.host.report(Progress("tune", done: done, of: total))
  }
  let fitted = try plan.method.fitted(with: tuning.best.values, to: training)
  return .object(TuningValue(tuning, SegmenterValue(fitted, title: plan.method.title)))
}
