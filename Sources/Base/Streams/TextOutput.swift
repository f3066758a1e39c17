import Glibc
import Synchronization

/// Where results are printed, such as standard output: it knows whether any of them was lost.
public final class TextOutput: Sendable {
  public let descriptor: Int32
  /// The system's number of the first error; 0 for none.
  private let firstError = Atomic<Int32>(0)

  public init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes all of a text at once.
  public func write(_ text: String) {
    guard !hasLostReader else { return }
    let error = writeBytes(text.utf8, to: descriptor)
    if error != 0 { _ = firstError.compareExchange(expected: 0, desired: error, ordering: .relaxed) }
  }

  /// Whether it is a pipe that nobody reads any more: what is still to be printed is of no use to anybody.
  public var hasLostReader: Bool { firstError.load(ordering: .relaxed) == EPIPE }

  /// The exit code of a program that would end with `code`: where results were lost, no success. A lost reader is told
  /// apart as a shell tells it, by 128 + SIGPIPE, and without a word.
  ///
  /// - Parameter complain: is given a sentence about what was lost.
  public func exitCode(_ code: Int32, complain: (String) -> Void) -> Int32 {
    let error = firstError.load(ordering: .relaxed)
    switch error {
    case 0: return code
    case EPIPE: return 128 + SIGPIPE
    default:
      complain("standard output: \(systemWords(error)); what was printed there is not complete")
      return code == 0 ? 3 : code
    }
  }
}
