import Base
import Glibc
import Synchronization
import Terminal

/// Sees to it that a run of several ranks ends, with a word, when one of them has died: the others would wait for it.
///
/// It watches those on the same machine; a rank elsewhere that dies ends the run by `mpirun` or `srun` alone.
final class RankWatch: Sendable {
  /// By rank: its process, of those on this machine.
  private let processes: [Int: pid_t]
  private let rank: Int
  private let isOver = Atomic<Bool>(false)

  private struct Member: Codable {
    let host: String
    let process: Int32
  }

  /// - Returns: `nil` where there is nobody to watch.
  init?(_ ranks: Ranks) {
    guard !ranks.isAlone, let own = Self.own, let members = try? ranks.gathered(own) else { return nil }
    let near = members.enumerated().filter { $0.element.host == own.host }
    processes = Dictionary(uniqueKeysWithValues: near.map { ($0.offset, $0.element.process) })
    rank = ranks.rank
    _ = startThread(stackBytes: 1 << 18) { [self] in watch() }
  }

  private static var own: Member? {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return nil }
    // Two containers of one machine count their processes apart.
    var space = [CChar](repeating: 0, count: 64)
    _ = readlink("/proc/self/ns/pid", &space, space.count - 1)
    return Member(host: "\(text(name)) \(text(space))", process: getpid())
  }

  private static func text(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func stop() { isOver.store(true, ordering: .sequentiallyConsistent) }

  private func watch() {
    while !isOver.load(ordering: .sequentiallyConsistent) {
      let dead = processes.filter { kill($0.value, 0) != 0 && errno == ESRCH }.map(\.key).sorted()
      if !dead.isEmpty, !isOver.load(ordering: .sequentiallyConsistent) { end(dead) }
      usleep(50_000)
    }
  }

  private func end(_ dead: [Int]) -> Never {
    closeFilesForWriting(within: 5)
    // The lowest that lives talks for all.
    if processes.keys.filter({ !dead.contains($0) }).min() == rank {
      let names = dead.map { "rank \($0)" }.joined(separator: ", ")
      _ = writeBytes(
        "cnp: error[ranks-lost]: \(names) of this run \(dead.count == 1 ? "has" : "have") died, and the run ends\n"
          .utf8, to: STDERR_FILENO)
      _ = writeBytes(
        "  the same command goes on from the last states of trainings, with any number of ranks\n".utf8,
        to: STDERR_FILENO)
    }
    _exit(3)
  }
}
