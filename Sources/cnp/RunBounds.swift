import ArgumentParser
import Base
import Books

/// How much time and memory a run may take.
struct RunBounds: ParsableArguments {
  @Option(
    name: .customLong("timeout"),
    help: "How long a cell may take that has no `timeout` of its own: seconds, or with s, min, h.",
    transform: { text in
      guard let seconds = CellOptions.seconds(text) else {
        throw ValidationError("'\(text)' is no time: write seconds, or a number with s, min or h")
      }
      return seconds
    })
  var cellSeconds: Double?
  @Option(
    help: """
      How much memory the run may hold, such as 4G; a cell that takes more is stopped. Left out, nine tenths of what can be \
      had when it starts, shared by the ranks of a machine.
      """)
  var maxMemory: ByteCount?

  func validate() throws {
    if let maxMemory, maxMemory.bytes < Self.leastMemory {
      throw ValidationError("--max-memory is \(maxMemory), but must be at least \(ByteCount(bytes: Self.leastMemory))")
    }
  }

  /// The program itself takes some of it.
  private static let leastMemory = 128 << 20

  /// Sets what the process may hold from now on.
  func apply() {
    let byDefault = (AvailableMemory.held ?? 0) + AvailableMemory.bytes / 10 * 9 / Ranks.current.link.countOnHost
    AvailableMemory.limit(to: maxMemory?.bytes ?? byDefault)
  }
}
