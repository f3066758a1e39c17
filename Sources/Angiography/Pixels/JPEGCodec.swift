import CTurboJPEG

// The one file that talks to TurboJPEG; its pointers stay here. TurboJPEG keeps its own jumps inside.

/// Size of a JPEG, from the frame header that stands behind any amount of metadata.
func headerOfJPEG(_ bytes: [UInt8]) throws(ImageFault) -> ImageHeader {
  var at = 2
  while true {
    // Markers may be padded with any number of 0xFF.
    while at < bytes.count && bytes[at] == 0xFF { at += 1 }
    guard at + 2 < bytes.count else { throw .truncated }
    let marker = bytes[at]
    guard bytes[at - 1] == 0xFF else { throw .damaged("a marker is missing") }
    let length = Int(bytes[at + 1]) << 8 | Int(bytes[at + 2])
    switch marker {
    case 0xC0...0xCF where marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
      guard at + 7 < bytes.count else { throw .truncated }
      let height = Int(bytes[at + 4]) << 8 | Int(bytes[at + 5])
      let width = Int(bytes[at + 6]) << 8 | Int(bytes[at + 7])
      return ImageHeader(format: .jpeg, width: width, height: height)
    case 0xDA, 0xD9: throw .damaged("no frame header before the pixels")
    case 0x01, 0xD0...0xD7: at += 1
    default:
      guard length >= 2 else { throw .damaged("a segment of \(length) bytes") }
      at += 1 + length
    }
  }
}

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
