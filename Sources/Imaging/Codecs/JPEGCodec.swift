import CTurboJPEG

// The one file that talks to TurboJPEG; its pointers stay here. TurboJPEG keeps its own jumps inside.

extension ImageFormat {
  public static let jpeg = ImageFormat(
    "JPEG", endings: ["jpg", "jpeg", "jpe"], magics: [[0xFF, 0xD8]], isLossy: true,
    header: { (source, _) throws(ImageFault) in try headerOfJPEG(source) }, decode: decodeJPEG)
}

/// Size of a JPEG, upright, from the frame header that stands behind any amount of metadata.
private func headerOfJPEG(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
  let segments = try JPEGSegments(source)
  return ImageHeader(
    format: .jpeg, storedWidth: segments.width, storedHeight: segments.height, orientation: segments.orientation)
}

/// Decodes a JPEG: grey files to one channel, colour to RGB. Of a multi-picture file it is the first picture.
private func decodeJPEG(_ file: [UInt8]) throws(ImageFault) -> RasterImage {
  let segments = try JPEGSegments(ByteSource(file))
  let (width, height) = (segments.width, segments.height)
  try checkImageSize(width: width, height: height)
  // TurboJPEG keeps the first warning alone: harmless ones must not hide the others.
  let bytes = file.without(segments.strayBytes)
  guard let decoder = tjInitDecompress() else { throw .outOfMemory }
  defer { tjDestroy(decoder) }

  var size = (width: Int32(0), height: Int32(0))
  var subsampling: Int32 = 0
  var colourSpace: Int32 = 0
  let count = CUnsignedLong(bytes.count)
  try check(
    tjDecompressHeader3(decoder, bytes, count, &size.width, &size.height, &subsampling, &colourSpace), decoder, bytes,
    // TurboJPEG has no name for unusual ratios of colour to brightness, but decodes them.
    butNot: "subsampling type")
  guard size == (Int32(width), Int32(height)) else { throw .damaged("two frame headers") }
  let isGrey = colourSpace == TJCS_GRAY.rawValue
  var decoded = [UInt8](repeating: 0, count: width * height * (isGrey ? 1 : 3))
  let pixelFormat = Int32(isGrey ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue)
  // A progressive JPEG of a few kilobytes may hold scans without end: TurboJPEG then stops after 500.
  let flags = TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT
  try check(
    tjDecompress2(decoder, bytes, count, &decoded, size.width, 0, size.height, pixelFormat, flags), decoder, bytes)
  let pictures = segments.pictureCount
  return RasterImage(
    width: width, height: height, model: isGrey ? .grey : .colour, fullScale: 255, samples: decoded.map { UInt16($0) },
    format: .jpeg, fileRemarks: pictures > 1 ? [.oneOfSeveral(.pictures, count: pictures, read: 1)] : []
  ).upright(from: segments.orientation)
}

extension [UInt8] {
  /// All bytes but those in `ranges`, which rise.
  fileprivate func without(_ ranges: [Range<Int>]) -> [UInt8] {
    var kept: [UInt8] = []
    var from = 0
    for range in ranges {
      kept += self[from..<range.lowerBound]
      from = range.upperBound
    }
    return from == 0 ? self : kept + self[from...]
  }
}

/// - Parameter harmless: words of a complaint that is none here.
private func check(
  _ result: Int32, _ decoder: tjhandle, _ bytes: [UInt8], butNot harmless: String? = nil
) throws(ImageFault) {
  guard result != 0 else { return }
  let words = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "no reason given"
  if let harmless, words.contains(harmless) { return }
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
