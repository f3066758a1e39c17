/// How a picture is stored, and so how it has to be turned to stand upright: the values of EXIF's and TIFF's tag 274.
public enum Orientation: Int, Sendable, Hashable, CaseIterable {
  case upright = 1
  /// Left and right are exchanged.
  case mirrored = 2
  case upsideDown = 3
  /// Top and bottom are exchanged.
  case flipped = 4
  /// Rows and columns are exchanged.
  case transposed = 5
  /// To be turned by 90° clockwise.
  case turnedLeft = 6
  /// Rows and columns are exchanged, each from its end.
  case transverse = 7
  /// To be turned by 90° counter-clockwise.
  case turnedRight = 8

  /// Whether the upright picture is as wide as the stored one is high.
  public var exchangesSides: Bool { rawValue >= 5 }

  /// The size of the upright picture.
  func uprightSize(width: Int, height: Int) -> (width: Int, height: Int) {
    exchangesSides ? (height, width) : (width, height)
  }

  /// Where the pixel (x, y) of the upright picture is stored.
  ///
  /// - Parameters:
  ///   - width: of the stored picture.
  ///   - height: of the stored picture.
  @inline(__always)
  func stored(_ x: Int, _ y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
    switch self {
    case .upright: (x, y)
    case .mirrored: (width - 1 - x, y)
    case .upsideDown: (width - 1 - x, height - 1 - y)
    case .flipped: (x, height - 1 - y)
    case .transposed: (y, x)
    case .turnedLeft: (y, height - 1 - x)
    case .transverse: (width - 1 - y, height - 1 - x)
    case .turnedRight: (width - 1 - y, x)
    }
  }
}

extension Orientation {
  /// The orientation in an EXIF block, which begins with its byte order; `nil` where the block is damaged or says none.
  ///
  /// A damaged block is no reason to refuse a picture.
  init?(exifIn source: ByteSource, at start: Int, size: Int) throws(ImageFault) {
    // Some writers put the name that precedes the block in a JPEG in front of it elsewhere too.
    let name = try source.bytes(at: start, count: 6)
    let offset = name.starts(with: "Exif\0".utf8) ? 6 : 0
    guard let structure = try TIFFStructure(in: source, at: start + offset, size: size - offset),
      let directory = try? structure.directory(at: structure.firstDirectory),
      let value = try structure.numbers(274, in: directory).first
    else { return nil }
    self.init(rawValue: value)
  }
}

extension RasterImage {
  /// The picture as every viewer shows it, with a remark where it was turned.
  func upright(from orientation: Orientation) -> RasterImage {
    guard orientation != .upright else { return self }
    let (newWidth, newHeight) = orientation.uprightSize(width: width, height: height)
    let channels = channels
    var turned = [UInt16](repeating: 0, count: samples.count)
    var to = 0
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        let place = orientation.stored(x, y, width: width, height: height)
        let from = (place.y * width + place.x) * channels
        for channel in 0..<channels { turned[to + channel] = samples[from + channel] }
        to += channels
      }
    }
    var upright = RasterImage(
      width: newWidth, height: newHeight, model: model, hasAlpha: hasAlpha, fullScale: fullScale, samples: turned,
      palette: palette, format: format, statedWhite: statedWhite, fileRemarks: fileRemarks + [.turned(orientation)])
    upright.isInverted = isInverted
    return upright
  }
}

extension ImageHeader {
  /// The header of a picture that is stored so, as it stands upright.
  init(format: ImageFormat, storedWidth: Int, storedHeight: Int, orientation: Orientation) {
    let size = orientation.uprightSize(width: storedWidth, height: storedHeight)
    self.init(format: format, width: size.width, height: size.height, orientation: orientation)
  }
}
