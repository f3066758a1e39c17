import Synchronization

/// Everything that a piece of work learns from the file system through this module: which files it opened, which folders it
/// listed, where it looked whether something is there. The work depends on that and on no other file.
public final class FileTrace: Sendable {
  /// What was found at a path when it was looked at.
  public enum Finding: Hashable, Sendable {
    /// `nil` where nothing stands there.
    case kind(PathKind?)
    /// The names in a folder, with what each is, sorted.
    case listing([String])
    /// A file's bytes were read, of this stamp.
    case contents(FileStamp)
  }

  /// A path by its bytes: two spellings of one name may be two files.
  private struct Place: Hashable {
    let bytes: [UInt8]
    let look: Int
  }

  /// The trace that notes what the running task does.
  @TaskLocal static var current: FileTrace?

  private let findings = Mutex<[Place: Finding]>([:])

  public init() {}

  /// Notes what `body` looks at, on the thread that it runs on.
  public func noting<Result, Mistake: Error>(_ body: () throws(Mistake) -> Result) throws(Mistake) -> Result {
    let outcome: Swift.Result<Result, Mistake> = Self.$current.withValue(self) {
      do throws(Mistake) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  /// What was found, by path: the first time that it was looked at, since it may have been written after that.
  public var noted: [(path: String, finding: Finding)] {
    findings.withLock { $0.map { (path: String(decoding: $0.key.bytes, as: UTF8.self), finding: $0.value) } }
  }

  /// Whether anything was looked at there.
  public func hasNoted(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    return findings.withLock { findings in (0..<3).contains { findings[Place(bytes: bytes, look: $0)] != nil } }
  }

  static func note(_ finding: @autoclosure () -> Finding, at path: String) {
    guard let current else { return }
    let finding = finding()
    let place = Place(bytes: Array(path.utf8), look: finding.look)
    current.findings.withLock { if $0[place] == nil { $0[place] = finding } }
  }
}

extension FileTrace.Finding {
  fileprivate var look: Int {
    switch self {
    case .kind: 0
    case .listing: 1
    case .contents: 2
    }
  }
}
