import Glibc

/// The bytes of a regular file, at most `limit` of them: a longer file is refused before memory is asked for.
public func readFile(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
  try OpenFile(path).all(limit: limit)
}

/// The first bytes of a regular file, at most `count`, and the file's whole size.
public func readFileStart(_ path: String, count: Int) throws(FileError) -> (bytes: [UInt8], size: Int) {
  let file = try OpenFile(path)
  return (try file.bytes(at: 0, count: count), file.size)
}

/// A regular file of which parts are read, for those who need little of it.
///
/// No other kind of file is opened: a named pipe, a terminal or a device could keep its reader waiting for ever.
public final class OpenFile {
  private let path: String
  private let descriptor: Int32
  /// In bytes, when it was opened.
  public let size: Int
  /// When it was opened.
  public let stamp: FileStamp

  public convenience init(_ path: String) throws(FileError) {
    guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
    do throws(FileError) { try self.init(open(path, OpenFile.flags), path: path) } catch {
      FileTrace.note(.kind(pathKind(path)), at: path)
      throw error
    }
    FileTrace.note(.contents(stamp), at: path)
  }

  /// Without `O_NONBLOCK`, opening a named pipe would wait for a writer.
  static let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

  /// Takes over what `open` has answered.
  init(_ answer: Int32, path: String) throws(FileError) {
    guard answer >= 0 else { throw FileError(path: path, errorNumber: errno) }
    var facts = stat()
    guard fstat(answer, &facts) == 0, PathKind(mode: facts.st_mode) == .file else {
      close(answer)
      throw FileError(path: path, reason: .notAFile)
    }
    self.path = path
    descriptor = answer
    size = Int(facts.st_size)
    stamp = FileStamp(facts)
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from `offset` on: fewer where the file ends, none behind its end.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    guard offset >= 0, offset < size, count > 0 else { return [] }
    guard lseek(descriptor, offset, SEEK_SET) == offset else { throw FileError(path: path, errorNumber: errno) }
    return try read(min(count, size - offset))
  }

  /// The whole file; one of more than `limit` bytes is refused before memory is asked for.
  public func all(limit: Int) throws(FileError) -> [UInt8] {
    guard size <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
    return try bytes(at: 0, count: size)
  }

  private func read(_ count: Int) throws(FileError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + filled, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw FileError(path: path, errorNumber: failure) }
    return bytes
  }
}
