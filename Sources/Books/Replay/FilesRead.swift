import Angiography
import Base

/// The files that a run has read, with their digests.
struct FilesRead: Sendable {
  /// By path from the root; an unreadable file has none.
  private(set) var digests: [String: String] = [:]
  private var pending: Set<String> = []

  mutating func note(_ path: String) { pending.insert(path) }

  /// Digests what was noted since the last call; of a folder the files directly in it.
  mutating func digestNoted() {
    for path in pending.sorted() where digests[path] == nil {
      if pathKind(path) == .folder {
        for name in (try? sortedNames(inFolder: path)) ?? [] where pathKind(path + "/" + name) == .file {
          digests[path + "/" + name] = sha256(ofFile: path + "/" + name)
        }
      } else if pathKind(path) == .file {
        digests[path] = sha256(ofFile: path)
      }
    }
    pending = []
  }
}
