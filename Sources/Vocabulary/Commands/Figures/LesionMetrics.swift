import Angiography
import Base
import Language

extension Command {
  static let lesionMetrics = Command(
    "lesion-metrics", "how many lesions are found, and how many marked ones are false",
    JudgedMethods.parameters + [
      .option(
        "overlap", .number(.one, .within(LesionRule.overlaps)), default: .number(LesionRule.usualOverlap),
        "the share of a lesion that has to be marked for it to be found; 0: one pixel will do"),
      .option(
        "least-diameter", .number(.pixels, .within(LesionRule.leastDiameters)),
        default: .number(LesionRule.usualLeastDiameter, .pixels),
        "smaller lesions are not counted: of a disc as large, in px of an image 512 px wide"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "Of predictions a row an image and their means, of a comparison a row a method; `.lesions` of one is the same over all repeats with the "
        + "options left out. A lesion is what hangs together of a mask inside the field of view, at corners too. A marked one is false "
        + "where less of it than `overlap:` is non-perfused. Means are over the images that have a value. Marking "
        + "everything finds every lesion: read it beside the DSC.",
      examples: [
        "found = dark-threshold (phantom 4 size: 64)", "show (lesion-metrics found)",
        "lesion-metrics found overlap: 20%",
      ],
      method:
        "A lesion is found once a stated share of it is marked, as in Commowick et al. 2018; that share, the smallest lesion and "
        + "when a marked one is false are ours."),
    plan: plan, run: run)
}

private struct Plan {
  let judged: JudgedMethods
  let rule: LesionRule
}

private func plan(_ call: inout CheckedCall) throws -> Planned<Plan> {
  guard let judged = try JudgedMethods.planned(&call), let arguments = call.completeArguments else {
    return Planned(nil)
  }
  return Planned(
    Plan(
      judged: judged,
      rule: LesionRule(overlap: arguments.number("overlap"), leastDiameter: arguments.number("least-diameter"))))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let reports = try plan.judged.marked().map { marked in
    let report = try LesionReport(predictions: marked.masks, samples: marked.samples, rule: plan.rule)
    return (method: marked.method, report: report)
  }
  let isComparison = plan.judged.isComparison
  return .object(isComparison ? TableValue.lesions(byMethod: reports) : TableValue.lesions(byImage: reports[0].report))
}

extension TableValue {
  /// A row a method.
  static func lesions(byMethod reports: [(method: String, report: LesionReport)], under protocolText: String? = nil)
    -> TableValue
  {
    let rows = reports.map { method, report -> [Cell] in
      let pooled = report.pooled
      return [
        .text(method), .text("\(pooled.found)/\(pooled.lesions)"), report.mean(\.sensitivity, inPercent: true),
        percent(pooled.sensitivity), report.mean({ Double($0.falselyMarked) }, inPercent: false),
        report.mean(\.precision, inPercent: true), percent(pooled.precision),
      ]
    }
    let images = reports.first.map { _, report in
      let (tests, images) = (report.rows.count, Set(report.rows.map(\.name)).count)
      return tests == images ? counted(images, "image") : "\(tests) tests of \(counted(images, "image"))"
    }
    let protocolText = [images, protocolText].compactMap(\.self).joined(separator: ", ")
    return TableValue(
      title: protocolText + words(of: reports.first?.report.rule),
      columns: [
        "method", "found / lesions", "lesion SEN, %", "pooled SEN, %", "false lesions an image", "precision, %",
        "pooled precision, %",
      ], rows: rows)
  }

  /// A row an image, and what all come to.
  fileprivate static func lesions(byImage report: LesionReport) -> TableValue {
    func row(_ name: String, _ counts: LesionCounts) -> [Cell] {
      let numbers = [counts.lesions, counts.found].map { Cell.number(Double($0), decimals: 0) }
      let marked = [counts.marked, counts.falselyMarked].map { Cell.number(Double($0), decimals: 0) }
      return [.text(name)] + numbers + [percent(counts.sensitivity)] + marked + [percent(counts.precision)]
    }
    func mean(_ count: @escaping (LesionCounts) -> Int) -> Cell { report.mean({ Double(count($0)) }, inPercent: false) }
    let means: [Cell] = [
      .text("mean ± SD"), mean(\.lesions), mean(\.found), report.mean(\.sensitivity, inPercent: true), mean(\.marked),
      mean(\.falselyMarked), report.mean(\.precision, inPercent: true),
    ]
    let rows = report.rows.map { row($0.name, $0.counts) }
    return TableValue(
      title: counted(rows.count, "image") + words(of: report.rule),
      columns: ["image", "lesions", "found", "lesion SEN, %", "marked", "false", "precision, %"],
      rows: rows + (rows.isEmpty ? [] : [means, row("pooled", report.pooled)]),
      summaryRowCount: rows.isEmpty ? 0 : 2)
  }

  private static func words(of rule: LesionRule?) -> String {
    guard let rule else { return "" }
    let overlap = rule.overlap > 0 ? "\(percentText(rule.overlap)) % of it is" : "one pixel of it is"
    return
      "; mean ± SD (images with a value / all, where some have none); a lesion is found where \(overlap) marked; from "
      + "\(numberText(rule.leastDiameter)) px across at 512 px on"
  }
}

private func percent(_ share: Double?) -> TableValue.Cell { share.map { .number(100 * $0, decimals: 2) } ?? .empty }

extension LesionReport {
  /// `81.23 ± 4.56`, with how many images it is over where some have no value.
  fileprivate func mean(_ number: (LesionCounts) -> Double?, inPercent: Bool) -> TableValue.Cell {
    let (summary, scale) = (summary(of: number), inPercent ? 100.0 : 1)
    return .text(
      meanText(
        summary.map { scale * $0.mean }, summary?.deviation.map { scale * $0 }, decimals: 2,
        over: summary?.count ?? 0, of: rows.count))
  }
}
