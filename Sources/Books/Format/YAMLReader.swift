import Language
import Yams

/// Walks YAML strictly and points every mistake at its place in the file.
struct YAMLReader {
  let text: BookText
  /// The line of the file on which the YAML starts.
  let firstLine: Int
  private(set) var mistakes: [Diagnostic] = []

  init(text: BookText, firstLine: Int) {
    self.text = text
    self.firstLine = firstLine
  }

  mutating func report(_ code: String, _ message: String, hint: String?, at node: Node) {
    report(code, message, hint: hint, mark: node.mark)
  }

  private mutating func report(_ code: String, _ message: String, hint: String?, mark: Mark?) {
    let span = text.span(line: firstLine - 1 + (mark?.line ?? 1), column: mark?.column ?? 1)
    mistakes.append(Diagnostic(code, message, hint: hint, in: text.source, at: span))
  }

  /// The tree of one YAML document, `nil` after a mistake of its syntax or where it is empty.
  mutating func root(of yaml: String) -> Node? {
    if let (line, message) = YAMLReader.refusal(of: yaml) {
      mistakes.append(
        text.mistake("yaml-not-plain", message, hint: "plain names and values only", line: firstLine - 1 + line))
      return nil
    }
    // White space alone makes no line, whatever its kind.
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.allSatisfy(\.isWhitespace) ? "" : $0
    }
    if reportIndentation(in: lines, by: { $0 != " " && $0 != "\t" }) { return nil }
    do {
      return try compose(yaml: lines.joined(separator: "\n"))
    } catch let error as YamlError {
      // Inside of brackets tabs are right; a mistake has them for its reason, or stands among them.
      if reportIndentation(in: lines, by: { $0 == "\t" }) { return nil }
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        report("yaml-syntax", "the YAML cannot be read: \(clipped(problem))", hint: nil, mark: mark)
      case .duplicatedKeysInMapping(let keys, let context):
        let names = keys.map { clipped("\($0)") }.joined(separator: ", ")
        report("yaml-key-repeated", "a key is given twice: \(names)", hint: nil, mark: context.mark)
      default: report("yaml-syntax", "the YAML cannot be read", hint: nil, mark: nil)
      }
    } catch {
      report("yaml-syntax", "the YAML cannot be read", hint: nil, mark: nil)
    }
    return nil
  }

  /// The fields of a mapping, none but those in `keys`.
  mutating func fields(of node: Node, keys: [String], in place: String, code: String) -> [String: Node] {
    guard let mapping = node.mapping else {
      report("front-matter-type", "\(place) is a list of `name: value`", hint: nil, at: node)
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard keys.contains(name) else {
        // `help: one, two` inside braces is a key `two` without a value.
        let isPiece = value.scalar?.string.isEmpty == true
        let near =
          isPiece
          ? "a text with a comma needs quotation marks" : closest(to: name, in: keys).map { "did you mean '\($0)'?" }
        report(
          code, "\(place) has no key '\(clipped(name))'",
          hint: near ?? "keys are \(keys.joined(separator: ", "))", at: key)
        continue
      }
      fields[name] = value
    }
    return fields
  }

  /// A scalar as it is written.
  mutating func text(_ node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar, !scalar.string.isEmpty, scalar.string.utf8.count <= 4096 else {
      report("front-matter-type", "'\(key)' is a single text", hint: nil, at: node)
      return nil
    }
    return scalar.string
  }

  mutating func number(_ node: Node, _ key: String) -> Double? {
    guard let scalar = node.scalar, let number = BookParameter.number(scalar.string) else {
      report("front-matter-type", "'\(key)' is a number", hint: nil, at: node)
      return nil
    }
    return number
  }

  /// Reports the first line that is indented by white space which YAML does not read as such.
  ///
  /// - Returns: whether there is one.
  private mutating func reportIndentation(in lines: [Substring], by isStrange: (Character) -> Bool) -> Bool {
    for (index, line) in lines.enumerated() {
      guard let strange = line.prefix(while: \.isWhitespace).first(where: isStrange) else { continue }
      let found = strange == "\t" ? "a tab" : strange == "\u{A0}" ? "a no-break space" : "other white space"
      mistakes.append(
        text.mistake(
          "yaml-syntax", "the line is indented by \(found); YAML takes spaces alone", hint: "put spaces in its place",
          line: firstLine + index))
      return true
    }
    return false
  }

  /// Why a text is not read as YAML at all: anchors can make it explode, and deep nesting can exhaust the stack.
  private static func refusal(of yaml: String) -> (line: Int, message: String)? {
    var depth = 0
    for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var quote: UInt8?
      var previous = UInt8(ascii: " ")
      var indents = 0
      for byte in line.utf8 {
        defer { previous = byte }
        if let open = quote {
          if byte == open { quote = nil }
          continue
        }
        switch byte {
        case UInt8(ascii: "#") where previous == UInt8(ascii: " "): previous = 0
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          if !isLetter(previous) && !isDigit(previous) { quote = byte }
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: "-"), UInt8(ascii: "?"): if previous == UInt8(ascii: " ") { indents += 1 }
        default: break
        }
        if depth > 8 || indents > 60 { return (index + 1, "the YAML is nested too deeply") }
      }
      if YAMLReader.hasAnchor(line) { return (index + 1, "anchors and aliases (`&` and `*`) are not read") }
    }
    return nil
  }

  /// Whether a value of the line starts with `&name` or `*name`.
  private static func hasAnchor(_ line: Substring) -> Bool {
    var rest = trimmed(line)
    while rest.hasPrefix("- ") || rest.hasPrefix("? ") { rest = trimmed(rest.dropFirst(2)) }
    func isAnchor(_ text: Substring) -> Bool {
      guard let mark = text.first, mark == "&" || mark == "*", let next = text.dropFirst().first else { return false }
      return next.isLetter || next.isNumber
    }
    if isAnchor(rest) { return true }
    guard !rest.contains("\"") && !rest.contains("'") else {
      return rest.firstIndex(of: ":").map { isAnchor(trimmed(rest[rest.index(after: $0)...])) } ?? false
    }
    var opener = false
    for index in rest.indices {
      if opener && isAnchor(rest[index...]) { return true }
      if rest[index] != " " {
        opener = rest[index] == ":" || rest[index] == "[" || rest[index] == "{" || rest[index] == ","
      }
    }
    return false
  }
}
