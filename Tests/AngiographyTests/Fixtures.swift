import Angiography
import Base
import Foundation
import Imaging

/// What other libraries make of the same images and numbers; written by Fixtures/make_fixtures.py.
struct Fixtures: Decodable, Sendable {
  struct Image: Decodable, Sendable {
    let width, height, fullScale, tolerance: Int
    let model: String
    let hasAlpha: Bool
    let samples: [Int]
    let palette: [[UInt8]]
  }
  struct PlaneAndRegion: Decodable, Sendable {
    let width, height: Int
    let pixels: [Float]
    let region: [Int]
  }
  struct Resized: Decodable, Sendable {
    let width, height: Int
    let bilinear: [Float]
    let nearest: [Int]
  }
  struct Moved: Decodable, Sendable {
    let isFlipped: Bool
    let rotation, shiftX, shiftY: Double
    let image: [Float]
    let inside: [Int]
  }
  struct Windows: Decodable, Sendable {
    let side: Int
    let means: [Float]
  }
  struct Pair: Decodable, Sendable {
    let truth, prediction, field: [Int]
    let dsc: Double
    let sen, spe, acc: Double?
  }
  struct Moments: Decodable, Sendable {
    let mean, sd: Double
    let n: Int
  }
  let images: [String: Image]
  let plane: PlaneAndRegion
  let resized: [Resized]
  let square: [Float]
  let moved: [Moved]
  let windows: [Windows]
  let pairs: [Pair]
  let summary: [String: Moments]

  static let folder = testsFolder + "/Fixtures"
  static let images = folder + "/images"
  static func load() throws -> Fixtures {
    try JSONDecoder().decode(Fixtures.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/fixtures.json")))
  }
}

let testsFolder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))

/// The public angiograms that developers keep beside the project; absent on other machines, where tests skip.
let sharedData = testsFolder + "/../../../shared/data"
let hasSharedData = FileManager.default.fileExists(atPath: sharedData + "/ffa-np/images")

/// A folder of its own for one test, removed when the test is done.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = NSTemporaryDirectory() + "/angiography-tests-" + UUID().uuidString
  try makeFolder(folder)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
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
}

func randomPlane(width: Int, height: Int, using generator: inout SeededGenerator) -> Plane {
  Plane(
    width: width, height: height, pixels: (0..<width * height).map { _ in Float.random(in: 0...1, using: &generator) })
}

func randomMask(width: Int, height: Int, using generator: inout SeededGenerator) -> Mask {
  Mask(width: width, height: height, pixels: (0..<width * height).map { _ in Bool.random(using: &generator) })
}
