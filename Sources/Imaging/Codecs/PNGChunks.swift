/// What the chunks of a PNG say beside its pixels.
struct PNGChunks {
  /// As stored, before it is turned upright.
  let width, height: Int
  /// Of a sample; 0 where the file names a depth that there is not.
  let bitDepth: Int
  package private(set) var orientation = Orientation.upright
  /// Bits of grey or colour that mean something (sBIT), the most of all channels.
  private(set) var significantBits: Int?
  /// Of an animation, of which the picture that every viewer knows is read.
  private(set) var frameCount = 1

  /// More chunks than any program writes before the pixels.
  private static let mostChunks = 10_000
  /// EXIF may stand behind the pixels: it is looked for among so many last bytes.
  private static let tailSize = 1 << 14

  /// - Throws: `truncated` or `damaged` where the first chunk is not the one with the size. What is wrong with the others is
  ///   libpng's to say.
  init(_ source: ByteSource) throws(ImageFault) {
    guard source.size >= 33 else { throw .truncated }
    guard try source.bytes(at: 12, count: 4) == Array("IHDR".utf8) else {
      throw .damaged("the first chunk is not IHDR")
    }
    width = try source.bigEndian(at: 16, count: 4)
    height = try source.bigEndian(at: 20, count: 4)
    let depth = try source.bigEndian(at: 24, count: 1)
    bitDepth = [1, 2, 4, 8, 16].contains(depth) ? depth : 0
    let colourChannels = try source.bigEndian(at: 25, count: 1) & 2 == 0 ? 1 : 3
    var exif: Range<Int>?
    try Self.walk(source, from: 33) { (name, content) throws(ImageFault) in
      switch name {
      case "IDAT": return false
      case "eXIf": exif = content
      case "sBIT": significantBits = try source.bytes(at: content.lowerBound, count: colourChannels).max().map(Int.init)
      case "acTL": frameCount = try source.bigEndian(at: content.lowerBound, count: 4)
      default: break
      }
      return true
    }
    if exif == nil { exif = try Self.exifAtEnd(of: source) }
    if let exif {
      orientation = try Orientation(exifIn: source, at: exif.lowerBound, size: exif.count) ?? .upright
    }
  }

  /// Goes from chunk to chunk until `visit` answers no, the last one was seen, or what follows is no chunk.
  ///
  /// - Returns: whether the last chunk was reached.
  @discardableResult
  private static func walk(
    _ source: ByteSource, from start: Int, visit: (_ name: String, _ content: Range<Int>) throws(ImageFault) -> Bool
  ) throws(ImageFault) -> Bool {
    var at = start
    for _ in 0..<mostChunks {
      let head = try source.bytes(at: at, count: 8)
      guard head.count == 8, head[4...].allSatisfy({ (65...90).contains($0 & 0xDF) }) else { return false }
      let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= source.size - at - 12 else { return false }
      let name = String(decoding: head[4...], as: UTF8.self)
      if name == "IEND" { return true }
      guard try visit(name, at + 8..<at + 8 + length) else { return false }
      at += 12 + length
    }
    return false
  }

  /// An EXIF chunk from which chunk follows chunk to the last one.
  private static func exifAtEnd(of source: ByteSource) throws(ImageFault) -> Range<Int>? {
    let start = max(33, source.size - tailSize)
    let tail = try source.bytes(at: start, count: tailSize)
    let name = Array("eXIf".utf8)
    for offset in tail.indices.dropLast(8).dropFirst(4) where tail[offset] == name[0] {
      guard tail[offset..<offset + 4].elementsEqual(name) else { continue }
      var exif: Range<Int>?
      let isWhole = try walk(source, from: start + offset - 4) { (_, content) throws(ImageFault) in
        if exif == nil { exif = content }
        return true
      }
      if isWhole { return exif }
    }
    return nil
  }
}
