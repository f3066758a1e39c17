import Glibc

/// Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it. Its folder is
/// there already; links on the way to that are followed.
///
/// After an error the old file, if there was one, is untouched, and no temporary file is left.
public func writeFile(_ bytes: [UInt8], to path: String) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  guard path.utf8.last != UInt8(ascii: "/") else {
    throw FileError(path: path, reason: pathKind(path) == .folder ? .notAFile : .notAFolder)
  }
  do throws(FileError) {
    try TrustedFolder(parentFolder(of: path)).write(bytes, at: [fileName(of: path)])
  } catch { throw error.at(path) }
}

/// Writes text as UTF-8, whole or not at all.
public func writeFile(_ text: String, to path: String) throws(FileError) {
  try writeFile([UInt8](text.utf8), to: path)
}

/// Adds bytes at the end of a file that several programs add to at once, made for this user alone where it is missing.
///
/// A single write to a file opened for appending is not interleaved with another program's; a lock holds where more than
/// one is needed. Nobody is waited for longer than half a second, and only regular files are written to.
///
/// - Parameter lineEnd: what the file is to end with before; it is put in where somebody's write was cut off.
public func appendToFile(_ path: String, _ bytes: [UInt8], after lineEnd: UInt8) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
  guard descriptor >= 0 else { throw FileError(path: path, errorNumber: errno) }
  defer { close(descriptor) }
  var facts = stat()
  guard fstat(descriptor, &facts) == 0, PathKind(mode: facts.st_mode) == .file else {
    throw FileError(path: path, reason: .notAFile)
  }
  var triesLeft = 100
  while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR, triesLeft > 0 {
    usleep(5_000)
    triesLeft -= 1
  }
  var last = lineEnd
  let length = lseek(descriptor, 0, SEEK_END)
  if length > 0, pread(descriptor, &last, 1, length - 1) != 1 { throw FileError(path: path, errorNumber: errno) }
  let failure = writeBytes((last == lineEnd ? [] : [lineEnd]) + bytes, to: descriptor)
  guard failure == 0 else { throw FileError(path: path, errorNumber: failure) }
}
