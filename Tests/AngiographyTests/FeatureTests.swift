import Angiography
import Foundation
import Imaging
import Testing

private let every: [Feature] = [
  .grey, .relativeGrey(scale: 40), .mean(scale: 8), .deviation(scale: 1), .deviation(scale: 16), .gradient(scale: 2),
  .texture(scale: 8), .topHat(scale: 4), .bottomHat(scale: 8), .percentile(rank: 10, scale: 8),
  .vesselDistance(scale: 64), .fineVesselDistance(scale: 64), .wideVesselDistance(scale: 128), .lightness(scale: 8),
  .tissue(scale: 8),
  .rank(scale: 20), .pond(scale: 10), .ridge(scale: 2), .valley(scale: 2), .ridges(scale: 12), .edges(scale: 2),
  .corners(scale: 2), .eccentricity,
]

@Suite struct Features {
  private let disc: Mask = {
    var mask = Mask(width: 96, height: 80)
    for y in 0..<80 { for x in 0..<96 { mask[x, y] = (x - 48) * (x - 48) + (y - 40) * (y - 40) < 36 * 36 } }
    return mask
  }()

  @Test func pixelsOutsideTheFieldNeverLeakIn() {
    var generator = SeededGenerator(1)
    let image = randomPlane(width: 96, height: 80, using: &generator)
    var other = image
    for i in other.pixels.indices where !disc.pixels[i] {
      other.pixels[i] = [0, 1, 0.5, 1e6].randomElement(using: &generator) ?? 0
    }
    let (first, second) = (
      Feature.planes(every, of: image, within: disc), Feature.planes(every, of: other, within: disc)
    )
    for (feature, (a, b)) in zip(every, zip(first, second)).dropFirst() {
      #expect(a == b, "\(feature)")
      #expect(zip(a.pixels, disc.pixels).allSatisfy { $1 || $0 == 0 }, "\(feature)")
    }
  }

  @Test func exposureCancels() {
    var generator = SeededGenerator(2)
    let image = randomPlane(width: 96, height: 80, using: &generator)
    var dim = image
    for i in dim.pixels.indices { dim.pixels[i] *= 0.5 }
    let features = every.dropFirst().filter { !["percentile", "rank"].contains($0.name) }
    let pairs = zip(Feature.planes(features, of: image, within: disc), Feature.planes(features, of: dim, within: disc))
    for (feature, (a, b)) in zip(features, pairs) {
      #expect(zip(a.pixels, b.pixels).allSatisfy { abs($0 - $1) < 1e-4 }, "\(feature)")
    }
  }

  @Test func anEvenImageHasNoTexture() {
    let image = Plane(width: 64, height: 64, filledWith: 0.4)
    let all = Mask(width: 64, height: 64, filledWith: true)
    let planes = Feature.planes(every, of: image, within: all)
    for (feature, plane) in zip(every, planes) {
      let expected: Float =
        switch feature.name {
        case "grey": 0.4
        case "relative-grey", "mean": 0
        case "percentile": 2  // 1 ÷ the background is two units above the usual tenth of 0.7
        case "vessel-distance", "fine-vessel-distance": min(4, 64 / 16)
        case "deviation": -1
        case "gradient": -0.08 / 0.13
        case "texture": -1
        case "top-hat": -0.5
        case "bottom-hat": -0.8
        case "wide-vessel-distance": 4
        // Dark and usual grey are one: nothing is darker than the other.
        case "lightness": -1.2 / 0.7
        case "tissue": -0.9 / 0.5
        case "rank": 0
        case "pond": -0.12 / 0.22
        case "ridge": -0.07 / 0.15
        case "valley": -0.06 / 0.1
        case "ridges": -0.075 / (0.11 / Float(12).squareRoot())
        case "edges": -0.14 / 0.11
        case "corners": -0.06 / 0.037
        case "eccentricity": .infinity
        default: .nan
        }
      if expected == .infinity { continue }
      let tolerance: Float = feature.name == "percentile" ? 0.01 : 1e-4
      #expect(plane.pixels.allSatisfy { abs($0 - expected) < tolerance }, "\(feature)")
    }
  }

  @Test func emptyAndBlackFieldsGiveNumbers() {
    for field in [Mask(width: 32, height: 32), Mask(width: 32, height: 32, filledWith: true)] {
      for plane in Feature.planes(every, of: Plane(width: 32, height: 32), within: field) {
        #expect(plane.pixels.allSatisfy { $0.isFinite })
      }
    }
    let dot = Plane(width: 1, height: 1, filledWith: 0.5)
    for plane in Feature.planes(every, of: dot, within: Mask(width: 1, height: 1, filledWith: true)) {
      #expect(plane.pixels[0].isFinite)
    }
  }

