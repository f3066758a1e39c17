import CTurboJPEG

// The one file that talks to TurboJPEG; its pointers stay here. TurboJPEG keeps its own jumps inside.

/// Size of a JPEG in memory.
func headerOfJPEG(_ bytes: [UInt8]) throws(ImageFault) -> ImageHeader {
  do {
    return try headerOfJPEG { offset, count in Array(bytes.dropFirst(offset).prefix(count)) }
  } catch let fault as ImageFault {
    throw fault
  } catch {
    throw .damaged("\(error)")
  }
}

/// Size of a JPEG, from the frame header that stands behind any amount of metadata.
///
/// - Parameter read: bytes from an offset on, fewer where the file ends.
/// - Throws: `truncated`, `damaged`, and what `read` throws.
func headerOfJPEG(_ read: (_ offset: Int, _ count: Int) throws -> [UInt8]) throws -> ImageHeader {
  var at = 2
  // More segments than any camera writes; markers may be padded with any number of 0xFF, but nobody pads so much.
  for _ in 0..<mostSegments {
    let segment = try read(at, 64)
    let padding = segment.prefix { $0 == 0xFF }.count
    guard padding < segment.count else {
      guard segment.count == 64 else { throw ImageFault.truncated }
      at += 63
      continue
    }
    guard padding > 0 else { throw ImageFault.damaged("a marker is missing") }
    guard padding + 8 <= segment.count || segment.count < 64 else {
      at += padding - 1
      continue
    }
    let fields = segment[padding...]
    guard fields.count >= 3 else { throw ImageFault.truncated }
    switch fields[padding] {
    case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(fields[padding]):
      guard fields.count >= 8 else { throw ImageFault.truncated }
      return ImageHeader(
        format: .jpeg, width: bigEndian(fields[(padding + 6)...].prefix(2)),
        height: bigEndian(fields[(padding + 4)...].prefix(2)))
    case 0xDA, 0xD9: throw ImageFault.damaged("no frame header before the pixels")
    case 0x01, 0xD0...0xD7: at += padding + 1
    default:
      let length = bigEndian(fields[(padding + 1)...].prefix(2))
      guard length >= 2 else { throw ImageFault.damaged("a segment of \(length) bytes") }
      at += padding + 1 + length
    }
  }
  throw ImageFault.damaged("no frame header among \(mostSegments) segments")
}

private let mostSegments = 10_000

private func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

/// Decodes a JPEG: grey files to one channel, colour to RGB.
func decodeJPEG(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  let header = try headerOfJPEG(bytes)
  try checkImageSize(width: header.width, height: header.height)
  guard let decoder = tjInitDecompress() else { throw .outOfMemory }
  defer { tjDestroy(decoder) }

  var size = (width: Int32(0), height: Int32(0))
  var subsampling: Int32 = 0
  var colourSpace: Int32 = 0
  let count = CUnsignedLong(bytes.count)
  try check(
    tjDecompressHeader3(decoder, bytes, count, &size.width, &size.height, &subsampling, &colourSpace), decoder, bytes)
  guard size == (Int32(header.width), Int32(header.height)) else { throw .damaged("two frame headers") }
  let isGrey = colourSpace == TJCS_GRAY.rawValue
  guard colourSpace != TJCS_CMYK.rawValue && colourSpace != TJCS_YCCK.rawValue else {
    throw .unsupported("a CMYK JPEG")
  }
  var decoded = [UInt8](repeating: 0, count: header.width * header.height * (isGrey ? 1 : 3))
  let pixelFormat = Int32(isGrey ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue)
  // A progressive JPEG of a few kilobytes may hold scans without end: TurboJPEG then stops after 500.
  let flags = TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT
  try check(
    tjDecompress2(decoder, bytes, count, &decoded, size.width, 0, size.height, pixelFormat, flags), decoder, bytes)
  return RasterImage(
    width: header.width, height: header.height, model: isGrey ? .grey : .colour, fullScale: 255,
    samples: decoded.map { UInt16($0) }, format: .jpeg)
}

private func check(_ result: Int32, _ decoder: tjhandle, _ bytes: [UInt8]) throws(ImageFault) {
  guard result != 0 else { return }
  let words = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "no reason given"
  if words.contains("remature end") || !hasEndMarker(bytes) { throw .truncated }
  if words.contains("nsupported") { throw .unsupported("this kind of JPEG (\(words))") }
  // Stray bytes between markers are some cameras' habit and cost no pixel; every other warning does.
  let isHarmless = tjGetErrorCode(decoder) == TJERR_WARNING.rawValue && words.contains("extraneous bytes")
  guard isHarmless else { throw .damaged(words) }
}

/// Whether the marker that ends an image (0xFF 0xD9) is there at all.
private func hasEndMarker(_ bytes: [UInt8]) -> Bool {
  zip(bytes, bytes.dropFirst()).contains { $0 == 0xFF && $1 == 0xD9 }
}
