import Base
import Language

/// Rows under named columns: metrics, histories, layer lists.
public struct TableValue: ObjectValue {
  /// One entry of a row, with the precision it is to be read at.
  public enum Cell: Sendable, Hashable {
    case text(String)
    /// A number with that many digits after the point.
    case number(Double, decimals: Int)
    /// How long something took, in seconds: another time it is another.
    case time(Double)
    case empty

    /// A p-value, which is never said to be 0.
    package static func probability(_ probability: Double) -> Cell {
      probability < 0.001 ? .text("< 0.001") : .number(probability, decimals: 3)
    }

    /// As it stands in every rendering: screen, Markdown, HTML.
    public var text: String {
      switch self {
      case .text(let text): text
      case .number(let number, let decimals): formatted(number, decimals: decimals)
      case .time(let seconds): formatted(seconds, decimals: 0)
      case .empty: "–"
      }
    }

    var value: Value {
      switch self {
      case .text(let text): .text(text)
      case .number(let number, _): .number(number)
      case .time(let seconds): .number(seconds)
      case .empty: .none
      }
    }
  }

  public let title: String
  public let columns: [String]
  public let rows: [[Cell]]
  /// How many of the last rows sum up the others: means, for readers; files of numbers go without them.
  public let summaryRowCount: Int

  public init(title: String = "", columns: [String], rows: [[Cell]], summaryRowCount: Int = 0) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "every row of a table has an entry for each column")
    precondition((0...rows.count).contains(summaryRowCount), "summary rows are rows")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.summaryRowCount = summaryRowCount
  }

  /// Whether the column at that place holds numbers, or what reads as such, and is set flush right.
  public func isNumeric(_ column: Int) -> Bool {
    rows.contains { $0[column].isNumber }
      || (!rows.isEmpty && rows.allSatisfy { readsAsNumber($0[column].text) })
  }

  public static let typeName = "table"
  public static let meaning = "rows under columns; its elements are records of one row"
  public static let isSetInColumns = true
  public static let members = [
    MemberDeclaration("columns", .list(of: .text), "the columns' names, left to right")
  ]
  public var summary: String { "table of \(rows.count) × \(columns.count)" }
  public var count: Int? { rows.count }

  public func member(_ name: String) throws -> Value { .list(columns.map { .text($0) }) }

  /// A row as a record under the columns' names.
  public func element(at index: Int) throws -> Value {
    var record = Record()
    for (column, cell) in zip(columns, rows[index]) { record[column] = cell.value }
    return .record(record)
  }

  public var display: String { display(columns: .max) }

  /// The table in so many columns of characters: what is wider goes on below, each part with the first column.
  public func display(columns width: Int) -> String {
    alignedTable(
      title: title, columns: columns, rows: rows.map { $0.map(\.text) }, isNumeric: columns.indices.map(isNumeric),
      width: width)
  }
}

/// `81.23 ± 4.56 (3/5)` is set as a number is.
private func readsAsNumber(_ text: String) -> Bool {
  !text.isEmpty && text.unicodeScalars.allSatisfy { "0123456789.±–−%()/< ".unicodeScalars.contains($0) }
}

/// A table as lines of text: its title, its columns' names, a rule, its rows; numbers flush right.
///
/// - Parameters:
///   - isNumeric: for each column.
///   - width: in characters; columns that have no room go on below, each part with the first column.
///   - hasRule: whether one stands below the columns' names.
public func alignedTable(
  title: String, columns: [String], rows: [[String]], isNumeric: [Bool], width: Int = .max, hasRule: Bool = true
) -> String {
  let (title, columns) = (visible(title), columns.map { visible($0, isRow: true) })
  let rows = rows.map { $0.map { visible($0, isRow: true) } }
  let widths = columns.indices.map { column in
    rows.reduce(displayWidth(columns[column])) { max($0, displayWidth($1[column])) }
  }
  func line(_ entries: [String], _ part: [Int]) -> String {
    let padded = part.map { column -> String in
      let gap = String(repeating: " ", count: widths[column] - displayWidth(entries[column]))
      return isNumeric[column] ? gap + entries[column] : entries[column] + gap
    }
    return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
  }
  func lines(_ part: [Int]) -> String {
    let rule = part.map { String(repeating: "─", count: widths[$0]) }.joined(separator: "  ")
    return ([line(columns, part)] + (hasRule ? [rule] : []) + rows.map { line($0, part) }).joined(separator: "\n")
  }
  let body = parts(ofColumns: widths, width: width).map(lines).joined(separator: "\n\n")
  return title.isEmpty ? body : title + "\n" + body
}

