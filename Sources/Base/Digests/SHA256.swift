import CDigest

/// A SHA-256 under way (FIPS 180-4): the one place that talks to Nettle, which uses the instructions that processors have
/// for it.
public struct SHA256 {
  private var state = sha256_ctx()

  public init() { nettle_sha256_init(&state) }

  /// Goes on with these bytes.
  public mutating func add(_ bytes: [UInt8]) { add(bytes[...]) }

  /// Goes on with these bytes.
  public mutating func add(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nettle_sha256_update(&state, buffer.count, start)
    }
  }

  /// The digest of all bytes so far, in 64 hexadecimal digits.
  public var text: String {
    var finished = state
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    digest_finish(&finished, &digest)
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// The SHA-256 of bytes in 64 hexadecimal digits.
public func sha256(of bytes: [UInt8]) -> String {
  var digest = SHA256()
  digest.add(bytes)
  return digest.text
}

/// The SHA-256 of a regular file in 64 hexadecimal digits, `nil` where it cannot be read.
public func sha256(ofFile path: String) -> String? { (try? OpenFile(path)).flatMap { try? $0.sha256() } }

extension OpenFile {
  /// The SHA-256 of all its bytes, in 64 hexadecimal digits.
  public func sha256() throws(FileError) -> String {
    var digest = SHA256()
    var offset = 0
    while offset < size {
      let block = try bytes(at: offset, count: 1 << 16)
      guard !block.isEmpty else { break }
      digest.add(block)
      offset += block.count
    }
    return digest.text
  }
}
