/// A file format, known by its first bytes; names and extensions are not trusted.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  case png = "PNG"
  case jpeg = "JPEG"
  case tiff = "TIFF"
  /// PGM and PPM, plain and raw.
  case portableMap = "PGM/PPM"

  /// The format that the bytes begin as.
  public init(startOf bytes: [UInt8]) throws(ImageFault) {
    guard !bytes.isEmpty else { throw .empty }
    for (format, magic) in Self.magics where bytes.starts(with: magic) {
      self = format
      return
    }
    if let kind = Self.portableKind(bytes), "2356".utf8.contains(kind) {
      self = .portableMap
      return
    }
    // A file cut inside its magic number is truncated rather than unknown.
    if bytes.count < 8 && Self.magics.contains(where: { $0.1.starts(with: bytes) }) { throw .truncated }
    throw .unknownFormat(looksLike: Self.nameOfOtherFormat(bytes))
  }

  private static let magics: [(ImageFormat, [UInt8])] = [
    (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    (.jpeg, [0xFF, 0xD8]),
    (.tiff, [0x49, 0x49, 0x2A, 0x00]),
    (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
    (.tiff, [0x49, 0x49, 0x2B, 0x00]),
    (.tiff, [0x4D, 0x4D, 0x00, 0x2B]),
  ]

  /// The figure of a portable map's magic number, which white space or a comment follows: `P2` begins many words.
  private static func portableKind(_ bytes: [UInt8]) -> UInt8? {
    guard bytes.count >= 2, bytes[0] == UInt8(ascii: "P") else { return nil }
    return bytes.count == 2 || " \t\n\r\u{0B}\u{0C}#".utf8.contains(bytes[2]) ? bytes[1] : nil
  }

  /// Formats people try to open all the same.
  private static func nameOfOtherFormat(_ bytes: [UInt8]) -> String? {
    func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
    if has("DICM", at: 128) { return "DICOM" }
    if has("GIF8") { return "GIF" }
    // The size of the header behind the file's own, of 14 bytes, has stayed below 256.
    if has("BM"), bytes.count >= 18, bytes[15...17].allSatisfy({ $0 == 0 }) { return "BMP" }
    if has("WEBP", at: 8) { return "WebP" }
    if has("ftyp", at: 4) { return "HEIF" }
    if has("%PDF") { return "PDF" }
    switch portableKind(bytes) {
    case UInt8(ascii: "1"), UInt8(ascii: "4"): return "PBM"
    case UInt8(ascii: "7"): return "PAM"
    default: break
    }
    if bytes.starts(with: [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50]) { return "JPEG 2000" }
    return nil
  }
}

/// What a file's header says, before any pixel is read.
public struct ImageHeader: Sendable, Hashable {
  public let format: ImageFormat
  public let width: Int
  public let height: Int
  /// How the picture is stored; the size is that of the upright one.
  public let orientation: Orientation

  public init(format: ImageFormat, width: Int, height: Int, orientation: Orientation = .upright) {
    self.format = format
    self.width = width
    self.height = height
    self.orientation = orientation
  }
}
