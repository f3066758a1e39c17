import Base
import Language

/// What a rank that is at work on items of its own tells the first one, which alone writes and talks.
enum RankNews: Codable {
  case remark(String)
  case milestone(label: String, done: Int, total: Int, names: [String], values: [Double], secondsLeft: Double?)
  /// A file that outlives the run.
  case state([UInt8], path: String)
  /// Such a file that it has looked for.
  case asked(String)

  init(_ progress: Progress) {
    self = .milestone(
      label: progress.label, done: progress.done, total: progress.total, names: progress.readings.map(\.name),
      values: progress.readings.map(\.value), secondsLeft: progress.secondsLeft)
  }
}

extension ReplayHost {
  private enum Told<Value: Codable>: Codable {
    case value(Value)
    case failure(SharedFailure)
  }

  /// What the first rank makes, on all of them, or the error that it has met.
  func byFirst<Value: Codable>(_ body: () throws -> Value) throws -> Value {
    guard !ranks.isAlone else { return try body() }
    let told = try ranks.ofFirst { () -> Told<Value> in
      do { return .value(try body()) } catch {
        return .failure(SharedFailure(error as? BookFileError ?? BookFileError("file-failed", "\(error)")))
      }
    }
    switch told {
    case .value(let value): return value
    case .failure(let failure): throw failure.error
    }
  }

  /// Leaves something to the first rank.
  ///
  /// - Returns: whether this rank is not to do it itself: the first does it for all, or is told of what only this one has.
  func leaves(_ news: @autoclosure () -> RankNews) -> Bool {
    guard !ranks.isFirst else { return false }
    if ranks.isSharing, let bytes = try? storedForm(of: news()) { ranks.tellFirst(bytes) }
    return true
  }

  /// Does what other ranks leave to this one.
  func take(_ message: [UInt8]) {
    guard let news = try? restored(RankNews.self, from: message) else { return }
    switch news {
    case .remark(let text): remark(text)
    case .milestone(let label, let done, let total, let names, let values, let secondsLeft):
      report(
        Progress(
          label, done: done, of: total, readings: Array(zip(names, values).map { (name: $0, value: $1) }),
          secondsLeft: secondsLeft, isMilestone: true))
    case .asked(let path): noteKept(path)
    case .state(let bytes, let path):
      do { try keep(bytes, as: path) } catch { lose(path, error) }
    }
  }

  /// A state that can't be kept: of one that nobody asked for it is enough to say so.
  private func lose(_ path: String, _ error: any Error) {
    let failure = error as? BookFileError ?? BookFileError("checkpoint-not-written", "\(error)")
    if let stateFolder, isPath(path, within: stateFolder) {
      remark("note: the state of a training is not kept: \(failure.message)")
    } else {
      fail(failure)
    }
  }
}
