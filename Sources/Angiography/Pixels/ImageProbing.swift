import Files

/// Reads format and size from a file's header, and no pixels: these may still turn out to be damaged.
///
/// Reads a few kilobytes, wherever in the file the header is; all of the file only for a TIFF of an unusual kind. What it refuses, `readImage` refuses too.
public func probeImage(_ path: String) throws(ImageError) -> ImageHeader {
  do throws(ImageFault) {
    let header = try probe(path)
    try checkImageSize(width: header.width, height: header.height)
    return header
  } catch {
    throw ImageError(file: path, fault: error)
  }
}

extension ImageHeader {
  /// Reads the header in a file's bytes, of which the first may be enough.
  public init(decoding bytes: [UInt8]) throws(ImageFault) {
    self =
      switch try ImageFormat(startOf: bytes) {
      case .png: try headerOfPNG(bytes)
      case .jpeg: try headerOfJPEG(bytes)
      case .tiff: try headerOfTIFF(bytes)
      case .portableMap: try headerOfPortableMap(bytes)
      }
    try checkImageSize(width: width, height: height)
  }
}

/// Enough for every header that stands at the start, comments aside.
private let firstBytes = 1 << 12
/// Comments of a portable map may be long, but not longer.
private let moreBytes = 1 << 16

private func probe(_ path: String) throws(ImageFault) -> ImageHeader {
  do {
    return try header(of: OpenFile(path), path: path)
  } catch let fault as ImageFault {
    throw fault
  } catch let error as FileError {
    throw .file(error)
  } catch {
    throw .damaged("\(error)")
  }
}

private func header(of file: OpenFile, path: String) throws -> ImageHeader {
  let start = try file.bytes(at: 0, count: firstBytes)
  switch try ImageFormat(startOf: start) {
  case .png: return try headerOfPNG(start, fileSize: file.size)
  case .jpeg: return try headerOfJPEG { try file.bytes(at: $0, count: $1) }
  case .tiff:
    let directory = try TIFFDirectory.first(start: start, fileSize: file.size) { try file.bytes(at: $0, count: $1) }
    if let directory { return ImageHeader(format: .tiff, width: directory.width, height: directory.height) }
    return try headerOfTIFF(try readFile(path))
  case .portableMap:
    if let header = try? headerOfPortableMap(start, fileSize: file.size) { return header }
    return try headerOfPortableMap(try file.bytes(at: 0, count: moreBytes), fileSize: file.size)
  }
}
