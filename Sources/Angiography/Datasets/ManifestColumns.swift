/// The columns a manifest may have.
enum ManifestColumn: String, CaseIterable {
  case image, mask
  case caseName = "case"
  case visit, eye, grader
  case millimetresPerPixel = "mm-per-pixel"

  /// By its name in any case, with spaces or underscores for hyphens.
  init?(named name: String) {
    self.init(rawValue: String(name.trimmingSpaces.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 }))
  }

  /// How well a line divides into columns: those known, then all.
  static func fit(_ fields: [String]) -> (Int, Int) {
    (fields.count { ManifestColumn(named: $0) != nil }, fields.count)
  }
}

/// Which field of a row is which column.
struct ManifestColumns {
  /// One a field of the header; `nil` for a field without a meaning: a data frame's index, a column without a name.
  private let columns: [ManifestColumn?]
  /// Whether rows have one field more than the header in front: the row names that R writes.
  private let hasRowNames: Bool

  /// - Parameter problem: is told the line, what is wrong, and a hint.
  init?(_ rows: [CSVRow], problem: (Int, String, String?) -> Void) {
    guard let header = rows.first else {
      problem(1, "the manifest is empty", nil)
      return nil
    }
    var columns: [ManifestColumn?] = []
    for (place, field) in header.fields.enumerated() {
      let column = ManifestColumn(named: field)
      if column == nil && !Self.isIndex(field, at: place) {
        problem(header.line, "unknown column '\(field.trimmingSpaces)'", Self.hint(for: field))
      } else if let column, columns.contains(column) {
        problem(header.line, "the column '\(column.rawValue)' stands there twice", nil)
      }
      columns.append(column)
    }
    guard columns.contains(.image) else {
      let isKnown = header.fields.enumerated().allSatisfy { columns[$0] != nil || Self.isIndex($1, at: $0) }
      if isKnown { problem(header.line, "there is no column 'image'", "the first line names the columns") }
      return nil
    }
    guard zip(columns, header.fields.indices).allSatisfy({ $0 != nil || Self.isIndex(header.fields[$1], at: $1) })
    else { return nil }
    self.columns = columns
    let others = rows.dropFirst()
    hasRowNames = !others.isEmpty && others.allSatisfy { $0.fields.count == columns.count + 1 && $0.fields.last != "" }
  }

  /// The named fields of a row that say something; `nil` where it has more or fewer than the header.
  func fields(of row: CSVRow) -> [ManifestColumn: String]? {
    var fields = row.fields[...]
    if hasRowNames { fields = fields.dropFirst() }
    // Spreadsheets end rows with separators that no column needs.
    while fields.count > columns.count, fields.last?.trimmingSpaces == "" { fields.removeLast() }
    guard fields.count == columns.count else { return nil }
    let named = zip(columns, fields).compactMap { column, field -> (ManifestColumn, String)? in
      let text = field.trimmingSpaces
      return column.flatMap { Self.isUnknown(text) ? nil : ($0, text) }
    }
    return Dictionary(named) { first, _ in first }
  }

  var count: Int { columns.count }

  /// What data frames and spreadsheets write where nothing is known.
  private static func isUnknown(_ text: String) -> Bool {
    ["", "na", "n/a", "#n/a", "nan", "none", "null", "<na>"].contains(text.lowercased())
  }

  /// Whether a column is a data frame's index, or has no name.
  private static func isIndex(_ field: String, at place: Int) -> Bool {
    let name = field.trimmingSpaces.lowercased()
    return name.isEmpty || name.hasPrefix("unnamed: ") || (place == 0 && name == "index")
  }

  private static func hint(for field: String) -> String {
    let name = field.trimmingSpaces.lowercased()
    let known = ManifestColumn.allCases.map(\.rawValue)
    let nearest = known.min { editDistance($0, name) < editDistance($1, name) } ?? ""
    return editDistance(nearest, name) <= 3
      ? "did you mean '\(nearest)'?" : "the columns are \(known.joined(separator: ", "))"
  }
}

extension String {
  /// Without white space at its ends.
  var trimmingSpaces: String {
    var trimmed = self[...]
    while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    return String(trimmed)
  }
}

/// The fewest insertions, deletions and replacements of a character that turn one word into the other.
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in right.indices {
      let replaced = diagonal + (character == right[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
