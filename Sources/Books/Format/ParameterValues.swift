import Files
import Language
import Yams

/// The values that a book's params have in one run.
public struct ParameterValues: Sendable {
  /// A value given from outside: `-P name=value`, or an entry of a `--params` file.
  public struct Given: Sendable, Hashable {
    public let name: String
    public let text: String
    /// Where it stands, for messages.
    public let source: Source

    /// Reads `name=value`.
    public init(argument: String) throws(Diagnostic) {
      let source = Source("-P " + argument, name: "command line")
      guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
        throw Diagnostic(
          "parameter-syntax", "a param is given as `-P name=value`", in: source, at: Span(3, source.text.utf8.count))
      }
      self.init(
        name: String(argument[..<equals]), text: String(argument[argument.index(after: equals)...]), source: source)
    }

    init(name: String, text: String, source: Source) {
      self.name = name
      self.text = text
      self.source = source
    }

    var span: Span { Span(source.text.hasPrefix("-P ") ? 3 : 0, source.text.utf8.count) }
  }

  /// In the order of the front matter.
  public let values: [(name: String, value: Value)]
  /// As they were written, for the record.
  public let texts: [(name: String, text: String)]
  /// Required params that nobody gave; they have no value.
  let missing: [BookParameter]

  /// Fits given values to declared params.
  ///
  /// - Parameter workingFolder: where given paths start; default paths start at the book's folder.
  init(
    _ given: [Given], for parameters: [BookParameter], workingFolder: String, mistakes: inout [Diagnostic]
  ) {
    var chosen: [String: Given] = [:]
    for item in given {
      guard parameters.contains(where: { $0.name == item.name }) else {
        let names = parameters.map(\.name)
        let hint = closest(to: item.name, in: names).map { "did you mean '\($0)'?" }
        mistakes.append(
          Diagnostic(
            "unknown-parameter", "the book has no param '\(clipped(item.name))'",
            hint: hint ?? (names.isEmpty ? "it has none" : "params are \(names.joined(separator: ", "))"),
            in: item.source, at: item.span))
        continue
      }
      chosen[item.name] = item
    }
    var values: [(name: String, value: Value)] = []
    var texts: [(name: String, text: String)] = []
    var missing: [BookParameter] = []
    for parameter in parameters {
      guard let text = chosen[parameter.name]?.text ?? parameter.defaultText else {
        missing.append(parameter)
        continue
      }
      do {
        var value = try parameter.value(of: text)
        if parameter.type == .path && chosen[parameter.name] != nil {
          value = .text(absolutePath(text, from: workingFolder))
        }
        values.append((parameter.name, value))
        texts.append((parameter.name, text))
      } catch {
        guard let item = chosen[parameter.name] else { continue }
        mistakes.append(Diagnostic(error.code, error.message, hint: error.hint, in: item.source, at: item.span))
      }
    }
    self.values = values
    self.texts = texts
    self.missing = missing
  }

  /// Reads a `--params` file: one YAML mapping of names to values.
  public static func read(file path: String) throws(BookMistakes) -> [Given] {
    let text: BookText
    do { text = try BookText(file: path, name: path) } catch { throw BookMistakes([error]) }
    var reader = YAMLReader(text: text, firstLine: 1)
    guard text.source.text.utf8.count <= FrontMatter.largest else {
      throw BookMistakes([text.mistake("params-too-large", "a params file has at most 64 KiB", line: 1)])
    }
    var given: [Given] = []
    if let root = reader.root(of: text.source.text) {
      if let mapping = root.mapping {
        for (key, value) in mapping {
          guard let name = key.scalar?.string, let entry = value.scalar?.string else {
            reader.report("params-type", "a params file has one `name: value` a line", hint: nil, at: key)
            continue
          }
          let line = key.mark?.line ?? 1
          given.append(
            Given(name: name, text: entry, source: Source(String(text.line(line)), name: path, firstLine: line)))
        }
      } else {
        reader.report("params-type", "a params file has one `name: value` a line", hint: nil, at: root)
      }
    }
    guard reader.mistakes.isEmpty else { throw BookMistakes(reader.mistakes) }
    return given
  }
}

/// Everything that was found wrong before anything ran, in the order of the source.
public struct BookMistakes: Error, Sendable {
  public let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
