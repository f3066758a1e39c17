import Kernels
import Synchronization
import Testing

@Suite struct WorkersTests {
  /// Thousands of short jobs, from several callers at once: each task runs exactly once, and no job ends before its tasks.
  @Test func everyTaskRunsOnce() async {
    await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<4 {
        group.addTask {
          for job in 0..<500 {
            let tasks = 1 + (job * 7 + caller) % 37
            let sum = Atomic<Int>(0)
            parallel(tasks) { sum.add(1 << ($0 % 31), ordering: .relaxed) }
            if sum.load(ordering: .relaxed) != (0..<tasks).reduce(0, { $0 + 1 << ($1 % 31) }) { return false }
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func theProcessorHasWhatThisBuildNeeds() {
    #expect(Machine.missingFeatures == nil)
    #expect(Machine.vectorWidth == 8 || Machine.vectorWidth == 16)
  }
}
