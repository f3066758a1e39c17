import Base
import Language
import Methods

/// Segmenters that come with the program, trained and with a card each: `builtin:stacked`.
enum ShippedModels {
  static let prefix = builtinPrefix
  /// Below the program's `share`, or among its sources.
  private static let folders = ["share/cnp/notebooks/models", "notebooks/models"]
  /// What a model may be kept as.
  private static let endings = ["json", "safetensors"]

  /// Whether a path names one of them.
  static func isOne(_ path: String) -> Bool { path.hasPrefix(prefix) }

  /// The file of a model, from the root.
  ///
  /// - Parameter path: `builtin:` and its name.
  /// - Throws: `no-builtin`.
  static func place(of path: String) throws(Failure) -> String {
    let name = String(path.dropFirst(prefix.count))
    if let place = endings.lazy.compactMap({ ShippedFiles.path(named: "\(name).\($0)", in: folders) }).first {
      return place
    }
    let names = names
    throw Failure(
      "no-builtin", "no model called '\(name)' comes with the program",
      hint: names.isEmpty
        ? "its folder `notebooks/models` is missing" : "there is \(names.map { prefix + $0 }.joined(separator: ", "))")
  }

  /// What there is.
  static var names: [String] {
    let files = ShippedFiles.places(of: folders).prefix(1).flatMap { (try? namesInFolder($0)) ?? [] }
    return files.filter { endings.contains(fileExtension(of: $0)) }.map(baseName).sorted()
  }

  /// The stack that `segment` and `stages` ask for by its name.
  ///
  /// - Throws: `no-builtin`, and what is wrong with its file.
  static func stack(_ context: Context) throws -> FittedStack {
    let path = prefix + StackedSegmenter().name
    guard let stack = try segmenter(path, context).fitted as? FittedStack else {
      throw MethodError.noSegmenter(path: path, "it holds another segmenter")
    }
    return stack
  }

  /// The model that `segment` asks where nothing is said.
  private static let askedPath = prefix + "unet"

  /// The network that `segment` asks where nothing is said, with what is done to its maps.
  ///
  /// - Throws: `no-builtin`, and what is wrong with its file.
  static func network(_ context: Context) throws -> SegmenterValue {
    try segmenter(askedPath, context)
  }

  private static func segmenter(_ path: String, _ context: Context) throws -> SegmenterValue {
    try SegmenterValue(inFileAt: try context.host.pathToRead(try place(of: path)), writtenAs: path)
  }

  /// Whether there are networks in a model that comes with the program.
  static func holdsNetworks(_ path: String) -> Bool {
    guard isOne(path), let place = try? place(of: path) else { return false }
    return fileExtension(of: place) != "json"
  }

  /// What people should know of a model before they use it: the text of its card, which lies beside it, in Markdown, a paragraph a
  /// line.
  ///
  /// - Throws: `no-builtin`; `FileError` where the card can't be read.
  static func card(of path: String) throws -> String {
    let text = String(decoding: try readFile(place(ofCardOf: path), limit: 1 << 20), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst().reduce(into: [String(lines[0])]) { paragraphs, line in
      // A heading, a row of a table or an item of a list begins anew, and nothing goes on behind a heading or a row.
      let goesOn = line.first.map { !"#|-".contains($0) } ?? false
      let isOpen = paragraphs[paragraphs.count - 1].first.map { !"#|".contains($0) } ?? false
      if goesOn && isOpen {
        paragraphs[paragraphs.count - 1] += " \(line.drop { $0 == " " })"
      } else {
        paragraphs.append(String(line))
      }
    }.joined(separator: "\n")
  }

  /// The models that have a card.
  static var pathsWithCards: [String] {
    names.map { prefix + $0 }.filter { path in (try? place(ofCardOf: path)).map { pathKind($0) == .file } ?? false }
  }

  /// What somebody asks for who wants to know which models there are.
  static let words: Set<String> = ["models", "builtin", "builtins", "pretrained", "pretrainedmodels"]

  /// The models in a sentence each.
  static var page: String {
    let rows = pathsWithCards.map { path in
      let paragraphs = ((try? card(of: path)) ?? "").split(separator: "\n").dropFirst()
      let sentence = paragraphs.first.map { $0.prefix(upTo: $0.firstRange(of: ". ")?.lowerBound ?? $0.endIndex) } ?? ""
      return (name: quoted(path), text: String(sentence))
    }
    guard !rows.isEmpty else { return "no models come with this program: its folder `notebooks/models` is missing" }
    let asked = quoted(askedPath)
    return
      "Models that come with the program, as `predict (open \(asked)) \"eye.jpg\"`; `explain \(asked)` shows a card\n"
      + alignedRows(rows)
  }

  private static func place(ofCardOf path: String) throws(Failure) -> String {
    let model = try place(of: path)
    return joinPath(parentFolder(of: model), "\(baseName(of: model)).md")
  }

  static let codes = [
    CodeEntry(
      "no-builtin", "a model, or its card, that does not come with the program", .program("open \"builtin:best\""))
  ]
}
