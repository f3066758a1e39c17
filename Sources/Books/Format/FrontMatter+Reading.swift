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
        reader.report("book-version", "this program reads cnpbook 1", hint: nil, at: node)
      }
    } else {
      reader.report("front-matter-missing-key", "the front matter has no 'cnpbook: 1'", hint: nil, at: root)
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
        reader.report("front-matter-type", "'seed' is a whole number from 0", hint: nil, at: node)
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
      report("front-matter-type", "'params' is a list of names with their types", hint: nil, at: node)
      return []
    }
    guard mapping.count <= 200 else {
      report("front-matter-too-large", "a book has at most 200 params", hint: nil, at: node)
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = key.scalar?.string, YAMLReader.isName(name), !YAMLReader.reserved.contains(name) else {
        report(
          "parameter-name", "a param's name is a name of the language: letters, digits and hyphens", hint: nil, at: key)
        return nil
      }
      return parameter(name, value, at: key)
    }
  }

  private mutating func parameter(_ name: String, _ node: Node, at key: Node) -> BookParameter? {
    let before = mistakes.count
    let fields = fields(of: node, keys: BookParameter.keys, in: "a param", code: "unknown-key")
    guard let typeNode = fields["type"], let typeName = text(typeNode, "type") else {
      if mistakes.count == before {
        report("parameter-type-missing", "the param '\(name)' has no type", hint: "add `type: int`", at: key)
      }
      return nil
    }
    guard let type = BookParameter.ValueType(rawValue: typeName) else {
      let names = BookParameter.ValueType.allCases.map(\.rawValue)
      report(
        "parameter-type-unknown", "'\(clipped(typeName))' is no type of a param",
        hint: closest(to: typeName, in: names).map { "did you mean '\($0)'?" }
          ?? "types are \(names.joined(separator: ", "))", at: typeNode)
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
    if type == .choice && fields["choices"] == nil {
      report("parameter-choices-missing", "the choice '\(name)' has no 'choices'", hint: nil, at: key)
    }
    let parameter = BookParameter(
      name: name, type: type, defaultText: fields["default"].flatMap { text($0, "default") },
      minimum: isNumeric ? fields["min"].flatMap { number($0, "min") } : nil,
      maximum: isNumeric ? fields["max"].flatMap { number($0, "max") } : nil,
      choices: (fields["choices"]?.sequence.map { Array($0) } ?? []).compactMap { text($0, "choices") },
      help: fields["help"].flatMap { text($0, "help") } ?? "")
    if mistakes.count == before, let written = parameter.defaultText, let place = fields["default"] {
      do { _ = try parameter.value(of: written) } catch {
        report(error.code, "the default of \(error.message)", hint: error.hint, at: place)
      }
    }
    return mistakes.count == before ? parameter : nil
  }

  /// `learning-rate`: a letter, then letters and digits with single hyphens between them.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }
  }
}
