import Language

/// A JSON document whose keys are written sorted, so that two runs can be compared line by line.
package indirect enum JSON {
  case null
  case truth(Bool)
  case whole(Int)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// Indented by two spaces; `depth` is the indentation of the whole.
  func text(depth: Int = 0) -> String {
    let inner = String(repeating: "  ", count: depth + 1)
    let outer = String(repeating: "  ", count: depth)
    switch self {
    case .null: return "null"
    case .truth(let truth): return truth ? "true" : "false"
    case .whole(let number): return String(number)
    case .number(let number): return number.isFinite ? String(number) : "null"
    case .text(let text): return JSON.quoted(text)
    case .list(let items):
      return items.isEmpty
        ? "[]" : "[\n" + items.map { inner + $0.text(depth: depth + 1) }.joined(separator: ",\n") + "\n\(outer)]"
    case .object(let fields):
      let lines = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(inner)\(JSON.quoted($0.key)): \($0.value.text(depth: depth + 1))" }
      return lines.isEmpty ? "{}" : "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.isHidden {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
