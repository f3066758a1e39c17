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
    let switching = Switching()
    switching.start()
    defer { switching.stop() }
    // When kernels asked more than once, one in some thirteen of these trainings, of 10 ms each, was caught.
    var found = usual
    while switching.count.load(ordering: .relaxed) < 400 && found == usual {
      found = Toy.everything(of: try Toy.trainedPair())
    }
    let isSame = found == usual
    #expect(isSame)
  }
}

/// Switches the vectors to another width and back, again and again, on a thread of its own.
private final class Switching: Sendable {
  /// Switches so far.
  let count = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  func start() { Thread { self.run() }.start() }

  func stop() {
    isOver.store(true, ordering: .relaxed)
    ended.wait()
  }

  private func run() {
    while !isOver.load(ordering: .relaxed) {
      Machine.computing(threads: Workers.ofProcess, vectorWidth: Machine.vectorWidth == 16 ? 8 : 16) {
        _ = usleep(1000)
      }
      count.add(2, ordering: .relaxed)
      usleep(1000)
    }
    ended.signal()
  }
}
