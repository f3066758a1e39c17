import Glibc
import Synchronization

/// Temporary files and folders that are left where a program was killed: `.NAME.STAMP.part`.
///
/// Whoever works on one holds a lock on it, which the system lets go when the program ends, however it ends and wherever
/// it ran. So one whose lock can be taken is nobody's any more. Numbers of processes would prove nothing: in a container
/// others have them.
enum Leftover {
  private static let stampLength = 13

  /// A name that no other program uses; in the same folder, so that renaming stays on one disk.
  static func name(for name: String) -> String {
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let stamp = String(repeating: "0", count: stampLength - digits.count) + digits
    return ".\(clipped(name)).\(stamp).part"
  }

  /// Whether a name is of this form; of the given file or folder, where one is given.
  static func isName(_ name: String, for owner: String? = nil) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".part") else { return false }
    let parts = name.dropFirst().dropLast(".part".count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let stamp = parts.last, stamp.utf8.count == stampLength,
      stamp.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
    else { return false }
    return owner.map { parts.dropLast().joined(separator: ".") == clipped($0) } ?? true
  }

  /// So that the name with its stamp is no longer than names may be.
  private static func clipped(_ name: String) -> String {
    String(decoding: name.utf8.prefix(200), as: UTF8.self)
  }

  /// Takes the lock of what is open.
  ///
  /// - Returns: false where somebody else has it. A file system without locks lets everybody work, and nobody sweep.
  static func isLocked(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno != EINTR { return errno != EWOULDBLOCK }
    }
    return true
  }

  /// Takes the lock of what is open where that proves that nobody works on it.
  fileprivate static func isAbandoned(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}

/// The folders that this program has swept, by place, disk and number: a number alone comes back when a folder has gone.
private let sweptFolders = Mutex<Set<String>>([])

extension TrustedFolder {
  /// Removes the temporary files that killed programs have left in it; once a program, so that writing many files stays
  /// cheap.
  func sweepFiles() {
    var own = stat()
    guard let folder = try? descriptor(), fstat(folder, &own) == 0 else { return }
    let identity = "\(own.st_dev) \(own.st_ino) \(path)"
    if sweptFolders.withLock({ $0.insert(identity).inserted }) { removeLeftovers() }
  }

  /// Removes the temporary files that nobody is writing any more.
  func removeLeftovers() {
    guard let folder = try? descriptor() else { return }
    for name in (try? names()) ?? [] where Leftover.isName(name) {
      let file = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      var facts = stat()
      if fstat(file, &facts) == 0, PathKind(mode: facts.st_mode) == .file, facts.st_uid == geteuid(),
        facts.st_nlink == 1, Leftover.isAbandoned(file)
      {
        unlinkat(folder, name, 0)
      }
    }
  }

  /// A new folder in it under a temporary name, locked for as long as it is open.
  public func temporaryFolder(for name: String) throws(FileError) -> (name: String, folder: TrustedFolder) {
    while true {
      let temporary = Leftover.name(for: name)
      guard mkdirat(try descriptor(), temporary, 0o777) == 0 else {
        throw FileError(path: joinPath(path, temporary), errorNumber: errno)
      }
      // Between these lines somebody may take it for a leftover.
      if let folder = try folder([temporary]), Leftover.isLocked(try folder.descriptor()), kind(of: temporary) != nil {
        return (temporary, folder)
      }
    }
  }

  /// Gives a folder in it a temporary name, and locks it for as long as it is open.
  public func moveAside(_ name: String) throws(FileError) -> (name: String, folder: TrustedFolder) {
    guard let folder = try folder([name]) else { throw FileError(path: name, reason: .missing) }
    _ = Leftover.isLocked(try folder.descriptor())
    let temporary = Leftover.name(for: name)
    try rename(name, to: temporary)
    return (temporary, folder)
  }

  /// The temporary folders for a name that killed programs of this user have left in it, each locked for as long as it is
  /// open.
  public func abandonedFolders(for name: String) throws(FileError) -> [(name: String, folder: TrustedFolder)] {
    try names().filter { Leftover.isName($0, for: name) && kind(of: $0) == .folder }.compactMap { leftover in
      guard facts(of: leftover)?.st_uid == geteuid(), let folder = try? folder([leftover]),
        let descriptor = try? folder.descriptor(),
        Leftover.isAbandoned(descriptor)
      else { return nil }
      return (leftover, folder)
    }
  }
}
