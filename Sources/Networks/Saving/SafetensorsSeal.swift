import Base

/// The checksum of a file in its own metadata: `"sha256"`, the SHA-256 of all its bytes with zeros for those 64 digits.
///
/// Other readers of the format see one more text. A file without it, of another program, is read as it is.
enum SafetensorsSeal {
  static let key = "sha256"
  /// What stands in its place while the digest is made.
  static let blank = String(repeating: "0", count: 64)

  /// Puts the digest of a file's bytes into its header, where it has been left blank.
  static func close(_ bytes: inout [UInt8]) {
    guard let place = place(of: blank, in: bytes) else {
      preconditionFailure("a file to be sealed has left room for it")
    }
    bytes.replaceSubrange(place, with: sha256(of: bytes).utf8)
  }

  /// Throws `damaged` unless the bytes are those that were sealed.
  static func check(_ digest: String, of bytes: [UInt8]) throws(SafetensorsError) {
    guard digest.utf8.count == blank.utf8.count, let place = place(of: digest, in: bytes) else { throw .damaged }
    var found = SHA256()
    found.add(bytes[..<place.lowerBound])
    found.add(Array(blank.utf8))
    found.add(bytes[place.upperBound...])
    guard found.text == digest else { throw .damaged }
  }

  /// Where a digest stands: behind its key. Within another text the quotes would be escaped.
  private static func place(of digest: String, in bytes: [UInt8]) -> Range<Int>? {
    let written = Array("\"\(key)\":\"\(digest)\"".utf8)
    guard let end = try? SafetensorsHeader.dataStart(in: bytes), end <= bytes.count else { return nil }
    let start = (8..<max(8, end - written.count + 1)).first { bytes[$0...].starts(with: written) }
    return start.map { $0 + written.count - 1 - digest.utf8.count..<$0 + written.count - 1 }
  }
}
