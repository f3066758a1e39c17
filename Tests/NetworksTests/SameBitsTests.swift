import Kernels
import Networks
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
}
