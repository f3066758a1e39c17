import Synchronization

/// What stands at a path before anything runs, as far as whoever runs programs lets them see.
public enum PathFinding: Sendable, Hashable {
  /// Nothing, or nothing that the program may read; `near` is a path that may be meant.
  case missing(near: String? = nil)
  /// A file or folder at this place, from the root.
  case found(String)
  /// The path is not known yet.
  case unknown
}

/// Before the names of what comes with the program, where a path is asked for: it is no file of the user's.
public let builtinPrefix = "builtin:"

/// The files that a check may look at.
struct CheckedFiles {
  let locate: (String) -> PathFinding
  var written: WrittenFiles
  let notes: CheckNotes

  /// What is wrong with a path at which nothing will be when the program reads it.
  func problem(of path: String) -> CallProblem? {
    guard !path.hasPrefix(builtinPrefix), !written.isAnywhere, !written.covers(path),
      case .missing(let near) = locate(path)
    else { return nil }
    return .missingPath(path, near: near)
  }
}

/// The files that statements write, by the path in the program's words.
struct WrittenFiles: Sendable {
  /// By the path in its shortest form: what is known of the value in it.
  private var values: [String: Known] = [:]
  /// Whether something is written at a path that isn't known.
  private(set) var isAnywhere = false

  var count: Int { values.count }

  mutating func note(_ path: String?, _ value: Known) {
    guard let path else { return isAnywhere = true }
    values[Self.plain(path)] = value
  }

  subscript(path: String) -> Known? { values[Self.plain(path)] }

  /// Whether a statement writes at the path, above it or below it.
  func covers(_ path: String) -> Bool {
    if values.isEmpty { return false }
    let plain = Self.plain(path)
    return values.keys.contains { $0 == plain || plain.hasPrefix($0 + "/") || $0.hasPrefix(plain + "/") }
  }

  /// `./a//b/` → `a/b`.
  private static func plain(_ path: String) -> String {
    (path.hasPrefix("/") ? "/" : "") + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}

/// What checks have found out so far about files, and how much they have read: kept while programs are checked one after
/// the other.
public final class CheckNotes: Sendable {
  private let values = Mutex<[String: any Sendable]>([:])
  private let spent = Mutex(0)

  init() {}

  func remembered<T: Sendable>(_ key: String, _ compute: (CheckNotes) -> T) -> T {
    if let known = values.withLock({ $0[key] }) as? T { return known }
    let value = compute(self)
    values.withLock { $0[key] = value }
    return value
  }

  /// Takes up to `count` of what all checks together may read; the unit is the caller's.
  public func take(_ count: Int, outOf limit: Int) -> Int {
    spent.withLock { spent in
      let taken = min(count, max(0, limit - spent))
      spent += taken
      return taken
    }
  }
}
