import Base
import Synchronization

/// The folder of a run's files: filled beside its place under another name, then put there in one step.
///
/// Whoever looks, and whenever the program dies, sees either the files of the last run or those of this one. Nothing is
/// removed but what a run has left there and can prove: a folder with anything else in it is refused before the run, and
/// again at its end.
package final class OutputFolder: Sendable {
  /// Where the files will be; from the root.
  package let target: String
  /// Where they are written meanwhile.
  package let staging: String
  /// The folder that both are in.
  let parent: TrustedFolder
  /// Their names there.
  let name, stagingName: String
  /// Locked for as long as the run lives, so that no other takes it for a leftover.
  private let folder: TrustedFolder
  /// The SHA-256 of what was written, by its way below the folder.
  private let digests = Mutex<[String: String]>([:])
  let fileDigests: FileDigests

  /// - Parameter path: from the root. Links on the way to it are followed, but it may be none itself.
  /// - Throws: as `obstacle` has it, and whatever the file system says.
  package convenience init(_ path: String) throws(BookFileError) { try self.init(path, fileDigests: FileDigests()) }

  /// - Parameter fileDigests: of the files of earlier runs, which are looked at more than once.
  init(_ path: String, fileDigests: FileDigests) throws(BookFileError) {
    self.fileDigests = fileDigests
    if let obstacle = OutputFolder.obstacle(at: path, fileDigests) { throw obstacle }
    target = path
    name = fileName(of: path)
    let above = parentFolder(of: path)
    do throws(FileError) {
      try makeFolder(above)
      parent = TrustedFolder(above)
      OutputFolder.sweep(parent, for: name, fileDigests)
      (stagingName, folder) = try parent.temporaryFolder(for: name)
    } catch { throw BookFileError(error) }
    staging = joinPath(above, stagingName)
  }

  /// A folder that the first rank of a run has made and fills.
  ///
  /// - Parameter stagingName: the name under which it is filled.
  init(at path: String, filledAs stagingName: String, fileDigests: FileDigests) {
    self.fileDigests = fileDigests
    target = path
    name = fileName(of: path)
    parent = TrustedFolder(parentFolder(of: path))
    self.stagingName = stagingName
    staging = joinPath(parentFolder(of: path), stagingName)
    folder = TrustedFolder(staging)
  }

  /// A folder whose files are of use for a while and are never put in their place.
  convenience init(temporaryFor name: String) throws(BookFileError) {
    let above = temporaryFilesFolder()
    try self.init(joinPath(above, "cnp-\(name)-\(UInt64.random(in: 0 ... .max))"))
  }

  /// Removes the files that were written.
  func discard() { try? parent.removeTree(stagingName) }

  /// Why no run can put its files at a path: `output-folder-taken` where there is something that no run has left,
  /// `output-folder` where a folder can't be put in its place. Changes nothing.
  static func obstacle(at path: String, _ digests: FileDigests = FileDigests()) -> BookFileError? {
    do throws(BookFileError) { return try findObstacle(at: path, digests) } catch { return error }
  }

  private static func findObstacle(at path: String, _ digests: FileDigests) throws(BookFileError) -> BookFileError? {
    let name = fileName(of: path)
    guard !name.isEmpty else { return BookFileError("output-folder-taken", "\(path) is the root of all folders") }
    var above = parentFolder(of: path)
    let parent = above
    while pathKind(above) == nil, above != "/" { above = parentFolder(of: above) }
    guard pathKind(above) == .folder else { return BookFileError(FileError(path: above, reason: .notAFolder)) }
    guard mayChangeFolder(above) else { return BookFileError(FileError(path: above, reason: .notPermitted)) }
    guard above == parent else { return nil }
    let place = TrustedFolder(parent)
    switch place.kind(of: name) {
    case nil: return nil
    case .folder: break
    case .link:
      let end = resolvedPath(path).map { "name the folder it leads to: -o '\($0)'" }
      return BookFileError(
        "output-folder-taken", "\(path) is a link, and a run's files get a folder of their own", hint: end)
    case .file, .other:
      return BookFileError("output-folder-taken", "\(path) is no folder", hint: "name another by `-o`")
    }
    guard mayChangeFolder(path) else { return BookFileError(FileError(path: path, reason: .notPermitted)) }
    guard !isMountPoint(path) else {
      return BookFileError(
        "output-folder", "\(path) is where a disk is mounted, which another folder can't take the place of",
        hint: "name a folder in it: -o '\(joinPath(path, "run"))'")
    }
    do throws(FileError) {
      return try place.folder([name]).flatMap { folder throws(FileError) in
        try PriorRun(in: folder, digests: digests).obstacle(at: path)
      }
    } catch { throw BookFileError(error.at(path)) }
  }

  /// Clears away what runs that were killed have left beside a folder. Where one was killed while it put its files in
  /// their place, in two steps, and the place is empty, they are put there now. What can't be cleared away is in nobody's
  /// way.
  private static func sweep(_ parent: TrustedFolder, for name: String, _ digests: FileDigests) {
    for (leftover, folder) in (try? parent.abandonedFolders(for: name)) ?? [] {
      let run = PriorRun(in: folder, digests: digests)
      if !run.isProven {
        try? parent.removeTree(leftover)
      } else if parent.kind(of: name) != nil || !parent.rename(leftover, toFree: name) {
        _ = try? run.remove(from: parent, as: leftover)
      }
    }
  }

  /// Writes a file of the run.
  ///
  /// - Parameter digest: their SHA-256, where it is known.
  package func write(_ bytes: [UInt8], at names: [String], digest: String? = nil) throws(FileError) {
    try folder.write(bytes, at: names)
    digests.withLock { $0[names.joined(separator: "/")] = digest ?? sha256(of: bytes) }
  }

  /// The SHA-256 of what was written so far, by its way below the folder.
  var written: [String: String] { digests.withLock { $0 } }

  package func write(_ name: String, _ bytes: [UInt8], digest: String? = nil) throws(BookFileError) {
    do throws(FileError) { try write(bytes, at: [name], digest: digest) } catch {
      throw BookFileError(error.at(joinPath(target, name)))
    }
  }
  package func write(_ name: String, _ text: String) throws(BookFileError) { try write(name, Array(text.utf8)) }

  /// Where what the program has written under a path can be read meanwhile; `nil` where it has written nothing there.
  func path(ofWritten path: String) -> String? {
    guard let names = try? outputNames(of: path), let kind = folder.kind(at: names), kind == .file || kind == .folder
    else { return nil }
    return joinPath(staging, names.joined(separator: "/"))
  }
}
