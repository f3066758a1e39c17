import Base

/// Bytes that are looked at in parts, in a file or in memory: probing and decoding walk over both by the same code.
///
/// A file is seen through a window of a few kilobytes, so that a walk along it costs few reads.
final class ByteSource {
  /// How many bytes there are.
  let size: Int
  private let fetch: (_ offset: Int, _ count: Int) throws(ImageFault) -> [UInt8]
  private var start = 0
  private var window: [UInt8]

  private static let windowSize = 1 << 12

  init(_ bytes: [UInt8]) {
    size = bytes.count
    window = bytes
    fetch = { (_, _) throws(ImageFault) in [] }
  }

  init(_ file: OpenFile) {
    size = file.size
    window = []
    fetch = { (offset, count) throws(ImageFault) in
      do throws(FileError) { return try file.bytes(at: offset, count: count) } catch { throw .file(error) }
    }
  }

  /// The byte at an offset; `nil` behind the end.
  func byte(at offset: Int) throws(ImageFault) -> UInt8? {
    guard offset >= 0 && offset < size else { return nil }
    if !(start..<start + window.count).contains(offset) {
      window = try fetch(offset, Self.windowSize)
      start = offset
    }
    // A file that shrinks while it is read ends early.
    return window.isEmpty ? nil : window[offset - start]
  }

  /// Up to `count` bytes from `offset` on: fewer where they end, none behind the end.
  func bytes(at offset: Int, count: Int) throws(ImageFault) -> [UInt8] {
    guard offset >= 0 && offset < size && count > 0 else { return [] }
    let end = offset + min(count, size - offset)
    if offset < start || end > start + window.count {
      window = try fetch(offset, max(Self.windowSize, end - offset))
      start = offset
    }
    return Array(window.dropFirst(offset - start).prefix(end - offset))
  }
}