  @Test func scalesGrowWithTheFrame() {
    // The same scene at two sizes: broad features agree once brought to one size.
    let scene = { (side: Int) in
      Plane(
        width: side, height: side,
        pixels: (0..<side * side).map { i in
          let (u, v) = ((Float(i % side) + 0.5) / Float(side), (Float(i / side) + 0.5) / Float(side))
          return 0.4 + 0.2 * (u - 0.5) + ((u - 0.3) * (u - 0.3) + (v - 0.6) * (v - 0.6) < 0.02 ? -0.15 : 0)
        })
    }
    let features: [Feature] = [
      .relativeGrey(scale: 40), .mean(scale: 16), .deviation(scale: 16), .percentile(rank: 25, scale: 16),
    ]
    func planes(_ side: Int) -> [Plane] {
      Feature.planes(features, of: scene(side), within: Mask(width: side, height: side, filledWith: true))
        .map { $0.resized(width: 64, height: 64) }
    }
    for (feature, (small, large)) in zip(features, zip(planes(128), planes(256))) {
      let differences = zip(small.pixels, large.pixels).map { abs($0 - $1) }
      #expect(differences.reduce(0, +) / Float(differences.count) < 0.05, "\(feature)")
    }
  }

  @Test func aLineIsAVesselAndDistancesCountFromIt() {
    var image = Plane(width: 512, height: 512, filledWith: 0.4)
    for y in 0..<512 { for x in 250...253 { image[x, y] = 0.8 } }
    // A bright dot is no vessel.
    for y in 100..<104 { for x in 100..<104 { image[x, y] = 0.8 } }
    let all = Mask(width: 512, height: 512, filledWith: true)
    let vessels = Vessels(image, within: all).mask()
    #expect(vessels[251, 256] && vessels[252, 10] && !vessels[101, 101] && !vessels[240, 256])
    let distance = Feature.planes([.vesselDistance(scale: 64)], of: image, within: all)[0]
    #expect(distance[251, 100] == 0 && distance[400, 100] == 4)
    #expect(abs(distance[220, 300] - 30.0 / 16) < 2.0 / 16)
  }

  @Test func piecesAreCountedOverSharedSides() {
    // Two pixels that touch at a corner are two pieces; three in a row are one.
    let mask = Mask(width: 5, height: 3, pixels: "#..#. .#... ..###".filter { $0 != " " }.map { $0 == "#" })
    let expected = Mask(width: 5, height: 3, pixels: "..... ..... ..###".filter { $0 != " " }.map { $0 == "#" })
    #expect(mask.withoutComponents(smallerThan: 1, .four) == mask)
    #expect(mask.withoutComponents(smallerThan: 3, .four) == expected)
    #expect(mask.withoutComponents(smallerThan: 4, .four).area == 0)
  }

  @Test func whatIsStoredIsReadBackExactly() throws {
    let odd: [Feature] = every + [.mean(scale: 0.7 + 0.1), .percentile(rank: 100.0 / 3, scale: 1.0 / 3 + 0.5)]
    #expect(try JSONDecoder().decode([Feature].self, from: JSONEncoder().encode(odd)) == odd)
    for text in ["mean-500", "gray"] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode([Feature].self, from: JSONEncoder().encode([text]))
      }
    }
  }

  @Test func namesAreReadAsTheyAreWritten() throws {
    #expect(Set(every.map(\.name)).count == Feature.names.count)
    for feature in every + Feature.standard { #expect(try Feature(feature.description) == feature) }
    for name in Feature.names { #expect(try Feature(name).description == name) }
    #expect(try Feature("deviation") == .deviation(scale: 4))
    #expect(try Feature("percentile-25") == .percentile(rank: 25, scale: 8))
    #expect(try Feature("texture-2.5") == .texture(scale: 2.5))
    #expect(try Feature.list(["grey", "mean-4"]) == [.grey, .mean(scale: 4)])
    let refused = [
      "", "gray", "grey-2", "deviation-0", "deviation-1000", "deviation-nan", "deviation-4-4", "percentile-101",
      "top-hat-",
      "top-hat-64", "-4", "percentile-1-2-3", "mean-inf",
    ]
    for name in refused {
      let error = #expect(throws: FeatureError.self, "\(name)") { try Feature(name) }
      #expect(error?.message.isEmpty == false)
    }
    #expect(try Feature("percentile-25-16").description == "percentile-25-16")
    #expect(throws: FeatureError.badRank("percentile-101-900")) { try Feature("percentile-101-900") }
    #expect(throws: FeatureError.badScale("gradient-64", range: 0.5...32)) { try Feature("gradient-64") }
    #expect(throws: FeatureError.withoutScale("grey")) { try Feature("grey-2") }
    #expect(throws: FeatureError.repeated("mean-8")) { try Feature.list(["mean", "grey", "mean-8"]) }
    #expect(throws: FeatureError.none) { try Feature.list([]) }
  }
}
