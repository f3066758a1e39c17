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
    if bytes.count >= 2 && bytes[0] == UInt8(ascii: "P") && "2356".utf8.contains(bytes[1]) {
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

  /// Formats people try to open all the same.
  private static func nameOfOtherFormat(_ bytes: [UInt8]) -> String? {
    func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
    if has("DICM", at: 128) { return "DICOM" }
    if has("GIF8") { return "GIF" }
    if has("BM") { return "BMP" }
    if has("WEBP", at: 8) { return "WebP" }
    if has("ftyp", at: 4) { return "HEIF" }
    if has("%PDF") { return "PDF" }
    if has("P1") || has("P4") { return "PBM" }
    if has("P7") { return "PAM" }
    if bytes.starts(with: [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50]) { return "JPEG 2000" }
    return nil
  }
}

/// What a file's header says, before any pixel is read.
public struct ImageHeader: Sendable, Hashable {
  public let format: ImageFormat
  public let width: Int
  public let height: Int

  public init(format: ImageFormat, width: Int, height: Int) {
    self.format = format
    self.width = width
    self.height = height
  }
}
