import Base
import Language
import Vocabulary

/// The rules for the files of a book: it reads what it names, and writes below its output folder only.
package struct BookPaths: Sendable {
  /// Where paths in the book start; from the root.
  package let bookFolder: String
  /// The folder for what outlives a run, opened once. Links on the way to it are the user's; a link in it may be the book's.
  private let opened: TrustedFolder
  /// What the program writes goes there; `nil` before it runs.
  private let output: OutputFolder?

  /// - Parameter home: the folder for what outlives a run; left out, the book's.
  package init(bookFolder: String, home: String? = nil, output: OutputFolder? = nil) {
    self.bookFolder = bookFolder
    opened = TrustedFolder(home ?? bookFolder)
    self.output = output
  }

  /// Names that the reports take.
  static let reserved: Set<String> = ["report.html", "report.md", "metrics.json", "metrics.csv", "run.json"]
  /// Where files are that outlive the run: below the book's folder.
  static let keeping = [".cnp", "checkpoints"]

  /// Writes a file below the output folder, at a path as the program writes it.
  ///
  /// - Throws: `path-outside-output` for paths from the root, with `..`, or through a link; `path-reserved`.
  package func write(_ bytes: [UInt8], to path: String) throws(BookFileError) {
    let names = try names(of: path)
    if BookPaths.reserved.contains(names[0].lowercased()) {
      throw BookFileError("path-reserved", "'\(names[0])' is a file of the report", hint: "choose another name")
    }
    guard let output else { preconditionFailure("a program that runs has an output folder") }
    do throws(FileError) { try output.write(bytes, at: names) } catch { throw refusal(error) }
  }

  /// Writes a file that outlives the run, in the `.cnp/checkpoints` beside the book.
  ///
  /// - Throws: as `write`.
  package func keep(_ bytes: [UInt8], as path: String) throws(BookFileError) {
    let names = try names(of: path)
    do throws(FileError) { try opened.write(bytes, at: Self.keeping + names) } catch { throw refusal(error) }
  }

  /// What such a file holds; `nil` where there is none.
  ///
  /// - Throws: as `write`; `file-too-large`.
  package func kept(_ path: String, limit: Int) throws(BookFileError) -> [UInt8]? {
    let names = try names(of: path)
    do throws(FileError) { return try opened.file(at: Self.keeping + names)?.all(limit: limit) } catch {
      throw refusal(error)
    }
  }

  private func names(of path: String) throws(BookFileError) -> [String] {
    do { return try outputNames(of: path) } catch { throw refusal(error) }
  }

  /// An error in the words of books.
  private func refusal(_ error: FileError) -> BookFileError {
    switch error.reason {
    case .outside, .badPath:
      BookFileError(
        "path-outside-output", "a book writes below its output folder only, not to '\(clipped(error.path))'",
        hint: "give a path without a leading '/' and without '..'")
    case .link: BookFileError("path-outside-output", error.message, hint: error.hint)
    default: BookFileError(error)
    }
  }

  /// The path of a file or folder to read, given as the program writes it: what the run itself wrote comes first.
  ///
  /// - Throws: `file-missing`, `path-invalid`.
  package func toRead(_ path: String) throws(BookFileError) -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw BookFileError("path-invalid", "'\(clipped(path))' is no path")
    }
    // Whether the run has written something there decides what is read: for the trace, too, where it has not.
    for place in places(ofWritten: path) { _ = pathKind(place) }
    if let written = output?.path(ofWritten: path) { return written }
    let whole = self.whole(path)
    guard pathKind(whole) != nil else {
      throw BookFileError(
        "file-missing", "there is no file or folder '\(clipped(path, to: 200))'",
        hint: path.hasPrefix("/") || path.hasPrefix("~") ? nil : "paths in a book start at the book's folder")
    }
    return whole
  }

  /// Whether the run has written something at a place below its output folder.
  func isWritten(_ place: String) -> Bool {
    output.map { $0.path(ofWritten: String(place.dropFirst($0.staging.count + 1))) != nil } ?? false
  }

  /// Where a file that the program writes lies meanwhile; with it the folders that it is in, whose listings it changes.
  func places(ofWritten path: String) -> [String] {
    guard let output, let names = try? outputNames(of: path) else { return [] }
    return (1...names.count).map { joinPath(output.staging, names.prefix($0).joined(separator: "/")) }
  }

  /// A text in which files that the run has written are called as the program calls them, not as they lie meanwhile.
  func asWritten(_ text: String) -> String {
    guard let output, !output.stagingName.isEmpty, text.utf8.contains(UInt8(ascii: "/")),
      text.contains(output.staging)
    else { return text }
    return text.replacing(output.staging + "/", with: "").replacing(output.staging, with: output.target)
  }

  /// What stands at a path of the program before anything runs.
  func located(_ path: String) -> PathFinding {
    if let place = try? toRead(path) { return .found(place) }
    guard !path.isEmpty, !path.utf8.contains(0) else { return .missing() }
    return PathFinding(at: whole(path), writtenAs: path)
  }

  /// The path from the root behind one of the program.
  private func whole(_ path: String) -> String { absolutePath(expandingHome(path), from: bookFolder) }
}
