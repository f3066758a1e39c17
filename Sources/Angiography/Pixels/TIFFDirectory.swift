/// The first directory of a TIFF, read without the file around it: cameras' software often writes it behind the pixels.
///
/// Bytes may be anything: what is no plain directory of a plain image gives `nil`, and libtiff then has the last word.
struct TIFFDirectory {
  let width: Int
  let height: Int

  /// Tags that are looked at.
  private enum Tag: Int {
    case width = 256, height = 257, bitsPerSample = 258, compression = 259, photometric = 262
    case samplesPerPixel = 277, sampleFormat = 339
  }

  /// - Parameters:
  ///   - start: the file's first bytes, eight at least where it has so many.
  ///   - read: bytes from an offset on, fewer where the file ends.
  /// - Throws: `truncated` where the directory lies behind the file's end, and what `read` throws.
  static func first(
    start: [UInt8], fileSize: Int, read: (_ offset: Int, _ count: Int) throws -> [UInt8]
  ) throws -> TIFFDirectory? {
    guard start.count >= 8 else { throw ImageFault.truncated }
    let order = ByteOrder(isLittle: start[0] == UInt8(ascii: "I"))
    // 64-bit offsets are unusual enough to be libtiff's alone.
    guard order.number(in: start, at: 2, count: 2) == 42 else { return nil }
    let offset = order.number(in: start, at: 4, count: 4)
    guard offset >= 8 else { return nil }
    guard offset + 2 <= fileSize else { throw ImageFault.truncated }
    let head = try read(offset, 2)
    guard head.count == 2 else { return nil }
    let entries = order.number(in: head, at: 0, count: 2)
    guard (1...1024).contains(entries) else { return nil }
    guard offset + 2 + 12 * entries <= fileSize else { throw ImageFault.truncated }
    let directory = try read(offset + 2, 12 * entries)
    guard directory.count == 12 * entries, let values = try values(in: directory, order, read) else { return nil }
    guard let width = values[.width], let height = values[.height], isPlain(values) else { return nil }
    return TIFFDirectory(width: width, height: height)
  }

  private struct ByteOrder {
    let isLittle: Bool

    func number(in bytes: [UInt8], at offset: Int, count: Int) -> Int {
      let digits = bytes[offset..<offset + count]
      return isLittle ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
  }

  /// The numbers under the tags that are looked at, the first where there are several; `nil` where one is no number.
  private static func values(
    in directory: [UInt8], _ order: ByteOrder, _ read: (_ offset: Int, _ count: Int) throws -> [UInt8]
  ) throws -> [Tag: Int]? {
    var values: [Tag: Int] = [.bitsPerSample: 1, .compression: 1, .samplesPerPixel: 1, .sampleFormat: 1]
    for entry in stride(from: 0, to: directory.count, by: 12) {
      guard let tag = Tag(rawValue: order.number(in: directory, at: entry, count: 2)) else { continue }
      let type = order.number(in: directory, at: entry + 2, count: 2)
      let count = order.number(in: directory, at: entry + 4, count: 4)
      // SHORT or LONG.
      guard type == 3 || type == 4, count >= 1 else { return nil }
      let size = type == 3 ? 2 : 4
      if count * size <= 4 {
        values[tag] = order.number(in: directory, at: entry + 8, count: size)
      } else {
        let elsewhere = try read(order.number(in: directory, at: entry + 8, count: 4), size)
        guard elsewhere.count == size else { return nil }
        values[tag] = order.number(in: elsewhere, at: 0, count: size)
      }
    }
    return values
  }

  /// Whether it is of a kind that is certainly read here: grey, palette or colour of whole numbers, in a common
  /// compression.
  private static func isPlain(_ values: [Tag: Int]) -> Bool {
    let photometric = values[.photometric] ?? 1
    let colours = photometric == 2 ? 3 : 1
    let channels = values[.samplesPerPixel] ?? 1
    return [8, 16].contains(values[.bitsPerSample]) && values[.sampleFormat] == 1 && (0...3).contains(photometric)
      && (colours...colours + 1).contains(channels) && [1, 5, 8, 32773].contains(values[.compression])
      && (photometric != 3 || values[.bitsPerSample] == 8)
  }
}
