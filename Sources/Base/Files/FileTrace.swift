import Synchronization

/// Everything that a piece of work learns from the file system through this module: which files it opened, which folders it
/// listed, where it looked whether something is there. The work depends on that and on no other file.
public final class FileTrace: Sendable {
  public enum Look: Hashable, Sendable {
    /// What stands at a path, if anything.
    case kind
    /// The names in a folder, with what each is.
    case listing
    /// A file's bytes.
    case contents
  }

  /// The trace that notes what the running task does.
  @TaskLocal static var current: FileTrace?

  private let looks = Mutex<[String: [Look: FileStamp?]]>([:])

  public init() {}

  /// Notes what `body` looks at, on the thread that it runs on.
  public func noting<Result, Mistake: Error>(_ body: () throws(Mistake) -> Result) throws(Mistake) -> Result {
    let outcome: Swift.Result<Result, Mistake> = Self.$current.withValue(self) {
      do throws(Mistake) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  /// What was looked at, by path; of a file whose bytes were read, the stamp that it had then.
  public var noted: [(path: String, look: Look, stamp: FileStamp?)] {
    looks.withLock { looks in
      looks.flatMap { path, looks in looks.map { (path: path, look: $0.key, stamp: $0.value) } }
    }
  }

  /// Whether anything was looked at there.
  public func hasNoted(_ path: String) -> Bool { looks.withLock { $0[path] != nil } }

  static func note(_ look: Look, at path: String, stamp: FileStamp? = nil) {
    guard let current else { return }
    current.looks.withLock { looks in
      // The first look counts: what was read later may have been written meanwhile.
      if looks[path]?[look] == nil { looks[path, default: [:]][look] = .some(stamp) }
    }
  }
}
