import Angiography
import Files
import Language
import Vocabulary

/// The rules for the files of a book: it reads what it names, and writes below its output folder only.
package struct BookPaths: Sendable {
  /// Where paths in the book start; from the root.
  package let bookFolder: String
  /// What the program writes goes here; from the root, no part of it a link that the program could make.
  package let outputFolder: String

  package init(bookFolder: String, outputFolder: String) {
    self.bookFolder = bookFolder
    self.outputFolder = outputFolder
  }

  /// Names that the reports take.
  static let reserved: Set<String> = ["report.html", "report.md", "metrics.json", "metrics.csv", "run.json"]

  /// The path of a file to write, given as the program writes it. Its folder is made.
  ///
  /// - Throws: `path-outside-output` for paths from the root, with `..`, or through a link; `path-reserved`.
  package func toWrite(_ path: String) throws(BookFileError) -> String {
    let first = path.split(separator: "/").first { $0 != "." } ?? ""
    if BookPaths.reserved.contains(first.lowercased()) {
      throw BookFileError("path-reserved", "'\(first)' is a file of the report", hint: "choose another name")
    }
    return try place(path, below: outputFolder)
  }

  /// The path of a file that outlives the run, in the `.cnp/checkpoints` beside the book. Its folder is made.
  ///
  /// - Throws: as `toWrite`.
  func toKeep(_ path: String) throws(BookFileError) -> String {
    try place(path, below: bookFolder + "/.cnp/checkpoints")
  }

  private func place(_ path: String, below outermost: String) throws(BookFileError) -> String {
    let refused = BookFileError(
      "path-outside-output", "a book writes below its output folder only, not to '\(clipped(path))'",
      hint: "give a path without a leading '/' and without '..'")
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard !path.hasPrefix("/"), !path.isEmpty, !path.utf8.contains(0), !parts.contains(".."), path.utf8.count <= 1024
    else { throw refused }
    let names = parts.filter { $0 != "." }
    guard let last = names.last else { throw refused }
    var folder = outermost
    try ensureFolder(folder)
    guard let root = resolvedPath(outermost) else { throw BookFileError.system("folder-unwritable", outermost) }
    for name in names.dropLast() {
      folder += "/" + name
      try ensureFolder(folder)
      guard let resolved = resolvedPath(folder), isPath(resolved, within: root) else { throw refused }
    }
    let whole = folder + "/" + last
    if let resolved = resolvedPath(whole), !isPath(resolved, within: root) { throw refused }
    return whole
  }

  /// The path of a file or folder to read, given as the program writes it: what the run itself wrote comes first.
  ///
  /// - Throws: `file-missing`, `path-invalid`.
  func toRead(_ path: String) throws(BookFileError) -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw BookFileError("path-invalid", "'\(clipped(path))' is no path")
    }
    if let written = written(path) { return written }
    let whole = absolutePath(path, from: bookFolder)
    guard pathKind(whole) != nil else {
      throw BookFileError(
        "file-missing", "there is no file or folder '\(clipped(path, to: 200))'",
        hint: path.hasPrefix("/") ? nil : "paths in a book start at the book's folder")
    }
    return whole
  }

  /// The path below the output folder where this run wrote it.
  private func written(_ path: String) -> String? {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { return nil }
    let whole = absolutePath(path, from: outputFolder)
    return whole != outputFolder && pathKind(whole) != nil ? whole : nil
  }

  /// What stands at a path of the program before anything runs.
  func located(_ path: String) -> PathFinding {
    if let place = try? toRead(path) { return .found(place) }
    guard !path.isEmpty, !path.utf8.contains(0) else { return .missing() }
    return PathFinding(at: absolutePath(path, from: bookFolder), writtenAs: path)
  }

  /// A path as the records name it: relative to the book's folder where it is below it.
  func recorded(_ path: String) -> String {
    isPath(path, within: bookFolder) && path != bookFolder ? String(path.dropFirst(bookFolder.count + 1)) : path
  }
}
