import Glibc

extension TrustedFolder {
  /// Writes a file a way below, whole or not at all: a temporary file beside it, flushed to the disk, then renamed over
  /// it. Folders on the way are made.
  ///
  /// After an error the old file, if there was one, is untouched, and no temporary file is left.
  ///
  /// - Parameters:
  ///   - mayReplace: whether a file that is there may be replaced.
  ///   - isFlushed: whether to wait until it is on the disk; not where its reader finds out that it isn't whole.
  /// - Throws: `file-exists` where it may not; `outside-output-folder` where the way goes through a link or ends at one, `not-a-file` where it ends at a
  ///   folder, a pipe or a device.
  public func write(_ bytes: [UInt8], at names: [String], mayReplace: Bool = true, isFlushed: Bool = true)
    throws(FileError)
  {
    precondition(!names.isEmpty, "a file has a name")
    try Self.check(names[names.count - 1])
    let way = names.joined(separator: "/")
    guard let folder = try folder(names.dropLast(), isMade: names.count > 1) else {
      throw FileError(path: way, reason: .missing)
    }
    try passingGate(way) { () throws(FileError) in
      try folder.put(
        bytes, as: names[names.count - 1], mayReplace: mayReplace, isFlushed: isFlushed, shown: way)
    }
  }

  private func put(_ bytes: [UInt8], as name: String, mayReplace: Bool, isFlushed: Bool, shown path: String)
    throws(FileError)
  {
    let folder = try descriptor()
    switch kind(of: name) {
    case nil: break
    case .file where mayReplace: break
    case .file: throw FileError(path: path, reason: .exists)
    case .link: throw FileError(path: path, reason: .link)
    case .folder, .other: throw FileError(path: path, reason: .notAFile)
    }
    sweepFiles()
    let (temporary, descriptor) = try temporaryFile(for: name, shown: path)
    // Held to the end: whoever finds the file unlocked may remove it.
    defer { close(descriptor) }
    var failure = writeBytes(bytes, to: descriptor)
    if failure == 0 && isFlushed && fsync(descriptor) != 0 { failure = errno }
    if failure == 0 && mayReplace && renameat(folder, temporary, folder, name) != 0 { failure = errno }
    // Somebody may have put a file there meanwhile.
    if failure == 0 && !mayReplace && !rename(temporary, toFree: name) { failure = EEXIST }
    guard failure == 0 else {
      unlinkat(folder, temporary, 0)
      throw FileError(path: path, errorNumber: failure)
    }
    // Makes the renaming itself durable; a file system that cannot do so is not worth an error.
    if isFlushed { fsync(folder) }
  }

  /// A new file that nobody else has, locked.
  private func temporaryFile(for name: String, shown path: String) throws(FileError) -> (name: String, Int32) {
    let folder = try descriptor()
    while true {
      let temporary = Leftover.name(for: name)
      let descriptor = openat(folder, temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw FileError(path: path, errorNumber: errno) }
      if Leftover.isLocked(descriptor), facts(of: temporary) != nil { return (temporary, descriptor) }
      // Somebody has taken it for a leftover before it was locked.
      close(descriptor)
      unlinkat(folder, temporary, 0)
    }
  }
}
