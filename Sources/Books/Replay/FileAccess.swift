import Glibc
import Language

/// What the operating system refused, in the words of a coded error.
public struct BookFileError: CodedError {
  public let code: String
  public let message: String
  public let hint: String?

  public init(_ code: String, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// From `errno` of the call that has just failed.
  static func system(_ code: String, _ what: String, number: Int32 = errno) -> BookFileError {
    BookFileError(code, "\(what): \(reason(number))")
  }

  private static func reason(_ number: Int32) -> String {
    switch number {
    case ENOENT: "there is no such file or folder"
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "the disk is full"
    case EISDIR: "it is a folder"
    case ENOTDIR: "a part of the path is no folder"
    case ENAMETOOLONG: "the name is too long"
    case EROFS: "the file system is read-only"
    case ELOOP: "too many symbolic links"
    default: "system error \(number)"
    }
  }
}

/// What stands at a path, links followed.
package enum FileKind: Sendable { case file, folder, other }

package func kindOfFile(at path: String) -> FileKind? {
  var status = stat()
  guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  default: return .other
  }
}

/// The bytes of a regular file of at most `limit` bytes.
package func readFile(_ path: String, limit: Int) throws(BookFileError) -> [UInt8] {
  guard !path.utf8.contains(0) else { throw BookFileError("path-invalid", "a path cannot have a NUL byte") }
  switch kindOfFile(at: path) {
  case nil: throw BookFileError.system("file-not-found", path)
  case .file: break
  case .folder: throw BookFileError("file-is-folder", "\(path) is a folder")
  case .other: throw BookFileError("file-not-regular", "\(path) is no regular file")
  }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw BookFileError.system("file-unreadable", path) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &block, block.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw BookFileError.system("file-unreadable", path) }
    if count == 0 { return bytes }
    bytes += block[..<count]
    guard bytes.count <= limit else {
      throw BookFileError("file-too-large", "\(path) is larger than \(limit >> 20) MiB")
    }
  }
}

/// Writes a whole file and makes sure that it is on the disk.
package func writeFile(_ path: String, _ bytes: [UInt8]) throws(BookFileError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
  guard descriptor >= 0 else { throw BookFileError.system("file-unwritable", path) }
  defer { close(descriptor) }
  var written = 0
  while written < bytes.count {
    let count = write(
      descriptor, Array(bytes[written..<min(written + (1 << 20), bytes.count)]), min(1 << 20, bytes.count - written))
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { throw BookFileError.system("file-unwritable", path) }
    written += count
  }
  guard fsync(descriptor) == 0 else { throw BookFileError.system("file-unwritable", path) }
}

/// The names in a folder, sorted by their bytes, without `.` and `..`.
package func namesInFolder(_ path: String) throws(BookFileError) -> [String] {
  guard let folder = opendir(path) else { throw BookFileError.system("folder-unreadable", path) }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = entry.pointee.d_name
    let bytes = withUnsafeBytes(of: name) { Array($0.prefix { $0 != 0 }) }
    let text = String(decoding: bytes, as: UTF8.self)
    if text != "." && text != ".." { names.append(text) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Makes a folder and those above it.
package func makeFolder(_ path: String) throws(BookFileError) {
  if kindOfFile(at: path) == .folder { return }
  let parent = parentFolder(of: path)
  if parent != path { try makeFolder(parent) }
  guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw BookFileError.system("folder-unwritable", path) }
}

/// Removes a file, or a folder with all that is in it; links are removed, not followed.
package func removeTree(_ path: String) throws(BookFileError) {
  var status = stat()
  guard lstat(path, &status) == 0 else { return }
  if status.st_mode & S_IFMT == S_IFDIR {
    for name in try namesInFolder(path) { try removeTree(path + "/" + name) }
    guard rmdir(path) == 0 else { throw BookFileError.system("folder-unwritable", path) }
  } else {
    guard unlink(path) == 0 else { throw BookFileError.system("file-unwritable", path) }
  }
}
