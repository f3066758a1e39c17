/// A JSON document (RFC 8259).
public indirect enum JSON: Sendable, Hashable {
  case null
  case truth(Bool)
  case whole(Int)
  /// Written as `null` where it is not finite, which JSON cannot say.
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// A number or nothing.
  public static func number(orNull number: Double?) -> JSON { number.map { .number($0) } ?? .null }

  /// The fields of an object; none of anything else.
  public var fields: [String: JSON] { if case .object(let fields) = self { fields } else { [:] } }

  /// A number's value, whole or not.
  public var double: Double? {
    switch self {
    case .number(let number): number
    case .whole(let number): Double(number)
    default: nil
    }
  }

  /// How a document is laid out; both ways its names are sorted by their bytes, so that one content has one text.
  public enum Layout: Sendable {
    /// A line a value, indented by two spaces: two documents can be compared line by line.
    case lines
    /// No space at all.
    case compact
  }

  public func text(_ layout: Layout) -> String {
    var writer = JSONWriter(layout: layout)
    writer.write(self, depth: 0)
    return writer.text
  }
}

private struct JSONWriter {
  let layout: JSON.Layout
  var text = ""

  mutating func write(_ value: JSON, depth: Int) {
    switch value {
    case .null: text += "null"
    case .truth(let truth): text += truth ? "true" : "false"
    case .whole(let number): text += String(number)
    case .number(let number): text += number.isFinite ? String(number) : "null"
    case .text(let content): write(quoted: content)
    case .list(let items): write("[", "]", items, depth) { $0.write($1, depth: depth + 1) }
    case .object(let fields):
      let sorted = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      write("{", "}", sorted, depth) { writer, field in
        writer.write(quoted: field.key)
        writer.text += writer.layout == .lines ? ": " : ":"
        writer.write(field.value, depth: depth + 1)
      }
    }
  }

  /// A list or an object.
  private mutating func write<Item>(
    _ opening: String, _ closing: String, _ items: [Item], _ depth: Int, _ item: (inout JSONWriter, Item) -> Void
  ) {
    text += opening
    for (index, value) in items.enumerated() {
      if index > 0 { text += "," }
      startLine(depth + 1)
      item(&self, value)
    }
    if !items.isEmpty { startLine(depth) }
    text += closing
  }

  private mutating func startLine(_ depth: Int) {
    if layout == .lines { text += "\n" + String(repeating: "  ", count: depth) }
  }

  /// What would move a cursor or turn round what is read is written by its number, as JSON may be read at a terminal.
  private mutating func write(quoted content: String) {
    text += "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
