import Base
import Language
import Synchronization

/// The folder that a session works in, which is the user's: what no session has written, or what was changed since, is not
/// replaced unless that is asked for.
package final class SessionFolder: Sendable {
  package let folder: TrustedFolder
  /// The ways below the folder to what the session has written.
  private let written = Mutex<Set<[String]>>([])
  private let record: WrittenDigests

  package init(_ path: String, record: WrittenDigests = WrittenDigests(path: nil)) {
    folder = TrustedFolder(path)
    self.record = record
  }

  /// - Parameter replacing: whether a file of somebody else may be replaced.
  /// - Throws: `file-exists`, and what `TrustedFolder` throws.
  package func write(_ bytes: [UInt8], to path: String, replacing: Bool = false) throws {
    let names = try outputNames(of: path, below: folder.path)
    let mayReplace = replacing || isOwn(names)
    let whole = place(of: names)
    if !mayReplace, folder.kind(at: names) == .file { throw taken(path) }
    record.add(whole, bytes)
    do throws(FileError) { try folder.write(bytes, at: names, mayReplace: mayReplace) } catch {
      throw error.reason == .exists ? taken(path) : error
    }
    written.withLock { _ = $0.insert(names) }
  }

  /// Writes a state, over whatever is there: one is written again and again, and each carries a checksum of its own, so that
  /// none is put on the record.
  package func keep(_ bytes: [UInt8], as path: String) throws {
    let names = try outputNames(of: path, below: folder.path)
    try folder.write(bytes, at: names)
    written.withLock { _ = $0.insert(names) }
  }

  private func place(of names: [String]) -> String { joinPath(folder.path, names.joined(separator: "/")) }

  /// Whether a file is as this session or an earlier one has left it.
  private func isOwn(_ names: [String]) -> Bool {
    if written.withLock({ $0.contains(names) }) { return true }
    guard let file = try? folder.file(at: names), let digest = try? file.sha256() else { return false }
    return record.know(place(of: names), digest: digest)
  }

  private func taken(_ path: String) -> Failure {
    Failure(
      "file-exists", "'\(path)' is there already, and is not as a session of cnp has left it",
      hint: "choose another name, or `save` with `replace: true`")
  }

  /// Whether something stands at a path that is not as a session has left it.
  package func isTaken(_ path: String) -> Bool {
    guard let names = try? outputNames(of: path, below: folder.path) else { return true }
    return folder.kind(at: names) != nil && !isOwn(names)
  }

  /// What a file holds; `nil` where there is none.
  package func contents(of path: String, limit: Int) throws -> [UInt8]? {
    try folder.file(at: outputNames(of: path, below: folder.path))?.all(limit: limit)
  }
}
