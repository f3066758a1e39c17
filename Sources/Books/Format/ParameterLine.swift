import Language
import Yams

/// How a param is declared in a front matter: `epochs: {type: int, default: 2}`, made from a name and what was written
/// for it.
struct ParameterLine {
  let text: String

  private init(text: String) { self.text = text }

  /// - Parameters:
  ///   - value: an example of the value, which tells its type; empty where nothing is known of it.
  ///   - type: where it is known.
  init(_ name: String, value: String, type: BookParameter.ValueType? = nil) {
    let value = value.isEmpty ? "5" : value
    let type = type ?? Self.type(of: value)
    text = "\(clipped(name)): {type: \(type.rawValue), default: \(Self.scalar(value))}"
  }

  /// - Parameter node: what stands behind the name: a value, a list of choices, or a declaration that lacks something.
  init(_ name: String, _ node: Node) {
    if let choices = node.sequence {
      let words = choices.compactMap { $0.scalar?.string }.prefix(6).map(Self.scalar)
      let first = words.first ?? "small"
      let list = words.isEmpty ? "small, large" : words.joined(separator: ", ")
      self.init(text: "\(clipped(name)): {type: choice, choices: [\(list)], default: \(first)}")
    } else if let mapping = node.mapping {
      self.init(name, declaration: mapping)
    } else {
      let isQuoted = node.scalar.map { $0.style != .plain && $0.style != .any } ?? false
      self.init(name, value: node.scalar?.string ?? "", type: isQuoted ? .text : nil)
    }
  }

  /// A declaration that names its default alone, or its type.
  private init(_ name: String, declaration: Node.Mapping) {
    let fields = Dictionary(
      declaration.compactMap { key, value in key.scalar.map { ($0.string, value) } },
      uniquingKeysWith: { first, _ in first })
    let type = fields["type"]?.scalar.flatMap { BookParameter.ValueType(word: $0.string) }
    let value = (fields["default"] ?? fields["value"])?.scalar?.string
    if fields["choices"] != nil || type == .choice {
      let choices = fields["choices"]?.sequence.map { $0.compactMap { $0.scalar?.string } } ?? []
      let written = choices.isEmpty ? [fields["choices"]?.scalar?.string ?? value ?? "small", "other"] : choices
      let list = written.prefix(6).map(Self.scalar).joined(separator: ", ")
      self.init(
        text: "\(clipped(name)): {type: choice, choices: [\(list)], default: \(Self.scalar(value ?? written[0]))}")
    } else if let type, value == nil {
      self.init(text: "\(clipped(name)): {type: \(type.rawValue)}")
    } else {
      self.init(name, value: value ?? fields["min"]?.scalar?.string ?? "", type: type)
    }
  }

  /// What an item of a list of params seems to declare; `nil` where that can't be told.
  init?(item: Node) {
    if let name = item.scalar?.string {
      self.init(entry: name)
    } else if let mapping = item.mapping,
      let name = mapping.first(where: { $0.key.scalar?.string == "name" })?.value.scalar
    {
      self.init(name.string, declaration: mapping)
    } else if let (key, value) = item.mapping?.first, let name = key.scalar?.string {
      self.init(name, value)
    } else {
      return nil
    }
  }

  /// `epochs=2`, `epochs: 2` or `epochs` alone.
  init?(entry: String) {
    let parts = entry.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "=" || $0 == ":" }
    guard let name = parts.first.map({ String(trimmed($0)) }), YAMLReader.isName(name) else { return nil }
    self.init(name, value: parts.count == 2 ? unquoted(trimmed(parts[1])) : "")
  }

  /// The type that a value has by its looks.
  private static func type(of value: String) -> BookParameter.ValueType {
    if let number = BookParameter.number(value) {
      return number == number.rounded() && value.allSatisfy { $0.isNumber || $0 == "-" || $0 == "+" } ? .int : .number
    }
    if truth(value) != nil { return .bool }
    return value.contains("/") || value.hasPrefix("~") || value.hasPrefix(".") ? .path : .text
  }

  /// A value as it may stand between YAML's braces.
  private static func scalar(_ value: String) -> String {
    let value = clipped(value)
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "-_./%+~ ".contains($0) }
    // At its start a hyphen would begin a list, and a per cent sign a directive.
    if BookParameter.number(value) != nil { return value }
    if isPlain, let first = value.first, let last = value.last, !" -%".contains(first), last != " " { return value }
    return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension BookParameter.ValueType {
  /// The type of that name, in the words of other languages too.
  init?(word: String) {
    switch word.lowercased() {
    case "integer", "whole", "long", "int32", "int64": self = .int
    case "float", "double", "real", "numeric", "decimal": self = .number
    case "string", "str", "char", "character": self = .text
    case "boolean", "truth", "flag", "logical": self = .bool
    case "enum", "select", "list", "options", "option": self = .choice
    case "file", "folder", "directory", "dir", "filename": self = .path
    case let word:
      guard let type = Self(rawValue: word) else { return nil }
      self = type
    }
  }
}
