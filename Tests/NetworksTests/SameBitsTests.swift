import Foundation
import Kernels
import Networks
import Synchronization
import Tensors
import Testing

/// What must not matter: the number of threads, and the width of the vectors that matrix products are computed with, which
/// is what differs between builds for AVX2 and for AVX-512. `make same-bits` compares whole builds.
@Suite(.serialized) struct SameBitsTests {
  @Test("a few steps of training give the same bits for any threads and vectors") func anyThreadsAnyVectors() throws {
    let results = try [(1, 8), (2, 8), (3, 16), (1, 16)].map { threads, floats in
      try Machine.computing(threads: threads, vectorWidth: floats) { Toy.everything(of: try Toy.trainedPair()) }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  /// A kernel asks once how wide the vectors are; who asks again on the way may be told otherwise.
  @Test func vectorsThatChangeMeanwhile() throws {
    let usual = Toy.everything(of: try Toy.trainedPair())
    let isOver = Atomic<Bool>(false)
    try withExtendedLifetime(isOver) {
      let ended = DispatchSemaphore(value: 0)
      Thread {
        while !isOver.load(ordering: .relaxed) {
          for floats in [8, 16] {
            Machine.computing(threads: 2, vectorWidth: floats) { _ = usleep(.random(in: 50...3000)) }
          }
        }
        ended.signal()
      }.start()
      defer {
        isOver.store(true, ordering: .relaxed)
        ended.wait()
      }
      for _ in 0..<60 {
        let found = Toy.everything(of: try Toy.trainedPair())
        #expect(found == usual)
      }
    }
  }
}
