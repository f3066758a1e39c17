import Base
import Language

/// A book or a script: a file, or what comes from standard input.
struct ProgramFile: Sendable {
  /// What stands for standard input where a file is asked for.
  static let standardInput = "-"
  private static let standardInputName = "standard input"
  /// Endings of files that are books or nothing.
  static let markdownEndings = ["md", "markdown"]

  /// As it was given.
  let path: String
  private var text: Result<BookText, Diagnostic>?

  /// Reads standard input at once, if that is meant; a file when it is asked for.
  init(_ path: String) {
    self.path = path
    guard path == Self.standardInput else {
      text = nil
      return
    }
    text = Result { () throws(Diagnostic) in
      try BookText(bytes: try Self.pipedBytes(), name: Self.standardInputName)
    }
  }

  /// What comes from standard input, which of several ranks only the first has.
  private static func pipedBytes() throws(Diagnostic) -> [UInt8] {
    struct Piped: Codable {
      var bytes: [UInt8] = []
      var failure: SharedFailure?
    }
    let piped = try? Ranks.current.ofFirst { () -> Piped in
      do throws(FileError) { return Piped(bytes: try readStandardInput(limit: BookText.largestFile)) } catch {
        return Piped(failure: SharedFailure(error.code, error.message, hint: error.hint))
      }
    }
    let failure = piped?.failure ?? SharedFailure("file-failed", "standard input was not brought to this rank")
    guard let piped, piped.failure == nil else {
      throw Diagnostic(
        failure.code, failure.message, hint: failure.hint, in: Source(withoutLines: standardInputName), at: Span(0, 0))
    }
    return piped.bytes
  }

  /// The same with its text as it is now, whatever becomes of the file.
  func asItIs(from workingFolder: String) -> ProgramFile {
    var file = self
    if file.text == nil { file.text = Result { () throws(Diagnostic) in try read(from: workingFolder) } }
    return file
  }

  var isStandardInput: Bool { path == Self.standardInput }

  /// For messages.
  var name: String { isStandardInput ? Self.standardInputName : path }

  /// The folder where its paths start.
  func folder(from workingFolder: String) -> String { parentFolder(of: absolutePath(path, from: workingFolder)) }

  func read(from workingFolder: String) throws(Diagnostic) -> BookText {
    let text =
      if let piped = self.text { try piped.get() } else {
        try BookText(file: absolutePath(path, from: workingFolder), name: name)
      }
    guard !isJupyterNotebook(text) else {
      throw Diagnostic(
        "jupyter-notebook", "\(clipped(name, to: 200)) is a Jupyter notebook, which cnp does not run",
        hint: "cnp runs `.cnpbook` books and `.cnp` scripts; `help books` at the prompt shows a whole book",
        in: Source(withoutLines: name), at: Span(0, 0))
    }
    return text
  }

  /// Whether it is the JSON of a notebook of Python's, whatever the file's name.
  private func isJupyterNotebook(_ text: BookText) -> Bool {
    let json = text.source.text
    return json.first { !$0.isWhitespace } == "{"
      && (fileExtension(of: path) == "ipynb" || (json.contains("\"nbformat\"") && json.contains("\"cells\"")))
  }

  /// Whether its text is a book's: the file's ending says so, or, where that is neither a book's nor a script's, a front
  /// matter at its start.
  func isBook(_ text: BookText) -> Bool {
    switch fileExtension(of: path) {
    case "cnpbook": true
    case let ending where Self.markdownEndings.contains(ending): true
    case "cnp": false
    default: text.firstWrittenLine.map { trimmed(text.line($0)) == "---" } ?? false
    }
  }

  /// `notebooks/quickstart.cnpbook` → `notebooks/quickstart.out`; `stdin.out` for standard input.
  var outputFolder: String { stem + ".out" }
  /// `notebooks/quickstart.grid`: the folder of the folders of a grid's runs.
  var gridFolder: String { stem + ".grid" }
  /// What is on record beside the book's text.
  var lock: String { stem + ".lock" }
  /// Scenes on record.
  var references: String { stem + ".ref" }
  /// The book with what its cells put out now.
  var corrected: String { path + ".corrected" }

  private var stem: String {
    if isStandardInput { return "stdin" }
    let ending = fileExtension(of: path)
    return ["cnpbook", "cnp"].contains(ending) ? String(path.dropLast(ending.count + 1)) : path
  }
}
