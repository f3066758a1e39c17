/// What the segments of a JPEG say before its pixels begin.
struct JPEGSegments {
  /// As stored, before it is turned upright.
  private(set) var width = 0, height = 0
  package private(set) var orientation = Orientation.upright
  private var hasOrientation = false
  /// How many pictures the index of a multi-picture file lists.
  private(set) var pictureCount = 1
  /// Bytes between segments that belong to none: some cameras' habit, passed over as libjpeg does.
  private(set) var strayBytes: [Range<Int>] = []

  /// More segments than any camera writes.
  private static let mostSegments = 10_000
  /// Bytes that are passed over between all segments, padding included.
  private static let mostPassedOver = 1 << 16

  private let source: ByteSource
  private var at = 2
  private var passedOver = 0

  /// Walks from the first segment to the pixels, over any amount of metadata.
  ///
  /// - Throws: `truncated`, `damaged`, `unsupported` for what TurboJPEG does not decode.
  init(_ source: ByteSource) throws(ImageFault) {
    self.source = source
    var frame: Frame?
    for _ in 0..<Self.mostSegments {
      let marker = try nextMarker()
      switch marker {
      case 0xDA, 0xD9:
        guard let frame else { throw .damaged("no frame header before the pixels") }
        try frame.check()
        (width, height) = (frame.width, frame.height)
        return
      // Markers without a segment.
      case 0x01, 0xD0...0xD8: continue
      default: break
      }
      let length = try number(at: at)
      guard length >= 2 else { throw .damaged("a segment of \(length) bytes") }
      let content = at + 2..<at + length
      at = content.upperBound
      switch marker {
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        // A second one contradicts the first; TurboJPEG says so.
        if frame == nil { frame = try Frame(marker, at: content.lowerBound, in: source) }
      case 0xE1: try takeOrientation(content)
      case 0xE2: try takePictureCount(content)
      default: break
      }
    }
    throw .damaged("no pixels behind \(Self.mostSegments) segments")
  }

  /// Goes behind the next marker, over bytes that are none. 0xFF 0x00 stands for a plain 0xFF, and markers may be padded
  /// with any number of 0xFF.
  private mutating func nextMarker() throws(ImageFault) -> UInt8 {
    let start = at
    while true {
      guard let byte = try source.byte(at: at) else { throw .truncated }
      guard byte == 0xFF else {
        try pass()
        continue
      }
      let marker = at
      repeat { try pass() } while try source.byte(at: at) == 0xFF
      guard let code = try source.byte(at: at) else { throw .truncated }
      at += 1
      guard code != 0 else { continue }
      if marker > start { strayBytes.append(start..<marker) }
      return code
    }
  }

  private mutating func pass() throws(ImageFault) {
    at += 1
    passedOver += 1
    // Each marker has one 0xFF of its own.
    guard passedOver <= Self.mostPassedOver + Self.mostSegments else { throw .damaged("a marker is missing") }
  }

  private func number(at offset: Int) throws(ImageFault) -> Int { try source.bigEndian(at: offset, count: 2) }

  /// The first EXIF block with an orientation counts.
  private mutating func takeOrientation(_ content: Range<Int>) throws(ImageFault) {
    guard !hasOrientation, try source.bytes(at: content.lowerBound, count: 5) == Array("Exif\0".utf8),
      content.count > 6
    else { return }
    guard let found = try Orientation(exifIn: source, at: content.lowerBound + 6, size: content.count - 6) else {
      return
    }
    (orientation, hasOrientation) = (found, true)
  }

  /// The number of pictures (tag 0xB001) in the index of a multi-picture file.
  private mutating func takePictureCount(_ content: Range<Int>) throws(ImageFault) {
    guard content.count > 4, try source.bytes(at: content.lowerBound, count: 4) == Array("MPF\0".utf8),
      let index = try TIFFStructure(in: source, at: content.lowerBound + 4, size: content.count - 4),
      let directory = try? index.directory(at: index.firstDirectory),
      let count = try index.numbers(0xB001, in: directory).first, (1...1000).contains(count)
    else { return }
    pictureCount = max(pictureCount, count)
  }

  /// The frame header: how large the picture is, and of which kind.
  private struct Frame {
    let marker: UInt8
    let bits, height, width, components: Int

    init(_ marker: UInt8, at offset: Int, in source: ByteSource) throws(ImageFault) {
      self.marker = marker
      bits = try source.bigEndian(at: offset, count: 1)
      height = try source.bigEndian(at: offset + 1, count: 2)
      width = try source.bigEndian(at: offset + 3, count: 2)
      components = try source.bigEndian(at: offset + 5, count: 1)
    }

    /// Refuses the kinds that TurboJPEG does not decode here.
    func check() throws(ImageFault) {
      guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(marker) else { throw .unsupported("a lossless JPEG") }
      guard bits == 8 else { throw .unsupported("a JPEG of \(bits) bits a sample") }
      guard components != 4 else { throw .unsupported("a CMYK JPEG") }
      guard components == 1 || components == 3 else { throw .unsupported("a JPEG of \(components) components") }
    }
  }
}

extension ByteSource {
  /// A number, its high byte first.
  ///
  /// - Throws: `truncated` where it lies behind the end.
  func bigEndian(at offset: Int, count: Int) throws(ImageFault) -> Int {
    let bytes = try bytes(at: offset, count: count)
    guard bytes.count == count else { throw .truncated }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
