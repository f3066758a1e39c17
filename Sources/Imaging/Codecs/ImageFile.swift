import Base

/// Reads an image, whatever its extension says.
///
/// Size limits hold before memory is asked for. What a reader of one picture has to decide is decided for all formats, and
/// `RasterImage.remarks` says so:
/// - Orientation (EXIF in JPEG and PNG, TIFF's tag) is applied.
/// - Of several pages of a TIFF the first of full resolution is read (`TIFFPages`), of other files the first picture.
/// - Channels of a TIFF beside grey and colour are alpha only where it says so. Transparency that would hide everything is
///   ignored.
/// - White among 16 bits is found by `SampleRange`.
/// - Samples are whole numbers from 0 to 65535 in any TIFF: signed or of up to 64 bits where all of them lie there. Real
///   numbers are taken as whole where all are; else 0 is black, 1 is white, and they are rounded to 16 bits.
///   Everything else is refused.
public func readImage(_ path: String) throws(ImageError) -> RasterImage {
  let bytes: [UInt8]
  do { bytes = try readFile(path) } catch { throw ImageError(file: path, fault: .file(error)) }
  do { return try RasterImage(decoding: bytes) } catch { throw ImageError(file: path, fault: error) }
}

extension RasterImage {
  /// Decodes a file's bytes.
  public init(decoding bytes: [UInt8]) throws(ImageFault) {
    self = try ImageFormat(startOf: bytes).decode(bytes).withoutBlindingAlpha
  }
}

extension RasterImage {
  /// The bytes of a PNG of the image's own model and depth.
  ///
  /// - Throws: `unsupported` where PNG has no such depth: a white other than 1, 3, 15, 255 or 65535.
  public func encodedPNG(interlaced: Bool = false) throws(ImageFault) -> [UInt8] {
    try encodePNG(self, interlaced: interlaced)
  }
}

/// The bits a grey value is written with.
public enum SampleDepth: Int, Sendable, Hashable, Codable, CaseIterable {
  case eight = 8
  case sixteen = 16

  /// The value of white.
  public var fullScale: Int { (1 << rawValue) - 1 }
}

extension Plane {
  /// The bytes of a grey PNG, or of a raw PGM (P5) where the path ends so; values are clamped to [0, 1] and rounded to the
  /// nearest step.
  ///
  /// - Parameter path: of the file that they are for.
  public func encoded(for path: String, depth: SampleDepth = .eight) throws(ImageError) -> [UInt8] {
    do throws(ImageFault) {
      let image = try quantised(depth)
      return fileExtension(of: path) == "pgm" ? encodePGM(image) : try encodePNG(image)
    } catch { throw ImageError(file: path, fault: error) }
  }
}

/// Writes a plane as a grey PNG; values are clamped to [0, 1] and rounded to the nearest step.
public func writePNG(_ plane: Plane, to path: String, depth: SampleDepth = .eight) throws(ImageError) {
  try write(path) { () throws(ImageFault) in try encodePNG(plane.quantised(depth)) }
}

/// Writes a mask as an 8-bit grey PNG: 255 inside, 0 outside.
public func writePNG(_ mask: Mask, to path: String) throws(ImageError) {
  try write(path) { () throws(ImageFault) in try encodePNG(mask.plane.quantised(.eight)) }
}

/// Writes a raster image as PNG, whatever its model.
public func writePNG(_ image: RasterImage, to path: String) throws(ImageError) {
  try write(path) { () throws(ImageFault) in try encodePNG(image) }
}

/// Writes a plane as a raw PGM (P5); values are clamped to [0, 1] and rounded to the nearest step.
public func writePGM(_ plane: Plane, to path: String, depth: SampleDepth = .eight) throws(ImageError) {
  try write(path) { () throws(ImageFault) in encodePGM(try plane.quantised(depth)) }
}

private func write(_ path: String, encode: () throws(ImageFault) -> [UInt8]) throws(ImageError) {
  let bytes: [UInt8]
  do { bytes = try encode() } catch { throw ImageError(file: path, fault: error) }
  do { try writeFile(bytes, to: path) } catch { throw ImageError(file: path, fault: .file(error)) }
}

extension Plane {
  /// Grey samples of 8 or 16 bits: clamped to [0, 1], rounded to nearest, halves up. NaN and infinity are refused.
  ///
  /// 16 bits state that their largest value is white, so that a dark image comes back as dark as it is.
  public func quantised(_ depth: SampleDepth) throws(ImageFault) -> RasterImage {
    let scale = Float(depth.fullScale)
    var samples = [UInt16](repeating: 0, count: pixels.count)
    for (i, value) in pixels.enumerated() {
      guard value.isFinite else { throw .notFinite }
      samples[i] = UInt16((min(max(value, 0), 1) * scale).rounded(.toNearestOrAwayFromZero))
    }
    return RasterImage(
      width: width, height: height, model: .grey, fullScale: depth.fullScale, samples: samples,
      statedWhite: depth == .sixteen ? depth.fullScale : nil)
  }
}
