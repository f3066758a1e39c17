import Language
import Yams

extension FrontMatter {
  /// The most lines and bytes of a front matter.
  static let largest = 64 << 10

  /// Reads the YAML between the two `---` lines, strictly: every unknown key and every wrong type is a mistake.
  ///
  /// - Parameter lines: the lines of the book that hold the YAML, without the `---`.
  init(reading lines: ClosedRange<Int>, of text: BookText, mistakes: inout [Diagnostic]) {
    self.init()
    let yaml = text.lines(lines.lowerBound, through: lines.upperBound)
    guard yaml.utf8.count <= FrontMatter.largest else {
      mistakes.append(text.mistake("front-matter-too-large", "the front matter is larger than 64 KiB", line: 1))
      isWhole = false
      return
    }
    var reader = YAMLReader(text: text, firstLine: lines.lowerBound)
    if let root = reader.root(of: yaml) { read(root, with: &reader) }
    isWhole = reader.mistakes.isEmpty
    mistakes += reader.mistakes
  }

  private mutating func read(_ root: Node, with reader: inout YAMLReader) {
    let fields = reader.fields(of: root, keys: FrontMatter.keys, in: "the front matter", code: "unknown-key")
    if let node = fields["cnpbook"] {
      if node.int != 1 {
        reader.report("book-version", "this program reads cnpbook 1", hint: "write `cnpbook: 1`", at: node)
      }
    } else {
      reader.report(
        "front-matter-missing-key", "the front matter has no 'cnpbook: 1'", hint: "add the line `cnpbook: 1`", at: root)
    }
    if let node = fields["engine"], let written = reader.text(node, "engine") {
      engine = EngineConstraint(written)
      if engine == nil {
        reader.report(
          "engine-constraint", "'\(clipped(written))' is no range of versions", hint: "write \">=0.1 <1.0\"", at: node)
      }
    }
    if let node = fields["title"] { title = reader.text(node, "title") }
    if let node = fields["authors"] {
      let nodes = node.sequence.map { Array($0) } ?? [node]
      authors = nodes.compactMap { reader.text($0, "authors") }
    }
    if let node = fields["seed"] {
      if let scalar = node.scalar, scalar.style == .plain, let number = UInt64(scalar.string) {
        seed = number
      } else {
        let number = node.scalar.flatMap { UInt64($0.string) }
        reader.report(
          "front-matter-type", "'seed' is a whole number from 0",
          hint: number.map { "write `seed: \($0)`, without quotation marks" } ?? "write `seed: 7`, say", at: node)
      }
    }
    if let node = fields["params"] { parameters = reader.parameters(node) }
  }
}

extension YAMLReader {
  /// Words that the language keeps for itself.
  private static let reserved = [
    "print", "show", "def", "if", "else", "for", "in", "or", "xor", "and", "not", "true", "false", "none",
  ]

  mutating func parameters(_ node: Node) -> [BookParameter] {
    guard let mapping = node.mapping else {
      reportUnlikeParams(node)
      return []
    }
    guard mapping.count <= 200 else {
      report("front-matter-too-large", "a book has at most 200 params", hint: nil, at: node)
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = key.scalar?.string, YAMLReader.isName(name), !YAMLReader.reserved.contains(name) else {
        report(
          "parameter-name", "a param's name is a name of the language: letters, digits and hyphens",
          hint: YAMLReader.nameLike(key.scalar?.string ?? "").map { "write `\($0): …`" }, at: key)
        return nil
      }
      return parameter(name, value, at: key)
    }
  }

  private mutating func parameter(_ name: String, _ node: Node, at key: Node) -> BookParameter? {
    guard node.mapping != nil else {
      // Nothing behind the colon stands nowhere.
      let isEmpty = node.scalar?.string.isEmpty == true
      report(
        "front-matter-type", "the param '\(name)' needs its type: \(YAMLReader.types)",
        hint: "write `\(ParameterLine(name, node).text)`", at: isEmpty ? key : node)
      return nil
    }
    let before = mistakes.count
    let fields = fields(of: node, keys: BookParameter.keys, in: "a param", code: "unknown-key")
    guard let typeNode = fields["type"], let typeName = text(typeNode, "type") else {
      if mistakes.count == before {
        report(
          "parameter-type-missing", "the param '\(name)' has no type: \(YAMLReader.types)",
          hint: "write `\(ParameterLine(name, node).text)`", at: key)
      }
      return nil
    }
    guard let type = BookParameter.ValueType(rawValue: typeName) else {
      let names = BookParameter.ValueType.allCases.map(\.rawValue)
      let meant = BookParameter.ValueType(word: typeName)?.rawValue ?? closest(to: typeName, in: names)
      report(
        "parameter-type-unknown", "'\(clipped(typeName))' is no type of a param",
        hint: meant.map { "did you mean '\($0)'?" } ?? "types are \(YAMLReader.types)", at: typeNode)
      return nil
    }
    let isNumeric = type == .int || type == .number
    for (field, fits) in [("min", isNumeric), ("max", isNumeric), ("choices", type == .choice)] where !fits {
      if let misplaced = fields[field] {
        report(
          "parameter-key-misplaced", "'\(field)' means nothing for a param of type \(typeName)", hint: nil,
          at: misplaced)
      }
    }
    if type == .choice && fields["choices"]?.sequence == nil {
      report(
        "parameter-choices-missing",
        fields["choices"] == nil ? "the choice '\(name)' has no 'choices'" : "'choices' is a list in brackets",
        hint: "write `\(ParameterLine(name, node).text)`", at: fields["choices"] ?? key)
    }
    let parameter = BookParameter(
      name: name, type: type, defaultText: fields["default"].flatMap { text($0, "default") },
      minimum: isNumeric ? fields["min"].flatMap { number($0, "min") } : nil,
      maximum: isNumeric ? fields["max"].flatMap { number($0, "max") } : nil,
      choices: (fields["choices"]?.sequence.map { Array($0) } ?? []).compactMap { text($0, "choices") },
      help: fields["help"].flatMap { text($0, "help") } ?? "")
    if mistakes.count == before, let written = parameter.defaultText, let place = fields["default"] {
      do { _ = try parameter.value(of: written) } catch {
        let subject = error.code == "parameter-choice" ? "the default" : "the default of"
        report(error.code, "\(subject) \(error.message)", hint: error.hint, at: place)
      }
    }
    return mistakes.count == before ? parameter : nil
  }

  private static let types = BookParameter.ValueType.allCases.map(\.rawValue).joined(separator: ", ")

  /// Says how params are written, in the names and values that stand there.
  private mutating func reportUnlikeParams(_ node: Node) {
    let message = "'params' has a name with its type on each line below it"
    let example = ParameterLine("epochs", value: "").text
    if let items = node.sequence {
      let line = items.first.flatMap { ParameterLine(item: $0) }?.text ?? example
      let isBlock = items.style != .flow
      report(
        "front-matter-type", message,
        hint: "write `\(line)`" + (isBlock ? ", without the hyphen" : " on a line below it"),
        at: node)
    } else {
      let line = ParameterLine(entry: node.scalar?.string ?? "")?.text ?? example
      report("front-matter-type", message, hint: "write `\(line)` below it, indented", at: node)
    }
  }

  /// The name that is nearest to a text which is none: `learning rate` → `learning-rate`.
  private static func nameLike(_ text: String) -> String? {
    let parts = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    let name = parts.drop { $0.first?.isLetter != true }.joined(separator: "-")
    return isName(name) && !reserved.contains(name) ? name : nil
  }

  /// `learning-rate`: a letter, then letters and digits with single hyphens between them.
  static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }
  }
}
