import Angiography
import Base
import Kernels
import Language
import Methods

extension Command {
  static let errorKinds = Command(
    "error-kinds", "where methods go wrong: fovea, shadow, non-perfusion that is not dark",
    JudgedMethods.parameters + [
      .option("of", default: ErrorShare.field, "field: percent of the field of view; errors: of the wrong pixels"),
      .option(
        "bright", .number(.one, .within(ErrorRule.shares)), default: .number(ErrorRule.usualBright),
        "the share of the background from which on a place is as bright as its surround"),
      .option(
        "dark", .number(.one, .within(ErrorRule.shares)), default: .number(ErrorRule.usualDark),
        "the share of the background's median below which a place lies in shadow"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "Of predictions a row an image and one of all pixels together, of a comparison a row a method. Every wrong pixel is of one kind. "
        + "Fovea and disc are where somebody has marked them, or as `landmarks` finds them; a dash where neither is.",
      examples: [
        "found = dark-threshold (phantom 2 size: 128)", "show (error-kinds found)", "error-kinds found of: errors",
      ],
      method: "What the kinds are, and their numbers, is ours.", explanation: .errorKinds),
    plan: plan, run: run)
}

private enum ErrorShare: String, CaseIterable { case field, errors }

private struct Plan {
  let judged: JudgedMethods
  let rule: ErrorRule
  let share: ErrorShare
}

private func plan(_ call: inout CheckedCall) throws -> Planned<Plan> {
  guard let judged = try JudgedMethods.planned(&call), let arguments = call.completeArguments else {
    return Planned(nil)
  }
  return Planned(
    Plan(
      judged: judged, rule: ErrorRule(bright: arguments.number("bright"), dark: arguments.number("dark")),
      share: arguments.choice("of")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let marked = try plan.judged.marked()
  // All methods of a comparison have marked the same images.
  let samples = marked[0].samples
  let truths = try samples.truths()
  let places = computed(samples.count) { MisleadingPlaces(samples[$0], rule: plan.rule) }
  let kinds = marked.map { marked in
    samples.indices.map { index in
      ErrorKinds(
        prediction: marked.masks[index], truth: truths[index], within: samples[index].judged(), places: places[index])
    }
  }
  let pooled = kinds.map { $0.reduce(ErrorKinds(), +) }
  var rows =
    plan.judged.isComparison
    ? zip(marked.map(\.method), pooled).map { row($0, $1, plan.share) }
    : zip(samples.map(\.name), kinds[0]).map { row($0, $1, plan.share) }
  let hasSum = !plan.judged.isComparison && !samples.isEmpty
  if hasSum { rows.append(row("pooled", pooled[0], plan.share)) }
  return .object(
    TableValue(
      title: title(pooled[0], plan), columns: columns(plan), rows: rows, summaryRowCount: hasSum ? 1 : 0))
}

private func columns(_ plan: Plan) -> [String] {
  [
    plan.judged.isComparison ? "method" : "image", "false: fovea, disc", "false: shadow, rim", "false: other",
    "missed: bright", "missed: other", "wrong",
  ]
}

private func row(_ name: String, _ kinds: ErrorKinds, _ share: ErrorShare) -> [TableValue.Cell] {
  let whole = share == .field ? kinds.judged : kinds.all
  func percent(_ pixels: Int?) -> TableValue.Cell {
    guard let pixels, whole > 0 else { return .empty }
    return .number(100 * Double(pixels) / Double(whole), decimals: 2)
  }
  return [.text(name)] + ErrorKinds.Kind.allCases.map { percent(kinds[$0]) } + [percent(kinds.all)]
}

private func title(_ pooled: ErrorKinds, _ plan: Plan) -> String {
  "\(counted(pooled.images, "image")), in percent of the \(plan.share == .field ? "field of view" : "wrong pixels"); fovea or disc known in "
    + "\(pooled.withLandmarks); shadow: background below \(percentText(plan.rule.dark)) % of its median; bright: "
    + "\(percentText(plan.rule.bright)) % of the background or more"
}

private let foveaReach = ErrorRule.reach * FovealZone.radius
private let discReach = ErrorRule.reach * ErrorRule.discRadius

extension Explanation {
  static let errorKinds = Explanation(
    commands: ["error-kinds"], title: "Where methods go wrong",
    text: """
      Every pixel inside the field of view that is wrong is of one kind, so that the kinds add up to all of them.

      Marked, and not non-perfused (FP), by the first that holds:
        fovea, disc   No farther from the fovea than \(formatted(foveaReach, decimals: 2)) mm, or from the middle of the disc than \
      \(formatted(discReach, decimals: 2)) mm: a third
                      more than the usual radius of the foveal avascular zone and of the disc (of a marked one its own).
                      Where nobody knows the scale, a pixel of an image 512 px wide is taken for \(numberText(ErrorRule.usualScale)) mm.
        shadow, rim   The mean grey of the 81 × 81 pixels around is below \(percentText(ErrorRule.usualDark)) % (dark:) of the median of such
                      means in the field of view, or its border is no farther away than \(numberText(ErrorRule.rim)) px at 512 px.
        other         All else.
      Non-perfused, and not marked (FN):
        bright        The mean of the 7 × 7 pixels around is at least \(percentText(ErrorRule.usualBright)) % (bright:) of that of the 81 × 81, the
                      two that `dark-threshold` compares: darkness tells nothing there.
        other         All else: what is darker than its surround, and was missed all the same.
      """)
}
