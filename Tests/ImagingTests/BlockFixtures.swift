import Foundation
import Imaging

/// What SciPy, scikit-image and NumPy make of the same planes and sets; written by Fixtures/make_blocks.py.
struct BlockFixtures: Decodable {
  struct Disc: Decodable {
    let radius: Int
    let eroded, dilated, white, black: [Float]
  }
  struct Reconstruction: Decodable {
    let eight: Bool
    let under, over, inField: [Float]
  }
  struct AreaOpening: Decodable {
    let area: Int
    let eight: Bool
    let values, closed: [Float]
  }
  struct Shape: Decodable {
    let area: Int
    let x, y, perimeter, solidity: Double
    let box: [Int]
  }
  struct Statistics: Decodable {
    let means, deviations: [Double]
  }
  struct Grown: Decodable {
    let radius: Double
    let dilated, eroded: [Int]
  }
  struct Basins: Decodable {
    let eight: Bool
    let everywhere, inField: [Int32]
  }
  struct Window: Decodable {
    let side, levels: Int
    let reference, weights, entropy, uniformity, distance, mean: [Float]
  }
  struct Percentile: Decodable {
    let rank: Double
    let value: Float
  }
  struct Median: Decodable {
    let side: Int
    let values: [Float]
  }
  struct Homomorphic: Decodable {
    let low, high, cutoff: Double
    let values: [Float]
  }
  struct Tensor: Decodable {
    struct Eigen: Decodable {
      let larger, smaller, angle: [Float]
    }
    let sigma, rho: Double
    let hessian, structure: Eigen
    let whole: [Int]
    let scipy: [Float]
  }
  struct Denoised: Decodable {
    let theta: Double
    let everywhere: [Float]
  }
  let width, height: Int
  let plane, distinct, marker, noisy, filled, lowered: [Float]
  let field, blobs, specks: [Int]
  let h: Float
  let discs: [Disc]
  let reconstructed: [Reconstruction]
  let minima, minima4, deepMinima: [Int]
  let areaOpened: [AreaOpening]
  let labels8, labels4, speckLabels8, speckLabels4: [Int32]
  let shapes, speckShapes: [Shape]
  let statistics: Statistics
  let holesFilled, withoutIslands, largest: [Int]
  let grown: [Grown]
  let seeds: [Int32]
  let basins: [Basins]
  let windows: [Window]
  let percentiles: [Percentile]
  let histogram: [Int]
  let otsu: Float
  let medians: [Median]
  let homomorphic: [Homomorphic]
  let tensors: [Tensor]
  let denoised: [Denoised]

  static let shared: BlockFixtures = {
    let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Fixtures"
    guard let bytes = FileManager.default.contents(atPath: folder + "/blocks.json"),
      let fixtures = try? JSONDecoder().decode(BlockFixtures.self, from: bytes)
    else { preconditionFailure("the fixtures are beside the tests") }
    return fixtures
  }()

  func plane(_ pixels: [Float]) -> Plane { Plane(width: width, height: height, pixels: pixels) }
  func mask(_ pixels: [Int]) -> Mask { Mask(width: width, height: height, pixels: pixels.map { $0 == 1 }) }
  var image: Plane { plane(plane) }
  var region: Mask { mask(field) }
}

/// The largest difference, over the pixels where `mask` is true.
func worst(_ found: [Float], _ expected: [Float], where mask: Mask? = nil) -> Float {
  guard found.count == expected.count else { return .infinity }
  return found.indices.filter { mask?.pixels[$0] ?? true }.reduce(0) { largest, i in
    let difference = abs(found[i] - expected[i])
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}

func worst(_ found: Plane, _ expected: [Float], where mask: Mask? = nil) -> Float {
  worst(found.pixels, expected, where: mask)
}

/// A seeded generator for tests (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func plane(_ width: Int, _ height: Int, levels: Int = 1 << 20) -> Plane {
    Plane(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in Float(Int.random(in: 0..<levels, using: &self)) / Float(levels) })
  }

  mutating func mask(_ width: Int, _ height: Int, share: Double) -> Mask {
    Mask(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in Double.random(in: 0..<1, using: &self) < share })
  }
}
