/// Directories of numbered entries, as TIFF lays them out: TIFF files, EXIF blocks and the index of an MPO are made of
/// them, in either byte order, with 32-bit or (BigTIFF) 64-bit offsets.
///
/// Bytes may be anything: what is no such structure gives `nil`.
struct TIFFStructure {
  /// One numbered value, or a list of them.
  struct Entry {
    fileprivate let type, count: Int
    /// Where the values stand, from the start of the structure.
    fileprivate let place: Int
  }
  struct Directory {
    /// By their tags, the first where one occurs twice.
    let entries: [Int: Entry]
    /// Where the next directory is; 0 behind the last.
    let next: Int
  }

  /// Where the first directory is, from the start of the structure.
  let firstDirectory: Int
  private let source: ByteSource
  private let start, size: Int
  private let isLittle, isBig: Bool

  /// - Parameters:
  ///   - start: where the structure begins among the bytes; all its offsets count from there.
  ///   - size: of the structure; left out, all bytes from `start` on.
  init?(in source: ByteSource, at start: Int = 0, size: Int? = nil) throws(ImageFault) {
    self.source = source
    self.start = start
    self.size = min(size ?? source.size - start, source.size - start)
    let head = try source.bytes(at: start, count: 16)
    guard self.size >= 8, head.count >= 8, head[0] == head[1], head[0] == 0x49 || head[0] == 0x4D else { return nil }
    isLittle = head[0] == 0x49
    let version = wholeNumber(head[2..<4], isLittle: isLittle)
    isBig = version == 43
    guard version == 42 || (isBig && head.count == 16) else { return nil }
    firstDirectory = wholeNumber(isBig ? head[8..<16] : head[4..<8], isLittle: isLittle)
  }

  /// - Throws: `truncated` where it lies behind the end.
  /// - Returns: `nil` where there can be none, or one with more entries than any writer's.
  func directory(at offset: Int) throws(ImageFault) -> Directory? {
    let (countSize, entrySize, offsetSize) = isBig ? (8, 20, 8) : (2, 12, 4)
    guard offset >= 8 else { return nil }
    guard offset <= size - countSize else { throw .truncated }
    let count = try number(at: offset, count: countSize) ?? 0
    guard (1...1024).contains(count) else { return nil }
    guard offset <= size - countSize - entrySize * count else { throw .truncated }
    let bytes = try source.bytes(at: start + offset + countSize, count: entrySize * count)
    guard bytes.count == entrySize * count else { throw .truncated }
    var entries: [Int: Entry] = [:]
    for i in 0..<count {
      let field = bytes[i * entrySize..<(i + 1) * entrySize]
      let at = field.startIndex
      let type = wholeNumber(field[at + 2..<at + 4], isLittle: isLittle)
      let length = wholeNumber(field[at + 4..<at + 4 + offsetSize], isLittle: isLittle)
      let value = offset + countSize + i * entrySize + 4 + offsetSize
      let isInside = length >= 0 && length <= offsetSize && length * (Self.sizes[type] ?? 1) <= offsetSize
      let place = isInside ? value : wholeNumber(field[(at + 4 + offsetSize)...].prefix(offsetSize), isLittle: isLittle)
      let tag = wholeNumber(field[at..<at + 2], isLittle: isLittle)
      if entries[tag] == nil { entries[tag] = Entry(type: type, count: length, place: place) }
    }
    // The last directory of a cut file may lack what follows its entries.
    let next = try number(at: offset + countSize + entrySize * count, count: offsetSize) ?? 0
    return Directory(entries: entries, next: next)
  }

  /// The whole numbers under a tag, at most `most` of them; none where the tag is missing or holds something else.
  func numbers(_ tag: Int, in directory: Directory, most: Int = 1) throws(ImageFault) -> [Int] {
    guard let entry = directory.entries[tag], let width = Self.sizes[entry.type], entry.count > 0 else { return [] }
    var numbers: [Int] = []
    for i in 0..<min(entry.count, most) {
      guard entry.place <= size, let value = try number(at: entry.place + i * width, count: width) else { break }
      numbers.append(value)
    }
    return numbers
  }

  /// Bytes that a whole number takes, by its type: BYTE, SHORT, LONG, IFD, LONG8, IFD8.
  private static let sizes = [1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8]

  private func number(at offset: Int, count: Int) throws(ImageFault) -> Int? {
    guard offset >= 0 && offset <= size - count else { return nil }
    let bytes = try source.bytes(at: start + offset, count: count)
    return bytes.count == count ? wholeNumber(bytes[...], isLittle: isLittle) : nil
  }
}

/// A number of up to 8 bytes; one beyond `Int` is negative.
private func wholeNumber(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> Int {
  isLittle ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : bytes.reduce(0) { $0 << 8 | Int($1) }
}
