import Tensors
import Testing

@Suite struct RandomStreamTests {
  /// The known answers of Random123's `kat_vectors` for philox4x32-10.
  @Test func philoxAnswersAsPublished() {
    let ones = UInt32.max
    #expect(
      philox(SIMD4(0, 0, 0, 0), key: SIMD2(0, 0)) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      philox(SIMD4(repeating: ones), key: SIMD2(repeating: ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      philox(SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func streamsDependOnSeedAndPathOnly() {
    var first = RandomStream(seed: 7, path: ["train", "flip"])
    var same = RandomStream(seed: 7).substream("train").substream("flip")
    var other = RandomStream(seed: 7, path: ["trainflip"])
    var seeded = RandomStream(seed: 8, path: ["train", "flip"])
    let draws = (0..<8).map { _ in first.next() }
    #expect(draws == (0..<8).map { _ in same.next() })
    #expect(draws != (0..<8).map { _ in other.next() })
    #expect(draws != (0..<8).map { _ in seeded.next() })
  }

  @Test func uniformAndNormalHaveTheirMoments() {
    var stream = RandomStream(seed: 1, path: ["moments"])
    let count = 200_000
    let uniforms = (0..<count).map { _ in Double(stream.uniform()) }
    #expect(uniforms.allSatisfy { $0 >= 0 && $0 < 1 })
    // Five standard errors each.
    #expect(abs(uniforms.reduce(0, +) / Double(count) - 0.5) < 5 * 0.2887 / Double(count).squareRoot())
    let normals = (0..<count).map { _ in Double(stream.normal()) }
    let mean = normals.reduce(0, +) / Double(count)
    let variance = normals.reduce(0) { $0 + $1 * $1 } / Double(count) - mean * mean
    #expect(abs(mean) < 5 / Double(count).squareRoot())
    #expect(abs(variance - 1) < 5 * 1.4142 / Double(count).squareRoot())
  }

  @Test func integersAreEvenAndShufflesKeepAll() {
    var stream = RandomStream(seed: 2, path: ["integers"])
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.integer(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    let shuffled = stream.shuffled(0..<100)
    #expect(shuffled != Array(0..<100))
    #expect(shuffled.sorted() == Array(0..<100))
  }
}
