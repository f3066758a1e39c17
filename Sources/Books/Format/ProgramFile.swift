import Base
import Language

/// A book or a script: a file, or what comes from standard input.
struct ProgramFile: Sendable {
  /// What stands for standard input where a file is asked for.
  static let standardInput = "-"
  private static let standardInputName = "standard input"
  /// Endings of files that are books or nothing.
  static let markdownEndings = ["md", "markdown"]

  /// As it was given; of one that comes with the program, where that lies.
  let path: String
  /// Whether it was found by its name alone among those that come with the program.
  let isShipped: Bool
  private var text: Result<BookText, Diagnostic>?

  /// Reads standard input at once, if that is meant; a file when it is asked for.
  ///
  /// - Parameter findsShipped: whether a name that the working folder does not have may be that of a book that comes with the
  ///   program.
  init(_ path: String, findsShipped: Bool = true) {
    let shipped = findsShipped && path != Self.standardInput ? ShippedBooks.path(named: path) : nil
    isShipped = shipped != nil
    self.path = shipped ?? path
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

  /// The folder for what runs leave: where the book is; the working folder where nothing may be written there, and for books
  /// that come with the program, which are everybody's.
  func home(from workingFolder: String) -> String {
    let folder = folder(from: workingFolder)
    return isShipped || !mayChangeFolder(folder) ? workingFolder : folder
  }

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

  /// `notebooks/quickstart.cnpbook` → `notebooks/quickstart.out`, from the root; `stdin.out` for standard input.
  func outputFolder(from workingFolder: String) -> String { left(stem + ".out", workingFolder) }
  /// `notebooks/quickstart.grid`: the folder of the folders of a grid's runs.
  func gridFolder(from workingFolder: String) -> String { left(stem + ".grid", workingFolder) }
  /// What is on record beside the book's text.
  var lock: String { stem + ".lock" }
  /// Scenes on record.
  var references: String { stem + ".ref" }
  /// The book with what its cells put out now; as short as the book's own path where it stands beside it.
  func corrected(from workingFolder: String) -> String {
    (isBesideRuns(from: workingFolder) ? path : fileName(of: path)) + ".corrected"
  }

  /// Whether what runs leave stands beside it.
  func isBesideRuns(from workingFolder: String) -> Bool {
    home(from: workingFolder) == folder(from: workingFolder)
  }

  private func left(_ path: String, _ workingFolder: String) -> String {
    joinPath(home(from: workingFolder), fileName(of: path))
  }

  private var stem: String {
    if isStandardInput { return "stdin" }
    let ending = fileExtension(of: path)
    return ["cnpbook", "cnp"].contains(ending) ? String(path.dropLast(ending.count + 1)) : path
  }
}
