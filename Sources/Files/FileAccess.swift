import Glibc

// The one file that talks to the operating system about files; its pointers stay here.

/// Why a file or folder could not be read or written.
public struct FileError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case missing, notAFile, notAFolder, notPermitted, diskFull, badPath
    /// More bytes than `limit`.
    case tooLarge(limit: Int)
    /// Whatever else the system said.
    case failed(String)
  }
  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public var code: String {
    switch reason {
    case .missing: "file-missing"
    case .notAFile: "not-a-file"
    case .notAFolder: "not-a-folder"
    case .notPermitted: "permission-denied"
    case .diskFull: "disk-full"
    case .badPath: "bad-path"
    case .tooLarge: "file-too-large"
    case .failed: "file-failed"
    }
  }

  public var message: String {
    switch reason {
    case .missing: "\(path): no such file or folder"
    case .notAFile: "\(path) is not a file"
    case .notAFolder: "\(path) is not a folder"
    case .notPermitted: "\(path): permission denied"
    case .diskFull: "\(path): the disk is full"
    case .badPath: "the path is empty or holds a NUL byte"
    case .tooLarge(let limit): "\(path) is larger than \(limit >> 20) MiB"
    case .failed(let words): "\(path): \(words)"
    }
  }

  public var hint: String? { nil }

  /// What the system's error number means for `path`.
  init(path: String, errorNumber: Int32) {
    self.path = path
    self.reason =
      switch errorNumber {
      case ENOENT: .missing
      case EISDIR: .notAFile
      case ENOTDIR: .notAFolder
      case EACCES, EPERM, EROFS: .notPermitted
      case ENOSPC, EDQUOT: .diskFull
      default: .failed(String(cString: strerror(errorNumber)))
      }
  }
}

/// What stands at a path.
public enum PathKind: Sendable, Hashable {
  case file, folder, other
}

/// What stands at `path`, links followed; `nil` when there is nothing, or nothing that can be seen.
public func pathKind(_ path: String) -> PathKind? {
  var facts = stat()
  guard isUsable(path), stat(path, &facts) == 0 else { return nil }
  return switch facts.st_mode & S_IFMT {
  case S_IFREG: .file
  case S_IFDIR: .folder
  default: .other
  }
}

/// The working folder; the root where it has gone.
public func workingFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "/" }
  defer { free(path) }
  return String(cString: path)
}

/// The path with all links followed; `nil` where nothing is there.
public func resolvedPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The bytes of a regular file, at most `limit` of them: a longer file is refused before memory is asked for.
public func readFile(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
  let (descriptor, size) = try openForReading(path)
  defer { close(descriptor) }
  guard size <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
  return try readBytes(descriptor, count: size, path: path)
}

/// The first bytes of a regular file, at most `count`, and the file's whole size.
public func readFileStart(_ path: String, count: Int) throws(FileError) -> (bytes: [UInt8], size: Int) {
  let (descriptor, size) = try openForReading(path)
  defer { close(descriptor) }
  return (try readBytes(descriptor, count: min(size, count), path: path), size)
}

/// A regular file of which parts are read, for those who need little of it.
public final class OpenFile {
  private let path: String
  private let descriptor: Int32
  /// In bytes, when it was opened.
  public let size: Int

  public init(_ path: String) throws(FileError) {
    self.path = path
    (descriptor, size) = try openForReading(path)
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from `offset` on: fewer where the file ends, none behind its end.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    guard offset >= 0, offset < size, count > 0 else { return [] }
    guard lseek(descriptor, offset, SEEK_SET) == offset else { throw FileError(path: path, errorNumber: errno) }
    return try readBytes(descriptor, count: min(count, size - offset), path: path)
  }
}

/// Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it.
///
/// After an error the old file, if there was one, is untouched, and no temporary file is left.
public func writeFile(_ bytes: [UInt8], to path: String) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  guard pathKind(path) != .folder else { throw FileError(path: path, reason: .notAFile) }
  try passingGate(path) { () throws(FileError) in try replaceFile(bytes, at: path) }
}

private func replaceFile(_ bytes: [UInt8], at path: String) throws(FileError) {
  let temporary = temporaryPath(beside: path)
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw FileError(path: path, errorNumber: errno) }
  var failure: Int32 = writeBytes(bytes, descriptor)
  if failure == 0 && fsync(descriptor) != 0 { failure = errno }
  if close(descriptor) != 0 && failure == 0 { failure = errno }
  if failure == 0 && rename(temporary, path) != 0 { failure = errno }
  guard failure == 0 else {
    unlink(temporary)
    throw FileError(path: path, errorNumber: failure)
  }
  flushFolder(of: path)
}

/// Writes text as UTF-8, whole or not at all.
public func writeFile(_ text: String, to path: String) throws(FileError) {
  try writeFile([UInt8](text.utf8), to: path)
}

/// Makes a folder and those above it; one that is there already is fine.
///
/// - Parameter mode: who may do what with those that are made, less the umask.
public func makeFolder(_ path: String, mode: UInt32 = 0o777) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  if pathKind(path) == .folder { return }
  let above = parentFolder(of: path)
  if above != path && pathKind(above) == nil { try makeFolder(above, mode: mode) }
  guard mkdir(path, mode) == 0 || (errno == EEXIST && pathKind(path) == .folder) else {
    throw FileError(path: path, errorNumber: errno == EEXIST ? ENOTDIR : errno)
  }
}

/// Whether the system can be asked about a path at all.
func isUsable(_ path: String) -> Bool {
  !path.isEmpty && !path.utf8.contains(0)
}

private func openForReading(_ path: String) throws(FileError) -> (descriptor: Int32, size: Int) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  // Without O_NONBLOCK, opening a named pipe would wait for a writer.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw FileError(path: path, errorNumber: errno) }
  var facts = stat()
  guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
    close(descriptor)
    throw FileError(path: path, reason: .notAFile)
  }
  return (descriptor, Int(facts.st_size))
}

private func readBytes(_ descriptor: Int32, count: Int, path: String) throws(FileError) -> [UInt8] {
  var failure: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count {
      let got = read(descriptor, buffer.baseAddress! + filled, count - filled)
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

/// Writes everything; 0, or the system's error number.
private func writeBytes(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var written = 0
    while written < buffer.count {
      let count = write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// A name no other process uses, in the same folder so that renaming stays on one disk.
private func temporaryPath(beside path: String) -> String {
  let stamp = UInt64.random(in: 0...UInt64.max)
  return joinPath(parentFolder(of: path), ".\(fileName(of: path).prefix(100)).\(String(stamp, radix: 36)).part")
}

/// Makes the renaming itself durable; a file system that cannot do so is not worth an error.
private func flushFolder(of path: String) {
  let descriptor = open(parentFolder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
