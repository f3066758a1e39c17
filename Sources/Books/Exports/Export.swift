import Base
import Figures
import Language

/// What `cnp export` makes of a run's record; nothing is run again.
public enum ExportFormat: String, Sendable, CaseIterable {
  case html, markdown, notebook, script, pdf

  public var fileExtension: String {
    switch self {
    case .html: "html"
    case .markdown: "md"
    case .notebook: "ipynb"
    case .script: "cnp"
    case .pdf: "pdf"
    }
  }
}

/// Where an export of a book is written when no file is named: beside it, under its name with the form's ending.
public func exportPath(ofBook given: String, _ format: ExportFormat) -> String {
  let file = ProgramFile(given)
  let path = file.isBesideRuns(from: workingFolder()) ? file.path : fileName(of: file.path)
  let ending = fileExtension(of: path)
  let stem = ["cnpbook", "cnp"].contains(ending) ? String(path.dropLast(ending.utf8.count + 1)) : path
  return "\(stem).\(format.fileExtension)"
}

/// A replay's record with its figures drawn, to be written in other forms.
public struct Export {
  /// A file, and where it stands beside the one that was asked for; the first is that one, under an empty name.
  public typealias File = (path: String, bytes: [UInt8])

  private let replay: Replay
  private let bookFolder: String
  private let drawn: [String: DrawnFigure]
  private let facts: RunFacts

  /// - Parameter bookFolder: where the images are that its prose shows.
  /// - Throws: the figure's error where one can't be drawn.
  public init(_ replay: Replay, bookFolder: String) throws(BookFileError) {
    try self.init(Reports(replay, bookFolder: bookFolder))
  }

  /// What the cache has of the last replay; figures that were drawn before are not drawn again.
  public init(_ stored: StoredReplay) throws(BookFileError) {
    try self.init(
      Reports(stored.replay, bookFolder: stored.bookFolder, cache: stored.cache, digests: stored.digests))
  }

  private init(_ reports: Reports) throws(BookFileError) {
    (replay, bookFolder) = (reports.replay, reports.bookFolder)
    var drawn: [String: DrawnFigure] = [:]
    for output in replay.records.flatMap(\.outputs) {
      guard case .figure(let figure) = output.shown else { continue }
      drawn[output.name] = try reports.files(of: figure, in: output)
    }
    self.drawn = drawn
    facts = RunFacts(replay: replay, processor: Processor.model)
  }

  /// The record in one form.
  ///
  /// - Parameter name: of the file that it is for, without its ending: figures that stand beside it are named after that.
  /// - Throws: `browser-missing` and `pdf-not-made`, of a PDF.
  public func files(_ format: ExportFormat, named name: String) throws(BookFileError) -> [File] {
    switch format {
    case .html: return [("", Array(html.utf8))]
    case .markdown: return markdown(figuresIn: "\(name)_files")
    case .notebook:
      return [("", Array(NotebookExport(replay: replay, facts: facts, bookFolder: bookFolder, drawn: drawn).text.utf8))]
    case .script: return [("", Array(scriptText(of: replay).utf8))]
    case .pdf: return [("", try HeadlessBrowser.found().pdf(ofPage: html))]
    }
  }

  private var html: String { HTMLReport(replay: replay, facts: facts, bookFolder: bookFolder, drawn: drawn).text }

  /// The report with its figures as PNG files in a folder beside it.
  private func markdown(figuresIn folder: String) -> [File] {
    let text = MarkdownReport(replay: replay, facts: facts, figureFolder: folder).text
    let figures = drawn.sorted { $0.key < $1.key }.map { ("\(folder)/\($0.key).png", $0.value.png) }
    return [("", Array(text.utf8))] + figures
  }
}

extension Export {
  /// Writes the record in one form.
  ///
  /// - Parameters:
  ///   - path: of the file; what belongs to it is written beside it.
  ///   - isReplacing: whether a file that is there already may be replaced, which is the wish of who has named it.
  /// - Throws: `export-file-taken`, what `files` throws, and what writing a file can.
  public func write(_ format: ExportFormat, to path: String, isReplacing: Bool) throws(BookFileError) {
    let name = fileName(of: replay.book.text.source.name)
    guard fileName(of: path) != name, fileExtension(of: path) != "cnpbook" else {
      throw BookFileError(
        "export-file-taken", "\(clipped(path, to: 200)) is the name of a book, which an export is none of",
        hint: "name another file by `-o`")
    }
    guard isReplacing || pathKind(path) == nil else {
      throw BookFileError(
        "export-file-taken", "\(clipped(path, to: 200)) is there already", hint: "name it by `-o` to replace it")
    }
    let ending = fileExtension(of: path)
    let stem = ending.isEmpty ? path : String(path.dropLast(ending.utf8.count + 1))
    for file in try files(format, named: fileName(of: stem)).reversed() {
      let place = file.path.isEmpty ? path : joinPath(parentFolder(of: path), file.path)
      do { try makeFolder(parentFolder(of: place)) } catch { throw BookFileError(error) }
      try putFile(file.bytes, at: place)
    }
  }
}
