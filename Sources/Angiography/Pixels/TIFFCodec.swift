import CTIFF

// The one file that talks to libtiff's shim; its pointers stay here.

/// Size of a TIFF's first page.
func headerOfTIFF(_ bytes: [UInt8]) throws(ImageFault) -> ImageHeader {
  let image = try describeTIFF(bytes)
  return ImageHeader(format: .tiff, width: Int(image.width), height: Int(image.height))
}

/// Decodes the first page of a TIFF; palette images keep their indices.
func decodeTIFF(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  var image = try describeTIFF(bytes)
  let width = Int(image.width)
  let height = Int(image.height)
  try checkImageSize(width: width, height: height)
  let count = width * height * Int(image.channels)
  var result: Int32 = 0
  var samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
    result = ctiff_read_samples(bytes, bytes.count, &image, buffer.baseAddress, count)
    filled = result == 0 ? count : 0
  }
  try check(result, image)

  let fullScale = (1 << Int(image.bit_depth)) - 1
  let channels = Int(image.channels)
  let hasAlpha = image.has_alpha == 1
  let photometric = UInt32(image.photometric)
  if photometric == CTIFF_GREY_INVERTED.rawValue {
    for i in stride(from: 0, to: count, by: channels) { samples[i] = UInt16(fullScale) - samples[i] }
  }
  if image.alpha_is_multiplied == 1 {
    undoAlpha(&samples, channels: channels, fullScale: fullScale)
  }
  let palette = withUnsafeBytes(of: image.palette) { bytes in
    (0..<Int(image.palette_count)).map { i in
      PaletteColour(red: bytes[3 * i], green: bytes[3 * i + 1], blue: bytes[3 * i + 2])
    }
  }
  let model: RasterImage.Model =
    photometric == CTIFF_RGB.rawValue ? .colour : photometric == CTIFF_PALETTE.rawValue ? .palette : .grey
  return RasterImage(
    width: width, height: height, model: model, hasAlpha: hasAlpha, fullScale: fullScale, samples: samples,
    palette: palette, format: .tiff)
}

private func describeTIFF(_ bytes: [UInt8]) throws(ImageFault) -> ctiff_image {
  var image = ctiff_image()
  try check(ctiff_read_header(bytes, bytes.count, &image), image)
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
