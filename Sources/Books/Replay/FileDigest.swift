import Angiography
import CDigest
import Files
import Glibc

/// The SHA-256 of a file in 64 hexadecimal digits, `nil` where it cannot be read: the one place that talks to libmd.
package func sha256(ofFile path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var state = SHA2_CTX()
  SHA256Init(&state)
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &block, block.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { return nil }
    if count == 0 { break }
    SHA256Update(&state, block, count)
  }
  return finished(&state)
}

/// The SHA-256 of bytes in 64 hexadecimal digits.
package func sha256(of bytes: [UInt8]) -> String {
  var state = SHA2_CTX()
  SHA256Init(&state)
  SHA256Update(&state, bytes, bytes.count)
  return finished(&state)
}

private func finished(_ state: inout SHA2_CTX) -> String {
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
  SHA256Final(&digest, &state)
  let digits = Array("0123456789abcdef")
  return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

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
