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
    // White space alone makes no line, whatever its kind.
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.allSatisfy(\.isWhitespace) ? "" : $0
    }
    let plain = lines.joined(separator: "\n")
    if let refusal = refusalOfYAML(plain) {
      let span = text.span(line: firstLine - 1 + refusal.line, column: refusal.column)
      mistakes.append(
        Diagnostic("yaml-not-plain", refusal.message, hint: "plain names and values only", in: text.source, at: span))
      return nil
    }
    if reportIndentation(in: lines, by: { $0 != " " && $0 != "\t" }) { return nil }
    do {
      return try compose(yaml: plain)
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
      report(
        "front-matter-type", "\(place) is a list of `name: value`", hint: "a line each, as `cnpbook: 1`", at: node)
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
        var known = "keys are \(keys.joined(separator: ", "))"
        if keys.contains("params"), YAMLReader.isName(name) {
          known += "; a param stands below `params:`, indented, as `\(ParameterLine(name, value).text)`"
        }
        report(code, "\(place) has no key '\(clipped(name))'", hint: near ?? known, at: key)
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
}
