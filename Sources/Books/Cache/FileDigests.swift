import Base
import Synchronization

/// The SHA-256 of files, computed once for as long as a file's stamp stays the same.
final class FileDigests: Sendable {
  private struct Entry: Codable {
    let stamp: FileStamp
    let digest: String
    /// When the file was read.
    let time: Int
  }

  private let entries: Mutex<[String: Entry]>
  private let hasChanged = Mutex(false)

  /// Goes on from those that a cache has kept.
  init(keptIn folder: CacheFolder? = nil) {
    let stored = folder?.note(Self.note).flatMap { try? restored([String: Entry].self, from: $0) }
    entries = Mutex(stored ?? [:])
  }

  /// Keeps them for another time.
  func keep(in folder: CacheFolder) {
    guard hasChanged.withLock({ $0 }) else { return }
    // Files that have gone, and those that nobody has asked for in a long time, would pile up.
    let entries = entries.withLock { $0 }
    let latest = entries.sorted { $0.value.time > $1.value.time }.prefix(Self.mostEntries)
    let kept = Dictionary(uniqueKeysWithValues: latest.map { ($0.key, $0.value) })
    if let bytes = try? storedForm(of: kept) { folder.keep(note: bytes, as: Self.note) }
  }

  private static let note = "files"

  private static let mostEntries = 20_000

  /// `nil` where it can't be read, or changes while it is.
  func digest(ofFile path: String) -> String? {
    guard let stamp = FileStamp(ofFile: path) else { return nil }
    if let known = known(path, stamp) { return known }
    let time = systemTime()
    guard let digest = sha256(ofFile: path), FileStamp(ofFile: path) == stamp else { return nil }
    note(digest, of: path, stamp, at: time)
    return digest
  }

  /// Of a file that is open, under whatever path; `nil` where it can't be read.
  func digest(of file: OpenFile, at path: String) -> String? {
    if let known = known(path, file.stamp) { return known }
    let time = systemTime()
    guard let digest = try? file.sha256() else { return nil }
    note(digest, of: path, file.stamp, at: time)
    return digest
  }

  /// The version of this program and which build of it: another one may give other numbers and other words.
  var program: String {
    let digest = resolvedPath("/proc/self/exe").flatMap { self.digest(ofFile: $0) } ?? ""
    return "\(Engine.version)-\(digest.prefix(16))"
  }

  private func known(_ path: String, _ stamp: FileStamp) -> String? {
    guard let known = entries.withLock({ $0[path] }), known.stamp == stamp, stamp.isSettled(at: known.time) else {
      return nil
    }
    return known.digest
  }

  private func note(_ digest: String, of path: String, _ stamp: FileStamp, at time: Int) {
    entries.withLock { $0[path] = Entry(stamp: stamp, digest: digest, time: time) }
    hasChanged.withLock { $0 = true }
  }
}
