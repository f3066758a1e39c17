import Language
import Synchronization

/// A host that keeps only what a limit lets through, and stops a program that goes on for too long.
final class TrialHost: Host {
  private struct State {
    var pollsLeft: Int
    var bytesLeft: Int
  }
  private let state: Mutex<State>

  /// - Parameters:
  ///   - polls: how often it answers that nobody cancelled.
  ///   - bytes: how much may be put out.
  init(polls: Int, bytes: Int) { state = Mutex(State(pollsLeft: polls, bytesLeft: bytes)) }

  func emit(_ output: Output) {
    let text: String
    switch output {
    case .text(let line), .rows(let line), .resumption(let line): text = line
    case .result(let value): text = display(value)
    case .shown(let values, let labels):
      text = values.map(inline).joined() + labels.map { inline($0.1) }.joined()
    }
    state.withLock { $0.bytesLeft -= text.utf8.count }
  }
  func report(_ progress: Progress) {}
  var isCancelled: Bool {
    state.withLock {
      $0.pollsLeft -= 1
      return $0.pollsLeft < 0 || $0.bytesLeft < 0
    }
  }
  func pathToRead(_ path: String) throws -> String { path }
  func write(_ bytes: [UInt8], to path: String) throws {}
  func keep(_ bytes: [UInt8], as path: String) throws {}
  func kept(_ path: String, limit: Int) throws -> [UInt8]? { nil }
}
