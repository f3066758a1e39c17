import Base
import Language

/// The record of one replay: every cell of the book, and what the run needed.
public struct Replay: Sendable {
  public let book: Book
  /// One for each cell, in order.
  public internal(set) var records: [CellRecord] = []
  /// Params as they were written.
  public let parameters: [(name: String, text: String)]
  /// SHA-256 of every file read, by its path as the record names it.
  public var digests: [String: String] { records.reduce(into: [:]) { $0.merge($1.filesRead) { first, _ in first } } }
  public let threads: Int
  /// How many processes ran it together.
  public let ranks = Ranks.current.count
  /// Wall-clock time of all cells.
  public internal(set) var seconds = 0.0

  /// How the run ended.
  public var status: ExitStatus {
    for record in records {
      switch record.ending {
      case .failed: return .failed
      case .timedOut, .interrupted: return .stopped
      case .finished, .skipped, .failedAsExpected, .notReached: continue
      }
    }
    return .success
  }

  /// Whether a cell has not come to its end, so that none after it runs.
  var isStopped: Bool {
    status != .success || records.contains { if case .notReached = $0.ending { true } else { false } }
  }

  /// The mistake that stopped the run.
  public var failure: Diagnostic? {
    for record in records { if case .failed(let diagnostic) = record.ending { return diagnostic } }
    return nil
  }
}

func seconds(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Double {
  let components = (end - start).components
  return Double(components.seconds) + Double(components.attoseconds) * 1e-18
}
