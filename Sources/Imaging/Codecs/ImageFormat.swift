import Base

/// A file format that is read here, known by its first bytes: names and extensions are not trusted.
///
/// A format is declared with its codec; `all` is the only list of them.
public struct ImageFormat: Sendable {
  /// As messages have it: `TIFF`.
  public let name: String
  /// The kinds of files in it, where they go by names of their own: `PGM` and `PPM`.
  let kinds: [String]
  /// What its files' names end in, in small letters, without the point; the usual one first.
  public let endings: [String]
  /// What its files begin with, one or another.
  let magics: [[UInt8]]
  /// Whether so many of a file's first bytes are of this format, where that takes more than a magic number.
  let isBegun: @Sendable ([UInt8]) -> Bool
  /// Whether values are smeared over their neighbours, so that classes are none.
  let isLossy: Bool
  let header: Probing
  let decode: @Sendable ([UInt8]) throws(ImageFault) -> RasterImage

  /// - Parameter all: every byte of the same file, for the rare header that can't be judged alone.
  typealias Probing =
    @Sendable (
      _ source: ByteSource, _ all: () throws(ImageFault) -> [UInt8]
    ) throws(ImageFault) -> ImageHeader

  init(
    _ name: String, kinds: [String]? = nil, endings: [String], magics: [[UInt8]] = [],
    isBegun: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }, isLossy: Bool = false, header: @escaping Probing,
    decode: @escaping @Sendable ([UInt8]) throws(ImageFault) -> RasterImage
  ) {
    (self.name, self.kinds, self.endings) = (name, kinds ?? [name], endings)
    (self.magics, self.isBegun, self.isLossy) = (magics, isBegun, isLossy)
    (self.header, self.decode) = (header, decode)
  }

  /// Every format that is read.
  public static let all = [png, jpeg, tiff, portableMap]

  /// What the names of images end in, in small letters.
  public static let endings = all.flatMap(\.endings)

  /// The kinds of files that are read, in words: `PNG, JPEG, TIFF, PGM or PPM`.
  public static func list(_ conjunction: String) -> String { wordList(all.flatMap(\.kinds), conjunction) }
}

/// The name tells formats apart.
extension ImageFormat: Hashable {
  public static func == (left: ImageFormat, right: ImageFormat) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ImageFormat {
  /// The format that the bytes begin as.
  public init(startOf bytes: [UInt8]) throws(ImageFault) {
    guard !bytes.isEmpty else { throw .empty }
    for format in Self.all where format.magics.contains(where: { bytes.starts(with: $0) }) || format.isBegun(bytes) {
      self = format
      return
    }
    // A file cut inside its magic number is truncated rather than unknown.
    if bytes.count < 8 && Self.all.contains(where: { $0.magics.contains { $0.starts(with: bytes) } }) {
      throw .truncated
    }
    throw .unknownFormat(looksLike: Self.nameOfOtherFormat(bytes))
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
    switch portableMapKind(bytes) {
    case UInt8(ascii: "1"), UInt8(ascii: "4"): return "PBM"
    case UInt8(ascii: "7"): return "PAM"
    default: break
    }
    if bytes.starts(with: [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50]) { return "JPEG 2000" }
    return nil
  }

  /// Whether a file's name is that of a NIfTI file, packed or not.
  public static func isNIfTI(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".nii") || name.hasSuffix(".nii.gz")
  }

  /// The format of a file whose first bytes say nothing, by the ending of its name; `nil` where that is no picture's.
  public static func nameOfOtherFormat(ending: String) -> String? { otherEndings[ending] }

  private static let otherEndings = [
    "dcm": "DICOM", "bmp": "BMP", "gif": "GIF", "webp": "WebP", "heic": "HEIF", "heif": "HEIF", "avif": "AVIF",
    "jp2": "JPEG 2000", "j2k": "JPEG 2000", "jxl": "JPEG XL", "pbm": "PBM", "pam": "PAM", "nii": "NIfTI",
    "mha": "MetaImage", "nrrd": "NRRD", "npy": "NumPy", "npz": "NumPy", "mat": "MATLAB", "psd": "Photoshop",
    "xcf": "GIMP", "svg": "SVG", "e2e": "Heidelberg E2E", "vol": "Heidelberg VOL", "fda": "Topcon FDA",
    "img": "Zeiss IMG",
  ]
}
