import Glibc

/// What the machine computes with, as the records of a run name it.
public enum Processor {
  /// The model, in the system's words; `unknown` where the system says nothing.
  public static var model: String {
    for line in SystemTables.text(of: "/proc/cpuinfo", atMost: 1 << 14)?.split(separator: "\n") ?? [] {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.split(whereSeparator: \.isWhitespace) }
      guard parts.count == 2, names.contains(parts[0].joined(separator: " ")) else { continue }
      return parts[1].joined(separator: " ")
    }
    return "unknown"
  }

  /// Processors that are switched on.
  public static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Those of them that this process may run on.
  public static var usableCount: Int {
    let mark = "Cpus_allowed_list:"
    let lines = SystemTables.text(of: "/proc/self/status")?.split(separator: "\n") ?? []
    // As `0-3,8`.
    let parts = lines.first { $0.hasPrefix(mark) }?.dropFirst(mark.count).split { !$0.isNumber && $0 != "-" } ?? []
    let counts = parts.map { part -> Int in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      return ends.isEmpty ? 0 : ends[ends.count - 1] - ends[0] + 1
    }
    return counts.isEmpty ? count : counts.reduce(0, +)
  }

  /// What it is called on one kind of processor or another.
  private static let names: Set<String> = ["model name", "Hardware", "Model"]
}

/// The most memory that this process has had at one time, in MiB; `nil` where the system does not say. `getrusage` would
/// count from the memory of the process that started it.
public func peakMemoryInMebibytes() -> Double? {
  SystemTables.number(in: "/proc/self/status", named: "VmHWM:").map { Double($0) / 1024 }
}
