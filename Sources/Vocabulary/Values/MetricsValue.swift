import Angiography
import Base
import Imaging
import Language

/// How well predictions agree with the truth: the measures of §6 of the 2021 paper.
public struct MetricsValue: ObjectValue, Describable {
  public let report: MetricsReport

  public init(_ report: MetricsReport) { self.report = report }

  public static let typeName = "metrics"
  public static let meaning = "how well predictions agree with masks, for each image, as means and pooled"
  public static let isSetInColumns = true
  public static let members =
    Measure.paper.map {
      MemberDeclaration(
        $0.rawValue, .record, "\($0.symbol): mean, sd (none of one image), pooled and n, fractions in [0, 1]")
    } + [
      MemberDeclaration("images", .object(TableValue.typeName), "the counts and measures of each image"),
      MemberDeclaration("n", .number, "how many images"),
    ]

  public var summary: String {
    let dice = report.summary(of: .dice)
    return
      "metrics of \(counted(report.rows.count, "image")), DSC \(percent(dice.mean)) (pooled \(percent(dice.pooled)))"
  }

  public var display: String { table.display }

  public func member(_ name: String) throws -> Value {
    if name == "images" { return .object(imageTable) }
    guard let measure = Measure.paper.first(where: { $0.name == name }) else {
      return .number(Double(report.rows.count))
    }
    let summary = report.summary(of: measure)
    func value(_ number: Double?) -> Value { number.map { .number($0) } ?? .none }
    return .record(
      Record([
        "mean": value(summary.mean), "sd": value(summary.standardDeviation), "pooled": value(summary.pooled),
        "n": .number(Double(summary.count)),
      ]))
  }

  public func description() throws -> Value { .object(imageTable) }

  /// A row a measure: mean ± SD over the images, the pooled value, how many images it is defined for; in percent.
  public var table: TableValue {
    let rows = Measure.paper.map { measure -> [TableValue.Cell] in
      let summary = report.summary(of: measure)
      return [
        .text(measure.symbol),
        .text(summary.mean.map { meanText(100 * $0, summary.standardDeviation.map { 100 * $0 }, decimals: 2) } ?? "–"),
        .text(percent(summary.pooled)),
        .text("\(summary.count) of \(summary.total)"),
      ]
    }
    let place = report.counted == .fieldOfView ? "inside the field of view" : "over the whole image"
    let emptyCount = report.bothEmptyCount
    let theirs = emptyCount == 1 ? "its" : "their"
    let empty = emptyCount == 0 ? "" : "; \(counted(emptyCount, "image")) rightly empty, \(theirs) DSC is 1"
    return TableValue(
      title: "\(counted(report.rows.count, "image")), in percent, \(place)\(empty)",
      columns: ["measure", "mean ± SD", "pooled", "images"], rows: rows)
  }

  /// A row an image: its four counts and the four measures.
  public var imageTable: TableValue {
    let rows = report.rows.map { row -> [TableValue.Cell] in
      let counts = [
        row.confusion.truePositives, row.confusion.falsePositives, row.confusion.trueNegatives,
        row.confusion.falseNegatives,
      ]
      return [.text(row.name)] + counts.map { .number(Double($0), decimals: 0) }
        + Measure.paper.map { $0(row.confusion).map { .number(100 * $0, decimals: 2) } ?? .empty }
    }
    return TableValue(
      columns: ["image", "TP", "FP", "TN", "FN"] + Measure.paper.map { "\($0.symbol), %" }, rows: rows)
  }
}

private func percent(_ fraction: Double?) -> String { fraction.map { formatted(100 * $0, decimals: 2) } ?? "–" }

extension MetricsValue: Presentable {
  var presentations: [Presentation] { [.metrics(self)] }
}

extension MetricsValue: Savable {
  static let fileForm = FileForm("metrics", .any, "metrics are written as .csv or .json")

  func write(to target: FileTarget) throws {
    try target.write(target.ending == "json" ? report.json.text(.lines) + "\n" : report.csv)
  }
}
