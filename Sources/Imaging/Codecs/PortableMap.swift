/// Comments of a header may be long, but not longer.
private let longestHeader = 1 << 16

extension ImageFormat {
  /// PGM and PPM, plain and raw.
  public static let portableMap = ImageFormat(
    "PGM/PPM", kinds: ["PGM", "PPM"], endings: ["pgm", "ppm", "pnm"],
    isBegun: { bytes in portableMapKind(bytes).map { "2356".utf8.contains($0) } ?? false },
    header: { (source, _) throws(ImageFault) in try headerOfPortableMap(source) }, decode: decodePortableMap)
}

/// The figure of a portable map's magic number, which white space or a comment follows: `P2` begins many words.
func portableMapKind(_ bytes: [UInt8]) -> UInt8? {
  guard bytes.count >= 2, bytes[0] == UInt8(ascii: "P") else { return nil }
  return bytes.count == 2 || " \t\n\r\u{0B}\u{0C}#".utf8.contains(bytes[2]) ? bytes[1] : nil
}

/// Size of a PGM or PPM, from its header.
private func headerOfPortableMap(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
  func header(in bytes: [UInt8]) throws(ImageFault) -> ImageHeader {
    var reader = PortableMapReader(bytes: bytes)
    let header = try reader.header()
    try checkImageSize(width: header.width, height: header.height)
    // A file that can't hold so many samples is truncated.
    guard source.size - reader.position >= header.smallestByteCount else { throw .truncated }
    return ImageHeader(format: .portableMap, width: header.width, height: header.height)
  }
  // Most headers are a line.
  if let header = try? header(in: try source.bytes(at: 0, count: 1 << 10)) { return header }
  return try header(in: try source.bytes(at: 0, count: longestHeader))
}

/// Decodes a PGM (P2, P5) or PPM (P3, P6) with any maximum up to 65535, which is white. A maximum of 65535 is what many
/// programs write for all that has more than 8 bits, so only a comment `white 65535`, which `encodePGM` writes, says that it is
/// white. Of several maps one behind the other the first is decoded.
private func decodePortableMap(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  var reader = PortableMapReader(bytes: bytes)
  let header = try reader.header()
  try checkImageSize(width: header.width, height: header.height)
  let count = header.width * header.height * header.channels
  guard bytes.count - reader.position >= header.smallestByteCount else { throw .truncated }
  var samples = [UInt16](repeating: 0, count: count)
  for i in 0..<count {
    let value = try header.isPlain ? reader.number() : reader.raw(bytesPerSample: header.maximum > 255 ? 2 : 1)
    guard value <= header.maximum else { throw .damaged("a sample of \(value), above the maximum \(header.maximum)") }
    samples[i] = UInt16(value)
  }
  let statesWhite = reader.statesWhite
  let maps = reader.countMapsBehind() + 1
  return RasterImage(
    width: header.width, height: header.height, model: header.channels == 3 ? .colour : .grey,
    fullScale: header.maximum, samples: samples, format: .portableMap,
    statedWhite: header.maximum < 65535 || statesWhite ? header.maximum : nil,
    fileRemarks: maps > 1 ? [.oneOfSeveral(.pages, count: maps, read: 1)] : [])
}

/// A comment in the header of a map whose maximum is meant as white.
private let whiteIsTheMaximum = "# white 65535"

/// Encodes a grey image as raw PGM (P5), 16-bit samples with the high byte first.
func encodePGM(_ image: RasterImage) -> [UInt8] {
  precondition(image.model == .grey && !image.hasAlpha, "a PGM is grey")
  let comment = image.fullScale == 65535 && image.statedWhite == 65535 ? "\(whiteIsTheMaximum)\n" : ""
  var bytes = [UInt8]("P5\n\(comment)\(image.width) \(image.height)\n\(image.fullScale)\n".utf8)
  if image.fullScale > 255 {
    for sample in image.samples { bytes += [UInt8(sample >> 8), UInt8(sample & 255)] }
  } else {
    bytes += image.samples.map { UInt8($0) }
  }
  return bytes
}

/// Reads a portable map from its start; comments run from `#` to the end of the line.
private struct PortableMapReader {
  let bytes: [UInt8]
  var position = 0
  /// Whether a comment says that the maximum is white.
  private(set) var statesWhite = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  struct Header {
    let isPlain: Bool
    let channels: Int
    let width: Int
    let height: Int
    let maximum: Int

    /// Of the samples: a plain one takes a digit and a space at least.
    var smallestByteCount: Int {
      let count = width * height * channels
      return isPlain ? 2 * count - 1 : maximum > 255 ? 2 * count : count
    }
  }

  mutating func header() throws(ImageFault) -> Header {
    guard bytes.count - position > 2 else { throw .truncated }
    let kind = bytes[position + 1]
    position += 2
    guard isSpace(bytes[position]) || bytes[position] == UInt8(ascii: "#") else {
      throw .unknownFormat(looksLike: nil)
    }
    let width = try number()
    let height = try number()
    let maximum = try number()
    guard (1...65535).contains(maximum) else { throw .damaged("a maximum of \(maximum)") }
    let isPlain = kind == UInt8(ascii: "2") || kind == UInt8(ascii: "3")
    if !isPlain {
      // Exactly one white space stands between the header and raw samples.
      guard position < bytes.count else { throw .truncated }
      guard isSpace(bytes[position]) else { throw .damaged("no space behind the maximum") }
      position += 1
    }
    let channels = kind == UInt8(ascii: "3") || kind == UInt8(ascii: "6") ? 3 : 1
    return Header(isPlain: isPlain, channels: channels, width: width, height: height, maximum: maximum)
  }

  /// The next decimal number, white space and comments before it skipped.
  mutating func number() throws(ImageFault) -> Int {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        let comment = bytes[position...].prefix(longestHeader).prefix { $0 != 10 && $0 != 13 }
        position += comment.count
        if comment.elementsEqual(whiteIsTheMaximum.utf8) { statesWhite = true }
      } else if isSpace(bytes[position]) {
        position += 1
      } else {
        break
      }
    }
    guard position < bytes.count else { throw .truncated }
    var value = 0
    let start = position
    while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
      guard value <= Int(Int32.max) else { throw .damaged("a number beyond all bounds") }
    }
    guard position > start else { throw .damaged("a number was expected") }
    return value
  }

  mutating func raw(bytesPerSample: Int) throws(ImageFault) -> Int {
    guard position + bytesPerSample <= bytes.count else { throw .truncated }
    defer { position += bytesPerSample }
    return bytesPerSample == 1 ? Int(bytes[position]) : Int(bytes[position]) << 8 | Int(bytes[position + 1])
  }

  /// How many whole maps of raw samples follow.
  mutating func countMapsBehind() -> Int {
    for count in 0..<4096 {
      while position < bytes.count && isSpace(bytes[position]) { position += 1 }
      guard position + 2 < bytes.count, bytes[position] == UInt8(ascii: "P"), "56".utf8.contains(bytes[position + 1]),
        let next = try? header(), (try? checkImageSize(width: next.width, height: next.height)) != nil,
        bytes.count - position >= next.smallestByteCount
      else { return count }
      position += next.smallestByteCount
    }
    return 4096
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
