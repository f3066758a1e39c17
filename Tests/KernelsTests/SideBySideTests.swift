import Foundation
import Kernels
import Synchronization
import Testing

/// Tasks that run side by side, each alone on its thread.
@Suite struct SideBySideTests {
  @Test(arguments: [(0, 3), (1, 4), (7, 1), (7, 3), (3, 8)]) func everyTaskRunsOnce(tasks: Int, threads: Int) {
    let runs = Mutex([Int](repeating: 0, count: tasks))
    sideBySide(tasks, threads: threads) { task in runs.withLock { $0[task] += 1 } }
    #expect(runs.withLock { $0 } == Array(repeating: 1, count: tasks))
  }

  @Test func theyBeginInTheirOrder() {
    let begun = Mutex([Int]())
    sideBySide(9, threads: 1) { task in begun.withLock { $0.append(task) } }
    #expect(begun.withLock { $0 } == Array(0..<9))
  }

  /// All of them have begun before any ends.
  @Test func asManyRunAtATimeAsAreAskedFor() {
    let begun = Atomic<Int>(0)
    let late = Atomic<Int>(0)
    sideBySide(4, threads: 4) { _ in
      begun.add(1, ordering: .relaxed)
      if !Self.comes({ begun.load(ordering: .relaxed) == 4 }) { late.add(1, ordering: .relaxed) }
    }
    #expect(late.load(ordering: .relaxed) == 0)
  }

  @Test func kernelsWorkAloneInThem() {
    Machine.computing(threads: 3, vectorWidth: 8) {
      let counts = Mutex([Int]())
      let sums = Mutex([Int]())
      sideBySide(5, threads: 2) { _ in
        counts.withLock { $0.append(Workers.count) }
        let sum = Atomic<Int>(0)
        parallel(100) { sum.add($0, ordering: .relaxed) }
        sums.withLock { $0.append(sum.load(ordering: .relaxed)) }
      }
      #expect(counts.withLock { $0 } == Array(repeating: 1, count: 5))
      #expect(sums.withLock { $0 } == Array(repeating: 4950, count: 5))
      #expect(Workers.count == 3)
    }
  }

  /// Bodies of kernels may use kernels: each does them alone.
  @Test func kernelsWithinKernels() {
    Machine.computing(threads: 3, vectorWidth: 8) {
      for _ in 0..<200 {
        let counts = Mutex(Set<Int>())
        let sums = computed(7) { outer in
          counts.withLock { _ = $0.insert(Workers.count) }
          return computed(9) { outer * $0 }.reduce(0, +)
        }
        #expect(sums == (0..<7).map { 36 * $0 })
        #expect(counts.withLock { $0 } == [1])
      }
      #expect(Workers.count == 3)
    }
  }

  /// Other threads have the workers meanwhile: a task that lasts waits here for what they compute.
  @Test func workersStayFree() {
    final class Flags: Sendable {
      let hasBegun = Atomic<Bool>(false)
      let isComputed = Atomic<Bool>(false)
      let isOver = Atomic<Bool>(false)
    }
    let flags = Flags()
    Thread.detachNewThread {
      sideBySide(1, threads: 1) { _ in
        flags.hasBegun.store(true, ordering: .relaxed)
        _ = Self.comes { flags.isComputed.load(ordering: .relaxed) }
      }
      flags.isOver.store(true, ordering: .relaxed)
    }
    #expect(Self.comes { flags.hasBegun.load(ordering: .relaxed) })
    Thread.detachNewThread {
      let sum = Atomic<Int>(0)
      parallel(1000) { sum.add($0, ordering: .relaxed) }
      flags.isComputed.store(sum.load(ordering: .relaxed) == 499_500, ordering: .relaxed)
    }
    #expect(Self.comes { flags.isComputed.load(ordering: .relaxed) })
    #expect(Self.comes { flags.isOver.load(ordering: .relaxed) })
  }

  /// Waits for what happens on other threads, which may have little of the machine; false after a minute and a half.
  private static func comes(_ hasCome: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while !hasCome() {
      if ContinuousClock.now - start > .seconds(90) { return false }
      Thread.sleep(forTimeInterval: 0.001)
    }
    return true
  }
}
