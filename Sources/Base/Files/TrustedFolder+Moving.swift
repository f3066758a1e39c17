import CFiles
import Glibc

extension TrustedFolder {
  /// Gives what is in it another name; an empty folder of that name is replaced.
  public func rename(_ name: String, to other: String) throws(FileError) {
    try Self.check(name)
    try Self.check(other)
    let folder = try descriptor()
    guard renameat(folder, name, folder, other) == 0 else { throw FileError(path: other, errorNumber: errno) }
  }

  /// Gives what is in it another name, if that is free.
  public func rename(_ name: String, toFree other: String) -> Bool {
    guard let folder = try? descriptor(), (try? Self.check(other)) != nil else { return false }
    if files_rename_to_free(folder, name, other) == 0 { return true }
    // A file system that knows no such renaming.
    guard errno == EINVAL || errno == ENOSYS, kind(of: other) == nil else { return false }
    return renameat(folder, name, folder, other) == 0
  }

  /// Lets two names change places in one step, where the file system can.
  public func exchange(_ name: String, with other: String) -> Bool {
    guard let folder = try? descriptor() else { return false }
    return files_exchange(folder, name, other) == 0
  }

  /// Removes a file a way below; one that is not there is fine.
  public func removeFile(at names: [String]) throws(FileError) {
    try names.last.map(Self.check)
    guard let name = names.last, let folder = try folder(names.dropLast()) else { return }
    guard unlinkat(try folder.descriptor(), name, 0) == 0 || errno == ENOENT else {
      throw FileError(path: names.joined(separator: "/"), errorNumber: errno)
    }
  }

  /// Removes a folder a way below if nothing is in it, but for files that killed programs were writing.
  ///
  /// - Returns: whether it is gone.
  @discardableResult
  public func removeFolderIfEmpty(at names: [String]) throws(FileError) -> Bool {
    try names.last.map(Self.check)
    guard let name = names.last, let folder = try folder(names.dropLast()) else { return true }
    let descriptor = try folder.descriptor()
    func isGone() -> Bool { unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT }
    if isGone() { return true }
    (try? folder.folder([name]))?.removeLeftovers()
    return isGone()
  }

  /// Removes a file, or a folder with all that is in it; links are removed, not followed.
  public func removeTree(_ name: String) throws(FileError) {
    try Self.check(name)
    guard let kind = kind(of: name) else { return }
    if kind == .folder, let folder = try folder([name]) {
      for inner in try folder.names() {
        do throws(FileError) { try folder.removeTree(inner) } catch { throw error.at(joinPath(name, error.path)) }
      }
    }
    guard unlinkat(try descriptor(), name, kind == .folder ? AT_REMOVEDIR : 0) == 0 || errno == ENOENT else {
      throw FileError(path: name, errorNumber: errno)
    }
  }

  /// Sets the time of a file's last change to now.
  public func touch(_ names: [String]) {
    guard let name = names.last, (try? Self.check(name)) != nil, let folder = try? folder(names.dropLast()),
      let descriptor = try? folder.descriptor()
    else { return }
    utimensat(descriptor, name, nil, AT_SYMLINK_NOFOLLOW)
  }
}
