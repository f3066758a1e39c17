extension CodingUserInfoKey {
  /// Set where a digest is made of what is encoded, which is then of the contents alone: how long something took, or which
  /// comments a function has, is no part of it.
  public static let isOfContents = CodingUserInfoKey(rawValue: "contents")!
}

extension Encoder {
  public var isOfContents: Bool { userInfo[.isOfContents] != nil }
}

/// The bytes of numbers as they lie in memory.
public func rawBytes(of numbers: [Float]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// The SHA-256 of a value's contents.
///
/// - Throws: what the value's own encoding throws.
public func contentDigest(of value: some Encodable) throws -> String {
  sha256(of: try storedForm(of: value, userInfo: [.isOfContents: true]))
}
