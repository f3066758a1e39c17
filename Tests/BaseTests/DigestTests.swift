import Base
import Foundation
import Testing

@Suite struct DigestTests {
  /// The examples of FIPS 180-4 and of the FNV page, and lengths about a block's end.
  @Test func knownDigests() {
    #expect(sha256(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(sha256(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      sha256(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    var digest = FNV1a()
    #expect(digest.text == "cbf29ce484222325")
    for byte in "foobar".utf8 { digest.add(UInt64(byte)) }
    #expect(digest.text == "85944171f73967e8")
  }

  /// However the bytes come: in parts, from a file that is larger than a read, or after somebody has looked.
  @Test func partsAndFiles() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    var digest = SHA256()
    for start in stride(from: 0, to: bytes.count, by: 777) {
      digest.add(Array(bytes[start..<min(start + 777, bytes.count)]))
      _ = digest.text
    }
    #expect(digest.text == sha256(of: bytes))
    let path = "/tmp/cnp-digest-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try writeFile(bytes, to: path)
    #expect(sha256(ofFile: path) == sha256(of: bytes))
    #expect(sha256(ofFile: "/tmp") == nil)
    #expect(sha256(ofFile: path + "-not-there") == nil)
  }
}
