import Base

/// Reads format and size from a file's header, and no pixels: these may still turn out to be damaged.
///
/// The size is that of the upright picture, and of the page that `readImage` reads. Reads a few kilobytes, wherever in the
/// file the header is; all of the file only for a TIFF of an unusual kind. What it refuses, `readImage` refuses too.
public func probeImage(_ path: String) throws(ImageError) -> ImageHeader {
  do throws(ImageFault) {
    let file: OpenFile
    do { file = try OpenFile(path) } catch { throw ImageFault.file(error) }
    return try ImageHeader(ByteSource(file)) { () throws(ImageFault) in
      do throws(FileError) { return try readFile(path) } catch { throw .file(error) }
    }
  } catch {
    throw ImageError(file: path, fault: error)
  }
}

/// What a file's header says, before any pixel is read.
public struct ImageHeader: Sendable, Hashable {
  public let format: ImageFormat
  public let width: Int
  public let height: Int
  /// How the picture is stored; the size is that of the upright one.
  public let orientation: Orientation

  public init(format: ImageFormat, width: Int, height: Int, orientation: Orientation = .upright) {
    self.format = format
    self.width = width
    self.height = height
    self.orientation = orientation
  }
}

extension ImageHeader {
  /// Reads the header in a file's bytes.
  public init(decoding bytes: [UInt8]) throws(ImageFault) {
    try self.init(ByteSource(bytes)) { () throws(ImageFault) in bytes }
  }

  /// - Parameter all: every byte of the same file.
  fileprivate init(_ source: ByteSource, all: () throws(ImageFault) -> [UInt8]) throws(ImageFault) {
    self = try ImageFormat(startOf: try source.bytes(at: 0, count: 1 << 12)).header(source, all)
    try checkImageSize(width: width, height: height)
  }
}
