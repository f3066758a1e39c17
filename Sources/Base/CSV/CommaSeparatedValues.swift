/// One line of a CSV file (RFC 4180): fields are quoted where they must be; ends with a line feed. All that writes CSV
/// writes it by this.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV injection"); so
/// does one that begins with apostrophes and goes on so, and `parseCSV` takes one away again. Numbers stay as they are.
public func csvLine(_ fields: [String]) -> String {
  fields.map { csvField(isFormula($0) ? "'" + $0 : $0) }.joined(separator: ",") + "\n"
}

/// Whether a field would be taken for a formula, or was one before an apostrophe was put in front of it.
private func isFormula(_ field: String) -> Bool {
  let rest = field.drop { $0 == "'" }
  guard let first = rest.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else { return false }
  return rest.startIndex > field.startIndex || !isNumber(rest)
}

/// Digits with a sign, a point, an exponent, or an infinity: nothing that calculates.
private func isNumber(_ field: Substring) -> Bool {
  let isPlain = field.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
  return Double(field) != nil && (isPlain || field.hasSuffix("inf"))
}

/// A field as it was before `csvLine` put an apostrophe in front of it.
private func withoutGuard(_ field: String) -> String {
  field.hasPrefix("'") && isFormula(field) ? String(field.dropFirst()) : field
}

private func csvField(_ field: String) -> String {
  let mustBeQuoted = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
  guard mustBeQuoted else { return field }
  // By bytes: a mark that combines with a quote hides it among the characters.
  let doubled = field.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
  return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
}

/// A row of a CSV file and the line it starts on, counted from 1.
public struct CSVRow: Sendable, Hashable {
  public let line: Int
  public let fields: [String]
}

/// What is wrong with a CSV text, and where.
public struct CSVError: Error, Hashable {
  public let line: Int
  public let reason: String
}

/// The rows of a CSV text (RFC 4180): separated fields; those in double quotes may hold separators, line ends and doubled
/// quotes.
///
/// Lines end with LF, CR LF or CR; a byte order mark is skipped, and so are empty lines, spaces around quotes, and the
/// line `sep=;` by which spreadsheets name the separator.
/// - Parameter choose: names the separator when no line does: of comma, semicolon and tab the one that divides the first
///   line best, which it is given in every division.
public func parseCSV(
  _ bytes: [UInt8], choose: (_ firstRows: [[String]]) -> Int = { _ in 0 }
) throws(CSVError) -> [CSVRow] {
  try refuseOtherEncodings(bytes)
  var reader = CSVReader(bytes)
  if let named = reader.separatorLine() {
    reader.separator = named
  } else {
    var divided: [[String]] = []
    for separator in separators {
      var trial = reader
      trial.separator = separator
      // What is wrong with the line is told when it is read in earnest.
      divided.append((try? trial.nextRow())?.fields ?? [])
    }
    reader.separator = separators[choose(divided)]
  }
  var rows: [CSVRow] = []
  while let row = try reader.nextRow() { rows.append(row) }
  return rows
}

private let separators = [",", ";", "\t"].map { UInt8(ascii: $0) }

/// Files that are no UTF-8 text, by what gives them away.
private func refuseOtherEncodings(_ bytes: [UInt8]) throws(CSVError) {
  let start = bytes.prefix(64)
  let isZipped = start.starts(with: [0x50, 0x4B, 0x03, 0x04])
  guard !isZipped else {
    throw CSVError(line: 1, reason: "the file is a spreadsheet (XLSX or ODS), not a CSV text: save it as CSV")
  }
  // Letters of the header leave every other byte 0 where no byte order mark stands before them.
  let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
  let looksWide = start.count >= 4 && (0..<start.count / 2).allSatisfy { start[2 * $0] == 0 || start[2 * $0 + 1] == 0 }
  guard !isMarked && !looksWide else {
    throw CSVError(line: 1, reason: "the text is UTF-16; save it as UTF-8 (“CSV UTF-8” in Excel)")
  }
}

/// Reads row after row.
private struct CSVReader {
  private let bytes: [UInt8]
  private var position: Int
  private var line = 1
  var separator = separators[0]

  private static let quote = UInt8(ascii: "\"")
  private static let (lineFeed, carriageReturn) = (UInt8(10), UInt8(13))

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Takes the line `sep=;`; the separator that it names.
  mutating func separatorLine() -> UInt8? {
    let start = bytes[position...].prefix(5)
    guard start.count == 5, String(decoding: start.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
    var trial = self
    trial.position += 5
    guard trial.takeLineEnd() || trial.current == nil else { return nil }
    self = trial
    return start.last
  }

  /// Takes LF, CR LF or CR.
  private mutating func takeLineEnd() -> Bool {
    guard let byte = current, byte == Self.lineFeed || byte == Self.carriageReturn else { return false }
    position += 1
    if byte == Self.carriageReturn && current == Self.lineFeed { position += 1 }
    line += 1
    return true
  }

  /// The next row that is not empty; `nil` at the end.
  mutating func nextRow() throws(CSVError) -> CSVRow? {
    while current != nil {
      if takeLineEnd() { continue }
      let first = line
      var fields = [withoutGuard(try field())]
      while current == separator {
        position += 1
        fields.append(withoutGuard(try field()))
      }
      _ = takeLineEnd()
      return CSVRow(line: first, fields: fields)
    }
    return nil
  }

  /// Up to a separator or the line's end.
  private mutating func field() throws(CSVError) -> String {
    let start = position
    skipSpaces()
    if current == Self.quote { return try quotedField() }
    position = start
    while let byte = current, byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn {
      guard byte != Self.quote else {
        throw CSVError(line: line, reason: "a quote inside a field that does not start with one")
      }
      position += 1
    }
    return try text(Array(bytes[start..<position]))
  }

  private mutating func quotedField() throws(CSVError) -> String {
    let opened = line
    var content: [UInt8] = []
    position += 1
    while true {
      guard let byte = current else { throw CSVError(line: opened, reason: "a quote is never closed") }
      position += 1
      if byte == Self.quote {
        guard current == Self.quote else { break }
        position += 1
      }
      if byte == Self.lineFeed || (byte == Self.carriageReturn && current != Self.lineFeed) { line += 1 }
      content.append(byte)
    }
    skipSpaces()
    guard current == nil || [separator, Self.lineFeed, Self.carriageReturn].contains(current) else {
      throw CSVError(line: line, reason: "something stands behind a closing quote")
    }
    return try text(content)
  }

  private mutating func skipSpaces() {
    while current == UInt8(ascii: " ") { position += 1 }
  }

  private func text(_ bytes: [UInt8]) throws(CSVError) -> String {
    guard !bytes.contains(0) else { throw CSVError(line: line, reason: "the text holds a NUL byte") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CSVError(line: line, reason: "the text is not UTF-8 (Latin-1 or another code page?): save it as UTF-8")
    }
    return text
  }
}
