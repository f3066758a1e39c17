import Glibc

/// Why a file could not be read or written.
public enum FileError: Error, Sendable, Hashable {
  case notFound(path: String)
  case notAFile(path: String)
  case tooLarge(path: String, bytes: Int, largest: Int)
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
}

extension FileError {
  public var code: String {
    switch self {
    case .notFound: "file-not-found"
    case .notAFile: "not-a-file"
    case .tooLarge: "file-too-large"
    case .unreadable: "file-unreadable"
    case .unwritable: "file-unwritable"
    }
  }

  public var message: String {
    switch self {
    case .notFound(let path): "there is no file \(path)"
    case .notAFile(let path): "\(path) is not a file"
    case .tooLarge(let path, let bytes, let largest): "\(path) has \(bytes) bytes; at most \(largest) are read"
    case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
    }
  }

  public var hint: String? { nil }
}

/// Files read and written whole, through the C library.
public enum WholeFile {
  /// Files above this many bytes are refused before memory is taken: 4 GiB, thirty times the largest network.
  public static let largest = 4 << 30

  /// The bytes of the regular file at `path`.
  public static func read(_ path: String, largest: Int = largest) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .notFound(path: path) : .unreadable(path: path, reason: lastErrorText())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: lastErrorText()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard status.st_size <= largest else { throw .tooLarge(path: path, bytes: status.st_size, largest: largest) }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(status.st_size)
    let size = chunkSize
    var chunk = [UInt8](repeating: 0, count: size)
    while true {
      let count = Glibc.read(descriptor, &chunk, size)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: path, reason: lastErrorText()) }
      if count == 0 { return bytes }
      // The file may have grown since its size was asked.
      guard bytes.count + count <= largest else {
        throw .tooLarge(path: path, bytes: bytes.count + count, largest: largest)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Puts `bytes` at `path`, in one piece or not at all: they are written to a temporary file in the same folder,
  /// forced to the disk, and renamed over what was there.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let (descriptor, temporary) = try temporaryFile(beside: path)
    do {
      try fill(descriptor, with: bytes, path: path)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    // A full disk may show only now.
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let reason = lastErrorText()
      unlink(temporary)
      throw .unwritable(path: path, reason: reason)
    }
    synchronizeFolder(of: path)
  }

  private static func temporaryFile(beside path: String) throws(FileError) -> (descriptor: Int32, path: String) {
    let (folder, name) = split(path)
    for attempt in 0..<100 {
      let temporary = "\(folder)/.\(name).\(getpid())-\(attempt).tmp"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { break }
    }
    throw .unwritable(path: path, reason: lastErrorText())
  }

  private static func fill(_ descriptor: Int32, with bytes: [UInt8], path: String) throws(FileError) {
    var position = 0
    while position < bytes.count {
      let chunk = Array(bytes[position..<min(position + chunkSize, bytes.count)])
      let count = Glibc.write(descriptor, chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path: path, reason: lastErrorText()) }
      position += count
    }
    guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: lastErrorText()) }
  }

  /// Makes the rename itself survive a power cut, where the file system can.
  private static func synchronizeFolder(of path: String) {
    let descriptor = open(split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

  private static func lastErrorText() -> String { String(cString: strerror(errno)) }

  private static let chunkSize = 1 << 20
}
