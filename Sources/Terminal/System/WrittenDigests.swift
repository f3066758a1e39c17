import Base

/// What sessions have written, by digests: a file that still is as a session has left it may be replaced by another one.
///
/// One line a file, of the SHA-256 of its path and that of its contents, which several sessions append to at once. Where there
/// is no home to keep it in, nothing is remembered.
package struct WrittenDigests: Sendable {
  private let path: String?
  /// As much of the end of the record as is looked through.
  private static let bytesRead = 4 << 20

  package init(path: String?) { self.path = path }

  package static var standard: WrittenDigests { WrittenDigests(path: StateHome.path(of: "written")) }

  /// Remembers a file, before it is written: one more is better than one less.
  package func add(_ file: String, _ bytes: [UInt8]) {
    guard let path else { return }
    let line = Self.line(file, sha256(of: bytes))
    // A record that can't be kept fails no writing.
    try? makeFolder(parentFolder(of: path))
    try? appendToFile(path, Array("\(line)\n".utf8), after: UInt8(ascii: "\n"))
  }

  /// Whether a file with these contents was written by a session.
  package func know(_ file: String, digest: String) -> Bool {
    guard let path, let record = try? OpenFile(path) else { return false }
    let start = max(0, record.size - Self.bytesRead)
    guard let bytes = try? record.bytes(at: start, count: Self.bytesRead) else { return false }
    let line = Array(Self.line(file, digest).utf8)
    return bytes.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual(line) }
  }

  private static func line(_ file: String, _ digest: String) -> String { "\(sha256(of: Array(file.utf8))) \(digest)" }
}
