import Angiography
import Imaging
import Methods
import Tensors
import Testing

/// The level at which probabilities are cut, against every level tried one by one.
struct OperatingLevelTests {
  private static func sample(_ name: String, share: Float, stream: inout RandomStream) -> (Plane, Sample) {
    let (width, height) = (24, 16)
    let truth = (0..<width * height).map { _ in stream.uniform() < share }
    let map = truth.map { marked in min(max(stream.uniform() * 0.3 + (marked ? 0.1 : 0), 0), 1) }
    let image = Plane(width: width, height: height, pixels: Array(repeating: 0.5, count: width * height))
    return (
      Plane(width: width, height: height, pixels: map),
      Sample(
        name: name, image: image, mask: Mask(width: width, height: height, pixels: truth),
        fieldOfView: Mask(width: width, height: height, pixels: Array(repeating: true, count: width * height)))
    )
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func theBestOfAllLevels(seed: UInt64) throws {
    var stream = RandomStream(seed: seed)
    let pairs = [Float(0.1), 0.3, 0.02].enumerated().map {
      Self.sample("\($0.offset)", share: $0.element, stream: &stream)
    }
    let best = try #require(OperatingLevel.best(maps: pairs.map(\.0), samples: pairs.map(\.1)))
    let pooled = try OperatingLevel.candidates.map { level in
      try MetricsReport(
        predictions: pairs.map { Mask($0.0, atLeast: level) }, samples: pairs.map(\.1)
      ).summary(of: .dice).pooled ?? 0
    }
    let place = try #require(OperatingLevel.candidates.firstIndex(of: best.level))
    #expect(abs(best.pooledDice - (pooled.max() ?? 0)) < 1e-12 && abs(pooled[place] - best.pooledDice) < 1e-12)
    #expect(best.level < 0.5, "0.5 is not the best of these, or the test would show nothing")
  }

  @Test func theLevelBecomesOneHalf() {
    var stream = RandomStream(seed: 9)
    let pixels = OperatingLevel.candidates + (0..<400).map { _ in stream.uniform() } + [0, 1]
    let map = Plane(width: pixels.count, height: 1, pixels: pixels)
    for level in OperatingLevel.candidates {
      let moved = map.recalibrated(level: level)
      #expect(Mask(moved, atLeast: 0.5) == Mask(map, atLeast: level))
      let order = pixels.indices.sorted { pixels[$0] < pixels[$1] }
      #expect(zip(order, order.dropFirst()).allSatisfy { moved.pixels[$0] <= moved.pixels[$1] })
      #expect(moved.pixels.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
    #expect(map.recalibrated(level: 0.5).pixels == pixels)
  }

  @Test func withoutMasksThereIsNoLevel() {
    let image = Plane(width: 4, height: 4, pixels: Array(repeating: 0.5, count: 16))
    let field = Mask(width: 4, height: 4, pixels: Array(repeating: true, count: 16))
    #expect(
      OperatingLevel.best(maps: [image], samples: [Sample(name: "a", image: image, mask: nil, fieldOfView: field)])
        == nil)
  }
}
