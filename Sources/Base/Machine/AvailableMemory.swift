import CFiles
import Glibc
import Synchronization

/// A need for memory that the machine cannot meet now.
public struct MemoryError: Error, Sendable, Hashable {
  /// What needs it: `training a U-Net`.
  public let what: String
  /// Bytes.
  public let needed, available: Int
  public let hint: String?

  public var code: String { "out-of-memory" }
  public var message: String {
    "\(what) would take \(Self.written(needed)) of memory, and \(Self.written(available)) can be had"
  }

  /// A number of bytes as people write it: `3.4 GiB`, `25 MiB`.
  public static func written(_ bytes: Int) -> String {
    let mebibytes = Double(max(0, bytes)) / 1_048_576
    if mebibytes < 1000 { return "\(Int(mebibytes.rounded())) MiB" }
    let tenths = Int((mebibytes / 102.4).rounded())
    return "\(tenths / 10).\(tenths % 10) GiB"
  }
}

/// The memory that this process may still take. Sizes are known before memory is asked for: an error there can be told
/// and lived with, while the system ends a process that takes more than there is.
public enum AvailableMemory {
  /// Left for everything that nobody asks for here, in bytes.
  private static let reserve = 192 << 20
  /// Smaller needs are not worth the question.
  private static let least = 1 << 20

  /// - Parameters:
  ///   - bytes: what will be taken at one time.
  ///   - what: in words, for the message.
  ///   - hint: what would need less.
  public static func require(
    bytes: Int, for what: @autoclosure () -> String, hint: @autoclosure () -> String? = nil
  ) throws(MemoryError) {
    guard bytes >= least else { return }
    func available() -> Int { max(0, min(ofSystem - reserve, ofOwnLimit)) }
    if bytes <= available() { return }
    memory_give_back()
    let available = available()
    guard bytes <= available else {
      throw MemoryError(what: what(), needed: bytes, available: available, hint: hint())
    }
  }

  /// Bytes: what the machine has free or can free, within the limits of the process and of the group it runs in, and
  /// within its own. Costs some reads of the system's tables, about 50 µs.
  public static var bytes: Int { min(ofSystem, ofOwnLimit) }

  private static var ofSystem: Int { min(ofMachine, ofProcess, ofGroup) }

  /// What the process may hold at one time, in bytes; 0 stands for no limit.
  private static let ownLimit = Atomic<Int>(0)

  /// Sets what the process may hold at one time, in bytes; `nil` for no limit of its own.
  public static func limit(to bytes: Int?) { ownLimit.store(max(0, bytes ?? 0), ordering: .relaxed) }

  /// What the process holds, if that is more than it may: both in bytes. Costs one read of a system table, about 5 µs.
  public static var excess: (held: Int, limit: Int)? {
    let limit = ownLimit.load(ordering: .relaxed)
    guard limit > 0, let before = held, before > limit else { return nil }
    memory_give_back()
    guard let held, held > limit else { return nil }
    return (held, limit)
  }

  /// Bytes of the process's pages in memory.
  public static var held: Int? {
    let pages = SystemTables.text(of: "/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return pages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  }

  private static var ofOwnLimit: Int {
    let limit = ownLimit.load(ordering: .relaxed)
    return limit > 0 ? limit - (held ?? 0) : .max
  }

  private static var ofMachine: Int {
    SystemTables.number(in: "/proc/meminfo", named: "MemAvailable:").map { $0 * 1024 } ?? .max
  }

  /// What `ulimit -v` leaves.
  private static var ofProcess: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < UInt(Int.max) else {
      return .max
    }
    let pages = SystemTables.text(of: "/proc/self/statm")?.split(separator: " ").first.flatMap { Int($0) } ?? 0
    return Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// What the control groups around this process leave, as a container or a service sets them.
  private static var ofGroup: Int {
    var least = Int.max
    for line in SystemTables.text(of: "/proc/self/cgroup")?.split(separator: "\n") ?? [] {
      // `0::/path` in the second version, `4:memory:/path` in the first.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[1] == "" || parts[1] == "memory" else { continue }
      let root = parts[1] == "" ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      var path = root + parts[2]
      while path.count >= root.count {
        least = min(least, left(inGroup: path, isFirstVersion: parts[1] == "memory"))
        path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
      }
    }
    return least
  }

  private static func left(inGroup path: String, isFirstVersion: Bool) -> Int {
    func number(_ name: String) -> Int? {
      SystemTables.text(of: "\(path)/\(name)").flatMap { Int($0.prefix { $0 != "\n" }) }
    }
    guard let limit = number(isFirstVersion ? "memory.limit_in_bytes" : "memory.max"), limit < 1 << 60,
      let used = number(isFirstVersion ? "memory.usage_in_bytes" : "memory.current")
    else { return .max }
    // Files that were read lie in memory only as long as nobody needs it.
    let files = SystemTables.number(
      in: "\(path)/memory.stat", named: isFirstVersion ? "total_inactive_file " : "inactive_file ")
    return limit - used + (files ?? 0)
  }
}
