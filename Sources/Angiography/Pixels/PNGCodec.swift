import CPNG

// The one file that talks to libpng's shim; its pointers stay here.

/// Size of a PNG, from its header.
///
/// - Parameter fileSize: in bytes, where it is known: a file that can't hold so many pixels is truncated.
func headerOfPNG(_ bytes: [UInt8], fileSize: Int? = nil) throws(ImageFault) -> ImageHeader {
  // Signature, IHDR's length and name, then width and height: enough, and before any other chunk is looked at.
  guard bytes.count >= 33 else { throw .truncated }
  guard bytes[12..<16].elementsEqual("IHDR".utf8) else { throw .damaged("the first chunk is not IHDR") }
  func number(at offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
  let header = ImageHeader(format: .png, width: number(at: 16), height: number(at: 20))
  guard let fileSize, [1, 2, 4, 8, 16].contains(bytes[24]) else { return header }
  try checkImageSize(width: header.width, height: header.height)
  // A sample a pixel is the least there can be.
  guard header.width * header.height * Int(bytes[24]) / 8 / mostDeflated <= fileSize else { throw .truncated }
  return header
}

/// Deflate shrinks by this factor at most.
private let mostDeflated = 1032

/// Decodes a PNG of any kind; palette images keep their indices.
func decodePNG(_ bytes: [UInt8]) throws(ImageFault) -> RasterImage {
  let size = try headerOfPNG(bytes)
  try checkImageSize(width: size.width, height: size.height)
  var image = cpng_image()
  try check(cpng_read_header(bytes, bytes.count, &image), image)
  let count = size.width * size.height * Int(image.channels)
  // A small file that announces more is cut short, or lies.
  guard count * Int(image.bit_depth) / 8 / mostDeflated <= bytes.count else { throw .truncated }
  var result: Int32 = 0
  let samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
    result = cpng_read_samples(bytes, bytes.count, &image, buffer.baseAddress, count)
    filled = result == 0 ? count : 0
  }
  try check(result, image)
  return rasterImage(of: image, samples: samples)
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

private func rasterImage(of image: cpng_image, samples: [UInt16]) -> RasterImage {
  let width = Int(image.width)
  let height = Int(image.height)
  let fullScale = (1 << Int(image.bit_depth)) - 1
  let model: RasterImage.Model = image.color_type == 3 ? .palette : image.color_type & 2 == 2 ? .colour : .grey
  let palette = withUnsafeBytes(of: image.palette) { bytes in
    (0..<Int(image.palette_count)).map { i in
      PaletteColour(red: bytes[4 * i], green: bytes[4 * i + 1], blue: bytes[4 * i + 2], alpha: bytes[4 * i + 3])
    }
  }
  if image.has_key == 1 {
    let key = [image.key.0, image.key.1, image.key.2].prefix(Int(image.channels))
    return RasterImage(
      width: width, height: height, model: model, hasAlpha: true, fullScale: fullScale,
      samples: addingAlpha(to: samples, transparent: Array(key), opaque: UInt16(fullScale)))
  }
  return RasterImage(
    width: width, height: height, model: model, hasAlpha: image.color_type & 4 == 4, fullScale: fullScale,
    samples: samples, palette: palette)
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
