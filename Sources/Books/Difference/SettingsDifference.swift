import Base
import Vocabulary

/// What two runs were run with, side by side.
struct SettingsDifference {
  private struct Row {
    let name: String
    let before, after: String
    /// Whether another value is another run; times and machines are not.
    let counts: Bool

    var differs: Bool { before != after }
  }

  private let rows: [Row]
  /// Label, how it ended, seconds: of each run.
  private let cells: [(label: String, before: CellFacts?, after: CellFacts?)]
  private let heads: (String, String)
  let book: String

  private typealias CellFacts = (ending: String, seconds: Double)

  init(_ before: RunFolder, _ after: RunFolder) {
    heads = (before.name, after.name)
    let (a, b) = (before.facts, after.facts)
    func row(_ name: String, _ key: String, counts: Bool = true, _ form: (String) -> String = { $0 }) -> Row {
      Row(name: name, before: form(written(a[key])), after: form(written(b[key])), counts: counts)
    }
    func entries(_ key: String, _ name: (String) -> String, onlyDiffering: Bool) -> [Row] {
      let (one, other) = (a[key]?.fields ?? [:], b[key]?.fields ?? [:])
      return Set(one.keys).union(other.keys).subtracting([BookParameter.seedName]).sorted().map { field in
        func form(_ json: JSON?) -> String { onlyDiffering ? String(written(json).prefix(12)) : written(json) }
        return Row(name: name(field), before: form(one[field]), after: form(other[field]), counts: true)
      }.filter { !onlyDiffering || $0.differs }
    }
    let head = [
      row("book", "book"), row("book's text", "book-sha256") { String($0.prefix(12)) }, row("engine", "engine"),
    ]
    let params = [row("seed", "seed")] + entries("params", { "param \($0)" }, onlyDiffering: false)
    let files = entries("files", { "file \($0)" }, onlyDiffering: true)
    let machine = [
      row("status", "status"), row("processor", "cpu", counts: false), row("threads", "threads", counts: false),
      row("seconds", "seconds", counts: false),
    ]
    rows = head + params + files + machine
    let (ones, others) = (Self.cells(a), Self.cells(b))
    let labels = ones.map(\.0) + others.map(\.0).filter { label in !ones.contains { $0.0 == label } }
    cells = labels.map { label in
      (label, ones.first { $0.0 == label }?.1, others.first { $0.0 == label }?.1)
    }
    book = written(b["book"])
  }

  private static func cells(_ facts: [String: JSON]) -> [(String, CellFacts)] {
    guard case .list(let cells)? = facts["cells"] else { return [] }
    return cells.map { cell in
      let facts = cell.fields
      return (written(facts["label"]), (written(facts["status"]), facts["seconds"]?.double ?? 0))
    }
  }

  /// What differs.
  var names: [String] { rows.filter { $0.counts && $0.differs }.map(\.name) }

  var table: TableValue {
    TableValue(
      columns: ["", heads.0, heads.1, "differs"],
      rows: rows.map { row in
        [.text(row.name), .text(row.before), .text(row.after), .text(row.differs && row.counts ? "yes" : "")]
      })
  }

  /// How each cell ended and how long it took, when it ran.
  var cellTable: TableValue {
    func columns(_ facts: CellFacts?) -> [TableValue.Cell] {
      facts.map { [.text($0.ending), .number($0.seconds, decimals: 1)] } ?? [.empty, .empty]
    }
    return TableValue(
      title: "Cells", columns: ["cell", heads.0, "s", heads.1, "s"],
      rows: cells.map { [.text($0.label)] + columns($0.before) + columns($0.after) })
  }
}

/// A text or a number as it is read; `–` for nothing.
private func written(_ json: JSON?) -> String {
  switch json {
  case .text(let text): text
  case .number(let number): plain(number)
  case .whole(let number): String(number)
  default: "–"
  }
}
