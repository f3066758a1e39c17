/// A cell to be written: its options and its program, and the text it put out, empty for none.
public struct WrittenCell: Sendable, Hashable {
  public let label: String
  /// Whole `#|` lines, the label's left out.
  public let options: [String]
  public let code: String
  public let output: String

  public init(label: String, options: [String] = [], code: String, output: String) {
    self.label = label
    self.options = options
    self.code = code
    self.output = output
  }
}

/// The text of a book of nothing but cells, each followed by its output on record.
public func bookText(title: String, seed: UInt64, cells: [WrittenCell]) -> String {
  var parts = ["---\ncnpbook: 1\ntitle: \(quotedYAML(title))\nseed: \(seed)\n---"]
  for cell in cells {
    // A comment of its own keeps the program's first line from being read as an option.
    let code = cell.code.hasPrefix("#|") ? "#\n" + cell.code : cell.code
    let lines = ["#| label: \(cell.label)"] + cell.options + [code]
    parts.append(fenced(lines.joined(separator: "\n"), info: "cnp"))
    if !cell.output.isEmpty { parts.append(fenced(cell.output, info: "out")) }
  }
  return parts.joined(separator: "\n\n") + "\n"
}

/// A text fenced by more backticks than it has in a row.
func fenced(_ text: String, info: String) -> String {
  var longest = 0
  var run = 0
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "`") ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: max(3, longest + 1))
  return "\(fence)\(info)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
}

/// A YAML text in single quotes.
func quotedYAML(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}
