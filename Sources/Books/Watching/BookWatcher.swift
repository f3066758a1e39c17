import Base
import Glibc
import Language
import Synchronization
import Vocabulary

/// Runs a book again whenever it is saved, or a file that it has read is another: what has not changed comes from the cache.
///
/// A run that is under way when the book is saved is stopped; a training in it goes on later from its last state, if the
/// change leaves it as it was.
public struct BookWatcher {
  private let files: [String]
  private let ended: Cancellation
  private let make: (Cancellation) throws(BookMistakes) -> BookRunner

  /// The page, in the output folder, that follows.
  public static let reportName = WatchScript.page

  /// How often files are looked at, in microseconds.
  private static let pause: UInt32 = 200_000
  /// Looks of a book that was refused until it is checked again: a file that it misses may have come.
  private static let looksUntilCheck = 5

  /// - Parameters:
  ///   - files: the book's, and those that its params were read from.
  ///   - ended: ends the watch, and a run under way.
  ///   - make: a runner of the book that can be stopped; what it throws is told as a run that was refused.
  public init(
    _ files: [String], until ended: Cancellation, _ make: @escaping (Cancellation) throws(BookMistakes) -> BookRunner
  ) {
    self.files = files.map { absolutePath($0, from: workingFolder()) }
    self.ended = ended
    self.make = make
  }

  /// Runs and waits, again and again.
  ///
  /// - Parameters:
  ///   - warn: is given what checking warns of.
  ///   - tell: is given how each run has ended, unless the next one follows at once.
  ///   - announce: is told why the next one starts.
  public func watch(
    observer: any ReplayObserver, warn: ([Diagnostic]) -> Void, tell: (BookRunner.RunOutcome) -> Void,
    announce: (String) -> Void
  ) {
    while !ended.isRequested {
      let stamps = Stamps(of: files)
      let saved = Mutex(false)
      let look = RareLook()
      let cancellation = Cancellation { [ended, files] in
        if ended.isRequested { return true }
        guard look.isDue, Stamps(of: files).differs(from: stamps) else { return false }
        saved.withLock { $0 = true }
        return true
      }
      let (runner, outcome) = run(cancellation, isSuperseded: { saved.withLock { $0 } }, observer, warn)
      if ended.isRequested { return tell(outcome) }
      if !saved.withLock({ $0 }) { tell(outcome) }
      guard let reason = wait(for: stamps, runner, outcome) else { return }
      announce(reason)
    }
  }

  private func run(
    _ cancellation: Cancellation, isSuperseded: @escaping @Sendable () -> Bool, _ observer: any ReplayObserver,
    _ warn: ([Diagnostic]) -> Void
  ) -> (runner: BookRunner?, outcome: BookRunner.RunOutcome) {
    do throws(BookMistakes) {
      var runner = try make(cancellation)
      runner.isSuperseded = isSuperseded
      return (runner, runner.run(observer: observer, warn: warn))
    } catch {
      return (
        nil, BookRunner.RunOutcome(status: .refused, mistakes: error.diagnostics, replay: nil, outputFolder: nil)
      )
    }
  }

  /// Waits until something is another than it was for a run.
  ///
  /// - Returns: what, in words; `nil` where the watch has ended.
  private func wait(for stamps: Stamps, _ runner: BookRunner?, _ outcome: BookRunner.RunOutcome) -> String? {
    let folders = runner?.foldersOfLastRun
    let digests = FileDigests(keptIn: runner?.cacheFolder)
    // What the run has written itself is another only by another run.
    let looked = outcome.replay?.records.compactMap { $0.files?.ofOthers } ?? []
    let refusal = outcome.status == .refused ? runner?.obstacles : nil
    var looks = 0
    while !ended.isRequested {
      if Stamps(of: files).differs(from: stamps) {
        settle()
        return "saved"
      }
      if let folders {
        for files in looked where !ended.isRequested {
          if let change = files.change(in: folders, digests: digests) { return change }
        }
      }
      looks += 1
      if let refusal, looks % Self.looksUntilCheck == 0, runner?.obstacles != refusal {
        return "what was in the way has changed"
      }
      usleep(Self.pause)
    }
    return nil
  }

  /// Editors save in several steps.
  private func settle() {
    var last = Stamps(of: files)
    for _ in 0..<10 {
      usleep(Self.pause / 4)
      let now = Stamps(of: files)
      if !now.differs(from: last), !now.isMissing { return }
      last = now
    }
  }
}

/// What the system says of files at one time.
private struct Stamps: Sendable {
  private let stamps: [FileStamp?]

  init(of files: [String]) { stamps = files.map(FileStamp.init(ofFile:)) }

  var isMissing: Bool { stamps.contains { $0 == nil } }

  /// A file that is gone for a moment is no other.
  func differs(from other: Stamps) -> Bool {
    zip(stamps, other.stamps).contains { now, before in now != nil && now != before }
  }
}

/// Lets one of many questions through: files are not looked at thousands of times a second.
private final class RareLook: Sendable {
  private let next = Mutex(ContinuousClock.now)

  var isDue: Bool {
    next.withLock { next in
      let now = ContinuousClock.now
      guard now >= next else { return false }
      next = now + .milliseconds(100)
      return true
    }
  }
}
