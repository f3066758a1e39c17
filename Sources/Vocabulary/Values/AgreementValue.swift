import Angiography
import Base
import Figures
import Language
import Methods

/// How far graders agree on the same angiograms.
public struct AgreementValue: ObjectValue, Describable {
  private let agreement: GraderAgreement
  private let gridded: GriddedAgreement?

  package init(_ agreement: GraderAgreement, gridded: GriddedAgreement? = nil) {
    (self.agreement, self.gridded) = (agreement, gridded)
  }

  public static let typeName = "agreement"
  public static let meaning = "how far graders agree on the same angiograms: overlap, κ, areas, and their consensus"
  public static let isSetInColumns = true
  public static let members = [
    MemberDeclaration("table", .object(TableValue.typeName), "a row an image: DSC, κ, the areas"),
    MemberDeclaration("overall", .object(TableValue.typeName), "mean DSC, κ, ICC and limits of agreement of the areas"),
    MemberDeclaration("dsc", .number, "the mean DSC over images and pairs of graders, in [0, 1]"),
    MemberDeclaration("kappa", .oneOf([.number, .none]), "κ over all pixels; none where nobody marks anything"),
    MemberDeclaration("icc", .record, "ICC(2,1) of the areas: value, low, high"),
    MemberDeclaration(
      "figure", .object(FigureValue.typeName), "Bland–Altman plot of the areas, of the first two graders"),
    MemberDeclaration("figures", .list(of: .object(FigureValue.typeName)), "the same of every pair of graders"),
    MemberDeclaration(
      "consensus", .object(PredictionsValue.typeName), "how probably each pixel is non-perfused (STAPLE)"),
    MemberDeclaration("cells", .object(TableValue.typeName), "DSC and κ in each cell of the `grid:`"),
    MemberDeclaration("raters", .object(TableValue.typeName), "each grader's sensitivity and specificity (STAPLE)"),
  ]

  public var summary: String {
    "agreement of \(wordList(agreement.graders, "and")) on \(agreement.images.count) "
      + "image\(agreement.images.count == 1 ? "" : "s"): DSC \(formatted(100 * dice, decimals: 1)) %"
  }
  public var display: String { summaryTable.display }
  public func description() throws -> Value { .object(table) }

  private var dice: Double { agreement.images.reduce(0) { $0 + $1.dice } / Double(agreement.images.count) }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "table": return .object(table)
    case "overall": return .object(summaryTable)
    case "dsc": return .number(dice)
    case "kappa": return agreement.pooledKappa.map { .number($0) } ?? .none
    case "icc":
      guard agreement.images.count > 1 else { throw tooFew("an intraclass correlation") }
      guard let found = agreement.correlation else {
        return .record(Record(["value": .none, "low": .none, "high": .none]))
      }
      return .record(
        Record([
          "value": .number(found.value), "low": .number(found.interval.lowerBound),
          "high": .number(found.interval.upperBound),
        ]))
    case "figure": return .object(FigureValue(try figures[0]))
    case "figures": return .list(try figures.map { .object(FigureValue($0)) })
    case "consensus": return .object(PredictionsValue(agreement.consensus))
    case "cells":
      guard let gridded else {
        throw Failure("no-grid", "nobody has asked for a grid here", hint: "`agreement a b grid: etdrs`")
      }
      return .object(cells(of: gridded))
    default: return .object(raters)
    }
  }

  private func tooFew(_ what: String) -> Failure {
    Failure("too-few-images", "\(what) is over two images at least, and there is one")
  }
}

extension AgreementValue {
  private var unit: String { agreement.unit.rawValue }

  /// So many digits that the areas have three.
  private var decimals: Int {
    let largest = agreement.images.flatMap(\.areas).max() ?? 0
    return largest >= 10 ? 2 : largest >= 1 ? 3 : 4
  }

  private var table: TableValue {
    let rows = agreement.images.map { image -> [TableValue.Cell] in
      [
        .text(image.name), .number(100 * image.dice, decimals: 2),
        image.kappa.map { .number($0, decimals: 3) } ?? .empty,
      ] + image.areas.map { .number($0, decimals: decimals) }
    }
    return TableValue(
      title: summary, columns: ["image", "DSC, %", "κ"] + agreement.graders.map { "\($0), \(unit)" }, rows: rows)
  }

