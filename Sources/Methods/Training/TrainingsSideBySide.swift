import Base
import Kernels
import Networks
import Synchronization

extension Trainings {
  /// Does a number of trainings, several at a time, each on one thread.
  ///
  /// - Parameter train: does one of them, by its number, among the trainings that it is given.
  /// - Throws: what the first of them throws that fails, as if they had been done one after another; `TrainingStopped` where
  ///   the user has stopped them.
  func doSideBySide(
    _ count: Int, threads: Int, _ train: @Sendable (Int, Trainings) throws -> Void
  ) throws {
    let standing = Standing()
    let context = ThreadContext()
    sideBySide(count, threads: threads) { number in
      guard standing.begins(number) else { return }
      context.use {
        do {
          try train(number, with(LaneSurroundings(number: number, standing: standing, shared: self.surroundings)))
          standing.ends(number)
        } catch {
          standing.ends(number, with: error)
        }
      }
    }
    if let error = standing.firstError { throw error }
  }

  /// How many of some trainings are best done at a time, each on one thread; 1 where one after another on all threads is as fast.
  ///
  /// One training of small images was but 1.14 times as fast on two threads as on one, one of large images 1.46 times: taken as
  /// the root of the threads.
  ///
  /// - Parameters:
  ///   - costs: how long they take, in any unit.
  ///   - bytes: what the largest of them takes of memory. Half of what there is may be taken.
  package static func threads(
    for costs: [Double], bytes: Int, of available: Int = AvailableMemory.bytes, threads: Int = Workers.count
  ) -> Int {
    let lanes = min(threads, costs.count, available / 2 / max(bytes, 1))
    guard lanes > 1 else { return 1 }
    var loads = [Double](repeating: 0, count: lanes)
    for (cost, lane) in zip(costs, Ranks.owners(of: costs, among: lanes)) { loads[lane] += cost }
    let longest = loads.max() ?? 0
    return longest < costs.reduce(0, +) / Double(threads).squareRoot() ? lanes : 1
  }
}

/// How far trainings have come that run side by side.
private final class Standing: Sendable {
  private let state = Mutex((running: Set<Int>(), errors: [Int: any Error]()))

  /// False where one before it has failed, after which nothing is begun.
  func begins(_ number: Int) -> Bool {
    state.withLock { state in
      guard !state.errors.keys.contains(where: { $0 < number }) else { return false }
      state.running.insert(number)
      return true
    }
  }

  func ends(_ number: Int, with error: (any Error)? = nil) {
    state.withLock { state in
      state.running.remove(number)
      state.errors[number] = error
    }
  }

  /// Whether it is in vain, since one before it has failed.
  func isVain(_ number: Int) -> Bool { state.withLock { $0.errors.keys.contains { $0 < number } } }

  /// Whether it is the first of those that run.
  func leads(_ number: Int) -> Bool { state.withLock { $0.running.min() == number } }

  var firstError: (any Error)? { state.withLock { state in state.errors.keys.min().flatMap { state.errors[$0] } } }
}

/// What surrounds one of several trainings that run side by side: of the steps, only the first one's are told.
private struct LaneSurroundings: Surroundings {
  let number: Int
  let standing: Standing
  let shared: any Surroundings

  func report(_ progress: FittingProgress) {
    if progress.isMilestone || standing.leads(number) { shared.report(progress) }
  }

  func tell(_ news: TrainingNews) { shared.tell(news) }
  var isCancelled: Bool { standing.isVain(number) || shared.isCancelled }
  var isHurried: Bool { standing.isVain(number) || shared.isHurried }
  var pausedSeconds: Double { shared.pausedSeconds }
  func keep(_ state: Checkpoint, as name: String) throws { try shared.keep(state, as: name) }
  func kept(_ name: String) throws -> [UInt8]? { try shared.kept(name) }
}