/// Which columns stand side by side: as many as there is room for, and in each part the first one.
private func parts(ofColumns widths: [Int], width: Int) -> [[Int]] {
  guard let first = widths.first else { return [[]] }
  var parts = [[0]]
  var used = first
  for column in widths.indices.dropFirst() {
    if used + 2 + widths[column] > width, parts[parts.count - 1].count > 1 {
      parts.append([0])
      used = first
    }
    parts[parts.count - 1].append(column)
    used += 2 + widths[column]
  }
  return parts
}

/// `81.23 ± 4.56`, or the mean alone where one value has no deviation.
public func meanText(_ mean: Double, _ deviation: Double?, decimals: Int) -> String {
  formatted(mean, decimals: decimals) + (deviation.map { " ± \(formatted($0, decimals: decimals))" } ?? "")
}

/// The same of a summary, with how many of all images it is over: always, or where some have no value.
func meanText(
  _ mean: Double?, _ deviation: Double?, decimals: Int, over count: Int, of total: Int, alwaysCounts: Bool = false
) -> String {
  let text = mean.map { meanText($0, deviation, decimals: decimals) } ?? "–"
  return alwaysCounts || count < total ? "\(text) (\(count)/\(total))" : text
}

/// A number with a fixed count of digits after the point, rounded half away from zero; `–` for NaN.
func formatted(_ number: Double, decimals: Int) -> String {
  number.isNaN ? "–" : fixedPoint(number, decimals: decimals)
}

extension TableValue {
  /// The table without what the clock said, for a record that is to be the same another time.
  public var withoutTimes: TableValue {
    let rows = rows.map { row in row.map { if case .time = $0 { Cell.text("…") } else { $0 } } }
    return TableValue(title: title, columns: columns, rows: rows, summaryRowCount: summaryRowCount)
  }
}

extension TableValue.Cell {
  fileprivate var isNumber: Bool {
    switch self {
    case .number, .time: true
    case .text, .empty: false
    }
  }
}

/// How long something took is no part of the contents.
extension TableValue.Cell: Codable {
  private enum CodingKeys: CodingKey { case text, number, decimals, time }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .text(let text): try fields.encode(text, forKey: .text)
    case .number(let number, let decimals):
      try fields.encode(number, forKey: .number)
      try fields.encode(decimals, forKey: .decimals)
    case .time(let seconds): try fields.encode(encoder.isOfContents ? 0 : seconds, forKey: .time)
    case .empty: break
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let text = try fields.decodeIfPresent(String.self, forKey: .text) {
      self = .text(text)
    } else if let number = try fields.decodeIfPresent(Double.self, forKey: .number) {
      let decimals = try fields.decode(Int.self, forKey: .decimals)
      guard (0...20).contains(decimals) else {
        throw DecodingError.dataCorruptedError(forKey: .decimals, in: fields, debugDescription: "too many digits")
      }
      self = .number(number, decimals: decimals)
    } else if let seconds = try fields.decodeIfPresent(Double.self, forKey: .time) {
      self = .time(seconds)
    } else {
      self = .empty
    }
  }
}

extension TableValue: Presentable {
  var presentations: [Presentation] { [.table(self)] }
}

extension TableValue: Savable {
  static let fileForm = FileForm("tables", .oneOf(["csv"]), "tables are written as .csv")

  func write(to target: FileTarget) throws { try target.write(commaSeparated) }

  /// The table as CSV, numbers at full precision and whole ones as such; without rows that sum up the others.
  private var commaSeparated: String {
    let lines = rows.dropLast(summaryRowCount).map { row in row.map(\.field) }
    return ([columns] + lines).map(csvLine).joined()
  }
}

extension TableValue.Cell {
  /// As it stands in a file of numbers.
  fileprivate var field: String {
    switch self {
    case .number(let number, _) where number.isNaN: ""
    case .number(let number, decimals: 0): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .number(let number, _), .time(let number): "\(number)"
    case .text(let text): text
    case .empty: ""
    }
  }
}

extension TableValue {
  private enum CodingKeys: CodingKey { case title, columns, rows, summaryRowCount }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let columns = try fields.decode([String].self, forKey: .columns)
    let rows = try fields.decode([[Cell]].self, forKey: .rows)
    let summaryRowCount = try fields.decode(Int.self, forKey: .summaryRowCount)
    guard rows.allSatisfy({ $0.count == columns.count }), (0...rows.count).contains(summaryRowCount) else {
      throw DecodingError.dataCorruptedError(
        forKey: .rows, in: fields, debugDescription: "not an entry for each column")
    }
    self.init(
      title: try fields.decode(String.self, forKey: .title), columns: columns, rows: rows,
      summaryRowCount: summaryRowCount)
  }
}
