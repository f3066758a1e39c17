import CTIFF

// The one file that talks to libtiff's shim; its pointers stay here.

extension ImageFormat {
  /// In either byte order; BigTIFF too.
  public static let tiff = ImageFormat(
    "TIFF", endings: ["tif", "tiff"],
    magics: [
      [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A], [0x49, 0x49, 0x2B, 0x00], [0x4D, 0x4D, 0x00, 0x2B],
    ], header: { (source, all) throws(ImageFault) in try headerOfTIFF(source, all: all) }, decode: decodeTIFF)
}

/// Size of the page of a TIFF that is read, upright.
///
/// - Parameter all: every byte of the same file, for kinds that libtiff has to judge.
private func headerOfTIFF(
  _ source: ByteSource, all: () throws(ImageFault) -> [UInt8]
) throws(ImageFault) -> ImageHeader {
  let pages = try TIFFPages(source)
  if let page = pages?.page, try page.isPlain() {
    return ImageHeader(
      format: .tiff, storedWidth: page.width, storedHeight: page.height, orientation: try page.orientation())
  }
  let bytes = try all()
  var image = try describeTIFF(bytes, pages)
  try checkImageSize(width: Int(image.width), height: Int(image.height))
  _ = try measure(&image, bytes, pages)
  return ImageHeader(
    format: .tiff, storedWidth: Int(image.width), storedHeight: Int(image.height),
    orientation: try pages?.page.orientation() ?? .upright)
}

/// Decodes the page of a TIFF that is its picture; palette images keep their indices.
private func decodeTIFF(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  let pages = try TIFFPages(ByteSource(bytes))
  var image = try describeTIFF(bytes, pages)
  let (width, height, channels) = (Int(image.width), Int(image.height), Int(image.channels))
  try checkImageSize(width: width, height: height)
  let reading = try measure(&image, bytes, pages)
  let count = width * height * channels
  var result: Int32 = 0
  var samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
    result = ctiff_read_samples(
      bytes, bytes.count, directory(pages), &image, reading.scale, buffer.baseAddress, count)
    filled = result == 0 ? count : 0
  }
  try check(result, image)
  if image.alpha_is_multiplied == 1 {
    undoAlpha(&samples, channels: channels, fullScale: reading.fullScale)
  }
  let palette = withUnsafeBytes(of: image.palette) { bytes in
    (0..<Int(image.palette_count)).map { i in
      PaletteColour(red: bytes[3 * i], green: bytes[3 * i + 1], blue: bytes[3 * i + 2])
    }
  }
  let photometric = UInt32(image.photometric)
  let model: RasterImage.Model =
    photometric == CTIFF_RGB.rawValue ? .colour : photometric == CTIFF_PALETTE.rawValue ? .palette : .grey
  var raster = RasterImage(
    width: width, height: height, model: model, hasAlpha: image.has_alpha == 1, fullScale: reading.fullScale,
    samples: samples, palette: palette, format: .tiff, statedWhite: reading.scale == 1 ? nil : reading.fullScale,
    fileRemarks: remarks(on: image, pages, reading))
  if raster.fullScale > 255 && reading.scale == 1 { raster = raster.stating(white: try pages?.page.statedWhite()) }
  raster.isInverted = photometric == CTIFF_GREY_INVERTED.rawValue
  if raster.knownWhite != nil { raster = raster.settled }
  return raster.upright(from: try pages?.page.orientation() ?? .upright)
}

private func remarks(on image: ctiff_image, _ pages: TIFFPages?, _ reading: SampleReading) -> [ImageRemark] {
  var remarks: [ImageRemark] = []
  if let pages, pages.count > 1 { remarks.append(.oneOfSeveral(.pages, count: pages.count, read: pages.number)) }
  if image.channels_left_out > 0 { remarks.append(.channelsLeftOut(Int(image.channels_left_out))) }
  if reading.scale != 1 { remarks.append(.rounded) }
  return remarks
}

/// How samples become whole numbers of at most 16 bits.
private struct SampleReading {
  /// A sample is multiplied by this and rounded.
  var scale = 1.0
  var fullScale: Int
}

/// Finds out how samples are read; those that are no whole numbers of up to 16 bits have to be looked at for it.
private func measure(
  _ image: inout ctiff_image, _ bytes: [UInt8], _ pages: TIFFPages?
) throws(ImageFault) -> SampleReading {
  let bits = Int(image.bit_depth)
  let format = UInt32(image.sample_format)
  guard bits > 16 || format != CTIFF_UNSIGNED.rawValue else { return SampleReading(fullScale: (1 << bits) - 1) }
  var range = ctiff_range()
  try check(ctiff_measure(bytes, bytes.count, directory(pages), &image, &range), image)
  let words =
    format == CTIFF_REAL.rawValue
    ? "\(bits)-bit real numbers" : "\(format == CTIFF_SIGNED.rawValue ? "signed " : "")\(bits)-bit whole numbers"
  guard range.not_a_number == 0 else { throw .valuesNotRead("a TIFF of \(words), some of which are no numbers (NaN),") }
  if range.fractions == 0 && range.smallest >= 0 && range.largest <= 65535 {
    let signedScale = format == CTIFF_SIGNED.rawValue && bits <= 16 ? (1 << (bits - 1)) - 1 : 65535
    return SampleReading(fullScale: signedScale)
  }
  if range.smallest >= 0 && range.largest <= 1 { return SampleReading(scale: 65535, fullScale: 65535) }
  throw .valuesNotRead("a TIFF of \(words) from \(written(range.smallest)) to \(written(range.largest))")
}

/// A number without a fraction that it does not have.
private func written(_ value: Double) -> String {
  abs(value) < 1e15 && value == value.rounded() ? "\(Int(value))" : "\(Float(value))"
}

/// Where libtiff finds the page; 0 leaves it to libtiff.
private func directory(_ pages: TIFFPages?) -> UInt64 { UInt64(pages?.page.offset ?? 0) }

private func describeTIFF(_ bytes: [UInt8], _ pages: TIFFPages?) throws(ImageFault) -> ctiff_image {
  var image = ctiff_image()
  try check(ctiff_read_header(bytes, bytes.count, directory(pages), &image), image)
  return image
}

private func check(_ result: Int32, _ image: ctiff_image) throws(ImageFault) {
  guard UInt32(result) != CTIFF_OK.rawValue else { return }
  let words = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  switch UInt32(result) {
  case CTIFF_UNSUPPORTED.rawValue: throw .unsupported("a TIFF with \(words)")
  case CTIFF_NO_MEMORY.rawValue: throw .outOfMemory
  default:
    if image.ran_out == 1 { throw .truncated }
    throw .damaged(words.isEmpty ? "its directory contradicts itself" : words)
  }
}

/// Colours as they were before alpha was multiplied into them.
private func undoAlpha(_ samples: inout [UInt16], channels: Int, fullScale: Int) {
  for start in stride(from: 0, to: samples.count, by: channels) {
    let alpha = Int(samples[start + channels - 1])
    guard alpha > 0 else { continue }
    for i in start..<start + channels - 1 {
      samples[i] = UInt16(min(fullScale, (Int(samples[i]) * fullScale + alpha / 2) / alpha))
    }
  }
}
