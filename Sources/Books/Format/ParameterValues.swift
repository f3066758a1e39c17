import Base
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
    let span: Span
    /// The folder where its path starts, the working folder where it is `nil`.
    let folder: String?

    /// Reads `name=value`, with or without white space around the `=`.
    ///
    /// - Parameters:
    ///   - option: what stands before it.
    ///   - place: where it was written, for messages.
    public init(argument: String, after option: String = "-P ", in place: String = ParameterValues.commandLine)
      throws(Diagnostic)
    {
      let source = Source(option + argument, name: place)
      let span = Span(option.utf8.count, source.text.utf8.count)
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = trimmed(parts[0])
      guard parts.count == 2, !name.isEmpty else {
        let pieces = argument.split(separator: ":", maxSplits: 1)
        throw Diagnostic(
          "parameter-syntax", "a param is given as `-P name=value`",
          hint: pieces.count == 2 ? "write -P \(clipped(trimmed(pieces[0])))=\(clipped(trimmed(pieces[1])))" : nil,
          in: source, at: span)
      }
      let isSpaced = parts[0].last?.isWhitespace == true
      self.init(
        name: String(name), text: String(isSpaced ? parts[1].drop(while: \.isWhitespace) : parts[1]), source: source,
        span: span, folder: nil)
    }

    init(name: String, text: String, source: Source, span: Span, folder: String?) {
      self.name = name
      self.text = text
      self.source = source
      self.span = span
      self.folder = folder
    }

    /// The same param, given in the same place, with one of its values.
    func with(text: String) -> Given { Given(name: name, text: text, source: source, span: span, folder: folder) }

    /// How a book that has no params would declare it.
    fileprivate func declaration(in book: Book) -> String {
      let line = ParameterLine(name, value: text).text
      return book.isScript
        ? "a script has none; a book declares them in its front matter, below `params:` as `\(line)`"
        : "it has none; declare it in the front matter: `params:`, and indented below it `\(line)`"
    }

    /// Where its path starts, for who finds nothing there.
    var start: String {
      let written = "the param '\(name)' is '\(clipped(text))'"
      if text.hasPrefix("/") || text.hasPrefix("~") { return written }
      return folder == nil
        ? "\(written), which starts at the working folder, as every path on the command line"
        : "\(written), which starts at the folder of \(clipped(source.name))"
    }
  }

  /// Where values come from that are in no file, as messages have it.
  public static let commandLine = "command line"

  /// In the order of the front matter.
  public let values: [(name: String, value: Value)]
  /// As they were written, for the record; a given seed among them.
  public let texts: [(name: String, text: String)]
  /// Given in place of the book's own.
  let seed: UInt64?
  /// Required params that nobody gave.
  let missing: [BookParameter]
  /// All that have no value: those that are missing, and those whose given value was refused, or is meant for them under
  /// another name.
  let open: [BookParameter]
  /// The paths that were given from outside, as they are from the root, with the params that have them.
  let givenPaths: [(path: String, given: Given)]

  /// The params whose values are paths from the root: what lies below one is told by its name, wherever it is.
  var pathRoots: [(name: String, path: String)] { givenPaths.map { ($0.given.name, $0.path) } }

  /// Fits given values to declared params.
  ///
  /// - Parameters:
  ///   - book: whose front matter declares them. Where that could not be read as a whole, any name may be one of it.
  ///   - workingFolder: where paths on the command line start; those in a file of values start at that file's folder, and
  ///     default paths at the book's.
  init(_ given: [Given], for book: Book, workingFolder: String, mistakes: inout [Diagnostic]) {
    let parameters = book.frontMatter.parameters
    var chosen: [String: Given] = [:]
    var meant: Set<String> = []
    var seed: (value: UInt64, text: String)?
    for item in given {
      if item.name == BookParameter.seedName, !parameters.contains(where: { $0.name == item.name }) {
        let text = String(trimmed(item.text))
        seed = UInt64(text).map { ($0, text) }
        if seed == nil {
          mistakes.append(
            Diagnostic(
              "parameter-type", "'seed' is a whole number of at least 0, not '\(clipped(item.text))'",
              hint: "it takes the place of the book's own seed", in: item.source, at: item.span))
        }
        continue
      }
      guard parameters.contains(where: { $0.name == item.name }) else {
        let names = parameters.map(\.name)
        let near = closest(to: item.name, in: names)
        if let near { meant.insert(near) }
        guard book.frontMatter.isWhole else { continue }
        mistakes.append(
          Diagnostic(
            "unknown-parameter", "the \(book.isScript ? "script" : "book") has no param '\(clipped(item.name))'",
            hint: near.map { "did you mean '\($0)'?" }
              ?? (names.isEmpty ? item.declaration(in: book) : "params are \(names.joined(separator: ", "))"),
            in: item.source, at: item.span))
        continue
      }
      chosen[item.name] = item
    }
    var values: [(name: String, value: Value)] = []
    var texts: [(name: String, text: String)] = []
    var (missing, open): ([BookParameter], [BookParameter]) = ([], [])
    var givenPaths: [(path: String, given: Given)] = []
    for parameter in parameters {
      let item = chosen[parameter.name]
      guard let text = item?.text ?? parameter.defaultText else {
        if !meant.contains(parameter.name) { missing.append(parameter) }
        open.append(parameter)
        continue
      }
      do {
        var value = try parameter.value(of: text)
        if parameter.type == .path, let item, case .text(let path) = value {
          let whole = absolutePath(path, from: item.folder ?? workingFolder)
          value = .text(whole)
          givenPaths.append((whole, item))
        }
        values.append((parameter.name, value))
        texts.append((parameter.name, text))
      } catch {
        // What the cells say of it is examined as if it had been given: one mistake is no reason for a second one.
        open.append(parameter)
        guard let item else { continue }
        mistakes.append(Diagnostic(error.code, error.message, hint: error.hint, in: item.source, at: item.span))
      }
    }
    if let seed { texts.append((BookParameter.seedName, seed.text)) }
    (self.values, self.texts, self.missing, self.open, self.givenPaths) = (values, texts, missing, open, givenPaths)
    self.seed = seed?.value
  }

  /// Reads a `--params` file: one YAML mapping of names to values, whose paths start at the file's folder.
  public static func read(file path: String) throws(BookMistakes) -> [Given] {
    let text: BookText
    do { text = try BookText(file: path, name: path) } catch { throw BookMistakes([error]) }
    var reader = YAMLReader(text: text, firstLine: 1)
    guard text.source.text.utf8.count <= FrontMatter.largest else {
      throw BookMistakes([text.mistake("params-too-large", "a params file has at most 64 KiB", line: 1)])
    }
    var given: [Given] = []
    let folder = parentFolder(of: absolutePath(path, from: workingFolder()))
    if let root = reader.root(of: text.source.text) {
      if let mapping = root.mapping {
        for (key, value) in mapping {
          // A list is several values, as commas are on the command line.
          let entries = value.sequence?.map { $0.scalar?.string } ?? [value.scalar?.string]
          let texts = entries.compactMap { $0 }
          guard let name = key.scalar?.string, !texts.isEmpty, texts.count == entries.count else {
            reader.report(
              "params-type", "a params file has one `name: value` a line",
              hint: "several values are a list: `\(key.scalar?.string ?? "name"): [1, 2]`", at: key)
            continue
          }
          let line = key.mark?.line ?? 1
          let source = Source(String(text.line(line)), name: path, firstLine: line)
          given.append(
            Given(
              name: name, text: texts.joined(separator: ","), source: source, span: Span(0, source.text.utf8.count),
              folder: folder))
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

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
