import Angiography
import Figures
import Language

/// Non-perfusion of one eye over its visits.
public struct CourseValue: ObjectValue, Describable {
  struct Visit: Sendable, Codable {
    let date: CalendarDate
    let row: IndexRow
  }

  /// In the order of their dates, which differ; one at least.
  private let visits: [Visit]
  private let events: [Figure.DatedEvent]
  /// What the intervals are; `nil` where there are none.
  private let trust: String?

  init(_ visits: [Visit], events: [Figure.DatedEvent], trust: String?) {
    precondition(!visits.isEmpty, "a course has a visit")
    (self.visits, self.events, self.trust) = (visits, events, trust)
  }

  public static let typeName = "course"
  public static let meaning = "non-perfusion of one eye over its visits"
  public static let isSetInColumns = true
  public static let members = [
    MemberDeclaration("table", .object(TableValue.typeName), "a row a visit: area and index with their intervals"),
    MemberDeclaration("dates", .list(of: .text), "of the visits"),
    MemberDeclaration("days", .list(of: .number), "since the first visit"),
    MemberDeclaration("indices", .list(of: .any), "ischemic indices, in [0, 1]; none where nothing is gradable"),
    MemberDeclaration(
      "figure", .object(FigureValue.typeName), "the area (without a scale: the index) against the date"),
  ]

  public var summary: String {
    guard let first = visits.first, let last = visits.last, visits.count > 1 else {
      return "one visit, on \(visits[0].date)"
    }
    let index = [first, last].map { $0.row.index.map { formatted(100 * $0, decimals: 1) } ?? "–" }
    return "\(visits.count) visits from \(first.date) to \(last.date): ischemic index \(index[0]) → \(index[1]) %"
  }
  public var display: String { table.display }
  public func description() throws -> Value { .object(table) }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "table": .object(table)
    case "dates": .list(visits.map { .text($0.date.description) })
    case "days": .list(visits.map { .number(Double(days(of: $0))) })
    case "indices": .list(visits.map { $0.row.index.map { .number($0) } ?? .none })
    default: .object(FigureValue(try figure))
    }
  }

  private func days(of visit: Visit) -> Int { visit.date.dayNumber - visits[0].date.dayNumber }

  private var table: TableValue {
    let hasScale = visits.contains { $0.row.pixelArea != nil }
    let hasIntervals = trust != nil
    func number(_ value: Double?, _ decimals: Int) -> [TableValue.Cell] {
      [value.map { .number($0, decimals: decimals) } ?? .empty]
    }
    func interval(_ row: IndexRow, per unit: Double?, _ decimals: Int) -> [TableValue.Cell] {
      hasIntervals ? [row.intervalText(per: unit, decimals: decimals, between: " … ").map { .text($0) } ?? .empty] : []
    }
    let rows = visits.map { visit -> [TableValue.Cell] in
      let row = visit.row
      let change = row.index.flatMap { index in visits[0].row.index.map { 100 * (index - $0) } }
      let index = number(row.index.map { 100 * $0 }, 2) + interval(row, per: row.pixelsAPercent, 1) + number(change, 2)
      let pixels = number(row.pixels, 0) + (hasScale ? [] : interval(row, per: 1, 0))
      let areas =
        hasScale
        ? number(row.squareMillimetres, 2) + interval(row, per: row.pixelsASquareMillimetre, 2)
          + number(row.discAreas, 2)
        : []
      return [.text(visit.date.description), .number(Double(days(of: visit)), decimals: 0)] + index + pixels + areas
        + number(row.gradableShare.map { 100 * $0 }, 1)
    }
    let range = hasIntervals ? ["interval"] : []
    return TableValue(
      title: trust ?? "",
      columns: ["visit", "days", "ischemic index, %"] + range + ["since the first", "non-perfused, px"]
        + (hasScale ? ["non-perfused, mm²"] + range.map { "\($0), mm²" } + ["disc areas"] : range.map { "\($0), px" })
        + ["gradable, % of the field"],
      rows: rows)
  }

  var figure: Figure {
    get throws {
      let hasScale = visits.allSatisfy { $0.row.pixelArea != nil }
      let values = visits.compactMap { visit -> Figure.DatedValue? in
        let row = visit.row
        let unit = hasScale ? row.pixelsASquareMillimetre : row.pixelsAPercent
        guard let unit, unit > 0, let pixels = row.pixels else { return nil }
        let interval = row.interval.map { $0.lowerBound / unit...$0.upperBound / unit }
        return Figure.DatedValue(visit.date, pixels / unit, interval: interval)
      }
      return try Figure.course(
        values, events: events, yLabel: hasScale ? "non-perfused, mm²" : "ischemic index, %",
        span: trust ?? "", caption: summary)
    }
  }
}

extension CourseValue: ShownByFigure {}

extension CourseValue {
  private enum CodingKeys: CodingKey { case visits, events, trust }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    visits = try fields.decode([Visit].self, forKey: .visits)
    events = try fields.decode([Figure.DatedEvent].self, forKey: .events)
    trust = try fields.decodeIfPresent(String.self, forKey: .trust)
    guard !visits.isEmpty else {
      throw DecodingError.dataCorruptedError(forKey: .visits, in: fields, debugDescription: "a course has a visit")
    }
  }
}
