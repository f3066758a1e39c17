/// Width and height of a picture, in pixels.
public struct PixelSize: Sendable, Hashable, CustomStringConvertible {
  public let width, height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  public var description: String { "\(width) × \(height)" }
}

/// The size of a picture as it stands upright, and how its file stores it.
public struct UprightSize: Sendable, Hashable {
  public let size: PixelSize
  package let orientation: Orientation
  let format: ImageFormat

  package init(_ header: ImageHeader) {
    size = PixelSize(width: header.width, height: header.height)
    (orientation, format) = (header.orientation, header.format)
  }

  package init(_ image: RasterImage) {
    size = PixelSize(width: image.width, height: image.height)
    (orientation, format) = (image.orientation, image.format)
  }

  /// Whether it is that of the stored picture too.
  package var isAsStored: Bool { !orientation.exchangesSides || size.width == size.height }

  /// `80 × 128 set upright as its EXIF says (stored 128 × 80)`.
  package var words: String {
    if isAsStored { return size.description }
    let stored = PixelSize(width: size.height, height: size.width)
    return "\(size) set upright as its \(format == .tiff ? "TIFF tag" : "EXIF") says (stored \(stored))"
  }
}

extension RasterImage {
  /// How its file stores it.
  package var orientation: Orientation {
    for case .turned(let orientation) in fileRemarks { return orientation }
    return .upright
  }
}
