import Glibc

/// What the system says of a file without reading it. Any change of its bytes changes the stamp, unless it is made within the
/// clock's resolution of the last one.
public struct FileStamp: Sendable, Hashable, Codable {
  let device, number: Int
  public let size: Int
  /// Nanoseconds since 1970 of the last change of its bytes, and of anything about it, which no program can set; of times far
  /// away only something that is the same for the same time.
  public let modified, changed: Int

  init(_ facts: stat) {
    device = Int(bitPattern: UInt(facts.st_dev))
    number = Int(bitPattern: UInt(facts.st_ino))
    size = Int(facts.st_size)
    modified = facts.st_mtim.tv_sec &* 1_000_000_000 &+ facts.st_mtim.tv_nsec
    changed = facts.st_ctim.tv_sec &* 1_000_000_000 &+ facts.st_ctim.tv_nsec
  }

  /// Of a regular file, links followed.
  public init?(ofFile path: String) {
    var facts = stat()
    guard isUsable(path), stat(path, &facts) == 0, PathKind(mode: facts.st_mode) == .file else { return nil }
    self.init(facts)
  }

  /// Whether the file had been left alone for so long, at a time, that a later change has another stamp.
  public func isSettled(at nanoseconds: Int) -> Bool { max(modified, changed) < nanoseconds - 2_000_000_000 }
}

/// Nanoseconds since 1970.
public func systemTime() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