  private var summaryTable: TableValue {
    let scores = meanAndDeviation(agreement.images.map { 100 * $0.dice })
    let correlation = agreement.correlation
    var rows: [[TableValue.Cell]] = [
      [
        .text("DSC, %"), scores.map { .text(meanText($0.mean, $0.deviation, decimals: 2)) } ?? .empty,
        cell(agreement.diceInterval, 100, decimals: 1),
      ],
      [.text("κ, all pixels"), agreement.pooledKappa.map { .number($0, decimals: 3) } ?? .empty, .empty],
      [
        .text("ICC(2,1) of areas"), correlation.map { .number($0.value, decimals: 3) } ?? .empty,
        cell(correlation?.interval, 1, decimals: 3),
      ],
    ]
    for pair in agreement.limits ?? [] {
      let areas = pair.areas
      for (name, value, interval) in [
        ("bias", areas.bias, areas.biasInterval), ("lower limit", areas.limits.lowerBound, areas.lowerInterval),
        ("upper limit", areas.limits.upperBound, areas.upperInterval),
      ] {
        rows.append([
          .text("\(pair.first) − \(pair.second): \(name), \(unit)"), .number(value, decimals: decimals),
          cell(interval, 1, decimals: decimals),
        ])
      }
    }
    return TableValue(title: summary, columns: ["measure", "value", "95 %"], rows: rows)
  }

  private func cell(_ interval: ClosedRange<Double>?, _ scale: Double, decimals: Int) -> TableValue.Cell {
    guard let interval else { return .empty }
    return .text(
      "\(formatted(scale * interval.lowerBound, decimals: decimals)) … "
        + formatted(scale * interval.upperBound, decimals: decimals))
  }

  /// A cell counts as marked by a grader who has marked any of it.
  private func cells(of gridded: GriddedAgreement) -> TableValue {
    let rows = gridded.cells.map { cell -> [TableValue.Cell] in
      [
        .text(cell.name), .number(Double(cell.images), decimals: 0), .number(Double(cell.pixels), decimals: 0),
        .number(100 * cell.dice, decimals: 1),
      ] + [cell.pixelKappa, cell.imageKappa].map { $0.map { .number($0, decimals: 3) } ?? .empty }
    }
    return TableValue(
      title: "\(summary), in the cells of the \(gridded.form.rawValue) grid",
      columns: ["cell", "images", "gradable, px", "DSC, %", "κ, pixels", "κ, cell marked or not"], rows: rows)
  }

  private var raters: TableValue {
    let rows = zip(agreement.graders, agreement.staple.raters).map { name, rater -> [TableValue.Cell] in
      [.text(name)]
        + [rater.sensitivity, rater.specificity].map { $0.map { .number(100 * $0, decimals: 2) } ?? .empty }
    }
    let isWeak = agreement.graders.count == 2
    return TableValue(
      title: "STAPLE, \(agreement.staple.rounds) rounds"
        + (isWeak ? "; two graders are too few to tell who is right" : ""),
      columns: ["grader", "SEN, %", "SPE, %"], rows: rows)
  }

  private var figures: [Figure] {
    get throws {
      guard let limits = agreement.limits else { throw tooFew("a Bland–Altman plot") }
      return try limits.map { pair in
        let areas = pair.areas
        func level(_ name: String, _ value: Double, _ interval: ClosedRange<Double>) -> Figure.Level {
          // With the minus sign of the axis.
          let number = formatted(abs(value), decimals: decimals)
          return Figure.Level("\(name) \(value < 0 ? "−" : "")\(number)", value, interval)
        }
        return try Figure.blandAltman(
          means: areas.means, differences: areas.differences, bias: level("bias", areas.bias, areas.biasInterval),
          limits: (
            level("lower limit", areas.limits.lowerBound, areas.lowerInterval),
            level("upper limit", areas.limits.upperBound, areas.upperInterval)
          ), xLabel: "mean of both areas, \(unit)", yLabel: "\(pair.first) − \(pair.second), \(unit)",
          caption:
            "Bland–Altman plot of the areas of \(counted(areas.means.count, "image")); bands: 95 % of bias and limits")
      }
    }
  }
}

extension AgreementValue: Presentable {
  var presentations: [Presentation] { [.table(summaryTable), .table(raters)] }
}
