/// One line of a CSV file (RFC 4180): fields are quoted where they must be; ends with a line feed.
public func csvLine(_ fields: [String]) -> String {
  fields.map(csvField).joined(separator: ",") + "\n"
}

private func csvField(_ field: String) -> String {
  let mustBeQuoted = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
  guard mustBeQuoted else { return field }
  return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// A row of a CSV file and the line it starts on, counted from 1.
struct CSVRow: Sendable, Hashable {
  let line: Int
  let fields: [String]
}

/// What is wrong with a CSV text, and where.
struct CSVError: Error, Hashable {
  let line: Int
  let reason: String
}

/// The rows of a CSV text (RFC 4180): commas, fields in double quotes may hold commas, line ends and doubled quotes.
///
/// Lines end with LF or CR LF; a byte order mark is skipped, and so are empty lines.
func parseCSV(_ bytes: [UInt8]) throws(CSVError) -> [CSVRow] {
  let (quote, comma, lineFeed, carriageReturn) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(10), UInt8(13))
  var rows: [CSVRow] = []
  var fields: [String] = []
  var field: [UInt8] = []
  var line = 1
  var rowLine = 1
  var wasQuoted = false
  var i = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0

  func text(_ bytes: [UInt8]) throws(CSVError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw CSVError(line: line, reason: "the text is not UTF-8, or holds a NUL byte")
    }
    return text
  }
  func endField() throws(CSVError) {
    fields.append(try text(field))
    field = []
    wasQuoted = false
  }
  func endRow() throws(CSVError) {
    let isBlank = fields.isEmpty && field.isEmpty && !wasQuoted
    try endField()
    if !isBlank { rows.append(CSVRow(line: rowLine, fields: fields)) }
    fields = []
  }

  while i < bytes.count {
    let byte = bytes[i]
    if byte == quote && field.isEmpty && !wasQuoted {
      wasQuoted = true
      let opened = line
      i += 1
      while true {
        guard i < bytes.count else { throw CSVError(line: opened, reason: "a quote is never closed") }
        if bytes[i] == quote {
          guard i + 1 < bytes.count && bytes[i + 1] == quote else { break }
          i += 1
        }
        if bytes[i] == lineFeed { line += 1 }
        field.append(bytes[i])
        i += 1
      }
    } else if byte == comma {
      try endField()
    } else if byte == lineFeed {
      if !wasQuoted && field.last == carriageReturn { field.removeLast() }
      try endRow()
      line += 1
      rowLine = line
    } else if wasQuoted {
      guard byte == carriageReturn && i + 1 < bytes.count && bytes[i + 1] == lineFeed else {
        throw CSVError(line: line, reason: "something stands behind a closing quote")
      }
    } else if byte == quote {
      throw CSVError(line: line, reason: "a quote inside a field that does not start with one")
    } else {
      field.append(byte)
    }
    i += 1
  }
  try endRow()
  return rows
}
