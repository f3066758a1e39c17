import CPNG

// The one file that talks to libpng's shim; its pointers stay here.

extension ImageFormat {
  public static let png = ImageFormat(
    "PNG", endings: ["png"], magics: [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]],
    header: { (source, _) throws(ImageFault) in try headerOfPNG(source) }, decode: decodePNG)
}

/// Size of a PNG, upright, from its header.
private func headerOfPNG(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
  try readableHeader(PNGChunks(source), source)
}

/// Refuses a file that can't hold so many pixels, before any memory is asked for.
private func readableHeader(_ chunks: PNGChunks, _ source: ByteSource) throws(ImageFault) -> ImageHeader {
  try checkImageSize(width: chunks.width, height: chunks.height)
  // A sample a pixel is the least there can be.
  guard chunks.width * chunks.height * chunks.bitDepth / 8 / mostDeflated <= source.size else { throw .truncated }
  return ImageHeader(
    format: .png, storedWidth: chunks.width, storedHeight: chunks.height, orientation: chunks.orientation)
}

/// Deflate shrinks by this factor at most.
private let mostDeflated = 1032

/// Decodes a PNG of any kind; palette images keep their indices. Of an animation it is the picture that viewers show who
/// know nothing of animations.
private func decodePNG(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  let source = ByteSource(bytes)
  let chunks = try PNGChunks(source)
  _ = try readableHeader(chunks, source)
  var image = cpng_image()
  try check(cpng_read_header(bytes, bytes.count, &image), image)
  let count = chunks.width * chunks.height * Int(image.channels)
  // A small file that announces more is cut short, or lies.
  guard count * Int(image.bit_depth) / 8 / mostDeflated <= bytes.count else { throw .truncated }
  var result: Int32 = 0
  let samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
    result = cpng_read_samples(bytes, bytes.count, &image, buffer.baseAddress, count)
    filled = result == 0 ? count : 0
  }
  try check(result, image)
  return rasterImage(of: image, chunks, samples: samples).upright(from: chunks.orientation)
}

/// Encodes an image as PNG of its own model and depth; full scales between two depths are not written.
func encodePNG(_ raster: RasterImage, interlaced: Bool = false) throws(ImageFault) -> [UInt8] {
  var image = cpng_image()
  image.width = UInt32(raster.width)
  image.height = UInt32(raster.height)
  image.channels = Int32(raster.channels)
  image.interlaced = interlaced ? 1 : 0
  image.bit_depth = Int32(raster.bitDepth)
  guard [1, 2, 4, 8, 16].contains(raster.bitDepth), raster.fullScale == (1 << raster.bitDepth) - 1 else {
    throw .unsupported("a PNG whose white is \(raster.fullScale)")
  }
  switch raster.model {
  case .grey: image.color_type = raster.hasAlpha ? 4 : 0
  case .colour: image.color_type = raster.hasAlpha ? 6 : 2
  case .palette:
    guard !raster.hasAlpha else { throw .unsupported("a palette PNG with an alpha channel") }
    image.color_type = 3
    image.palette_count = Int32(raster.palette.count)
    withUnsafeMutableBytes(of: &image.palette) { bytes in
      for (i, colour) in raster.palette.prefix(256).enumerated() {
        bytes[4 * i] = colour.red
        bytes[4 * i + 1] = colour.green
        bytes[4 * i + 2] = colour.blue
        bytes[4 * i + 3] = colour.alpha
      }
    }
  }
  if raster.fullScale == 65535, let white = raster.statedWhite { image.significant_bits = Int32(bits(of: white)) }
  var encoded: UnsafeMutablePointer<UInt8>?
  var count = 0
  try check(cpng_write(&image, raster.samples, &encoded, &count), image)
  defer { cpng_free(encoded) }
  return [UInt8](UnsafeBufferPointer(start: encoded, count: count))
}

private func check(_ result: Int32, _ image: cpng_image) throws(ImageFault) {
  switch UInt32(result) {
  case CPNG_OK.rawValue: return
  case CPNG_TRUNCATED.rawValue: throw .truncated
  case CPNG_NO_MEMORY.rawValue: throw .outOfMemory
  default: throw .damaged(withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }
}

/// The fewest bits that hold a number.
private func bits(of number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }

private func rasterImage(of image: cpng_image, _ chunks: PNGChunks, samples: [UInt16]) -> RasterImage {
  let fullScale = (1 << Int(image.bit_depth)) - 1
  let model: RasterImage.Model = image.color_type == 3 ? .palette : image.color_type & 2 == 2 ? .colour : .grey
  let palette = withUnsafeBytes(of: image.palette) { bytes in
    (0..<Int(image.palette_count)).map { i in
      PaletteColour(red: bytes[4 * i], green: bytes[4 * i + 1], blue: bytes[4 * i + 2], alpha: bytes[4 * i + 3])
    }
  }
  let isKeyed = image.has_key == 1
  let key = [image.key.0, image.key.1, image.key.2].prefix(Int(image.channels))
  let raster = RasterImage(
    width: Int(image.width), height: Int(image.height), model: model,
    hasAlpha: isKeyed || image.color_type & 4 == 4, fullScale: fullScale,
    samples: isKeyed ? addingAlpha(to: samples, transparent: Array(key), opaque: UInt16(fullScale)) : samples,
    palette: palette,
    fileRemarks: chunks.frameCount > 1 ? [.oneOfSeveral(.frames, count: chunks.frameCount, read: 1)] : [])
  guard fullScale == 65535, let bits = chunks.significantBits.map({ min($0, 16) }) else { return raster }
  return raster.stating(white: raster.isScaledUp(from: bits) ? fullScale : (1 << bits) - 1)
}

extension RasterImage {
  /// Whether samples of 16 bits are fewer bits at the upper end, with zeros or the upper bits again below them, as the PNG
  /// specification has it (§11.3.2.4): many programs leave them at the lower end.
  fileprivate func isScaledUp(from bits: Int) -> Bool {
    let rest = 16 - bits
    guard rest > 0, bits >= rest, largestSample > 0 else { return false }
    let colours = channels - (hasAlpha ? 1 : 0)
    return samples.indices.allSatisfy { index in
      let sample = samples[index]
      let low = sample & ((1 << UInt16(rest)) - 1)
      return index % channels >= colours || low == 0 || low == sample >> UInt16(bits)
    }
  }
}

/// Alpha 0 where a pixel has the key's colour.
private func addingAlpha(to samples: [UInt16], transparent key: [UInt16], opaque: UInt16) -> [UInt16] {
  var withAlpha: [UInt16] = []
  withAlpha.reserveCapacity(samples.count / key.count * (key.count + 1))
  for start in stride(from: 0, to: samples.count, by: key.count) {
    let pixel = samples[start..<start + key.count]
    withAlpha += pixel
    withAlpha.append(pixel.elementsEqual(key) ? 0 : opaque)
  }
  return withAlpha
}
