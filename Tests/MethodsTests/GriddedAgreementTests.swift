import Angiography
import Imaging
import Methods
import Testing

/// Cells of a grid against counts by hand.
@Suite struct GriddedAgreementTests {
  private let side = 80
  /// Not on a diagonal of pixels: no pixel lies between two sectors.
  private static let centre = Landmark(x: 39.3, y: 39.6)

  /// Marked in columns of the picture.
  private func mask(_ columns: Range<Int>) -> Mask {
    Mask(
      width: side, height: side,
      pixels: (0..<side * side).map { columns.contains($0 % side) })
  }

  private func sample(_ eye: Eye) -> Sample {
    Sample(
      name: "eye", image: Plane(width: side, height: side), mask: nil,
      fieldOfView: Mask(width: side, height: side, pixels: [Bool](repeating: true, count: side * side)),
      facts: SampleFacts(eye: eye, millimetresPerPixel: 0.1))
  }

  private func agreement(
    _ eyes: [Eye], _ first: [Mask], _ second: [Mask], form: RetinalGrid.Form = .etdrs
  ) throws -> GriddedAgreement {
    let samples = eyes.map(sample)
    let places = try samples.map {
      GriddedAgreement.Place(
        centre: Self.centre, scale: try #require($0.scale),
        nasalIsRight: $0.nasalIsRight)
    }
    return GriddedAgreement(
      [
        GraderAgreement.Grading(name: "a", samples: samples, masks: first),
        GraderAgreement.Grading(name: "b", samples: samples, masks: second),
      ], grid: RetinalGrid(form, ringWidth: 2), places: places)
  }

  /// The first marks all right of the middle, the second a quarter more: they agree but left of the middle.
  @Test func countsByCell() throws {
    let found = try agreement([.right], [mask(40..<80)], [mask(30..<80)])
    let nasal = try #require(found.cells.first { $0.name == "outer nasal" })
    // All of it marked by both: no κ, and full overlap.
    #expect(nasal.dice == 1 && nasal.pixelKappa == nil && nasal.images == 1)
    let temporal = try #require(found.cells.first { $0.name == "outer temporal" })
    #expect(temporal.dice == 1 && temporal.pixelKappa == nil, "30 px of 0.1 mm are beyond it")
    let superior = try #require(found.cells.first { $0.name == "outer superior" })
    let kappa = try #require(superior.pixelKappa)
    // Counted over its pixels again, by the ring and the quadrant.
    var counts = [[0, 0], [0, 0]]
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x) - Self.centre.x, Double(y) - Self.centre.y)
        let distance = (dx * dx + dy * dy).squareRoot() * 0.1
        guard distance >= 1.5, distance < 3, dy < 0, abs(dx) < -dy else { continue }
        counts[x >= 40 ? 1 : 0][x >= 30 ? 1 : 0] += 1
      }
    }
    #expect(abs(kappa - (CohenKappa(counts: counts)?.value ?? 0)) < 1e-12)
    #expect(superior.pixels == counts.joined().reduce(0, +))
  }

  /// A left eye's nasal cells are on the other side: both eyes' nasal cells count together.
  @Test func leftEyesAreMirrored() throws {
    let found = try agreement([.right, .left], [mask(40..<80), mask(0..<40)], [mask(40..<80), mask(0..<40)])
    let nasal = try #require(found.cells.first { $0.name == "inner nasal" })
    let temporal = try #require(found.cells.first { $0.name == "inner temporal" })
    #expect(nasal.images == 2 && nasal.dice == 1 && nasal.pixelKappa == nil)
    #expect(temporal.imageKappa == nil && temporal.pixelKappa == nil)
    let superior = try #require(found.cells.first { $0.name == "inner superior" })
    #expect(superior.pixelKappa == 1)
  }

  /// At 3 h of a right eye is the nose, at 9 h of a left one: both are of one cell.
  @Test func hoursOfLeftEyesAreMirrored() throws {
    let found = try agreement(
      [.right, .left], [mask(42..<80), mask(0..<37)], [mask(42..<80), mask(0..<37)], form: .clock)
    let three = try #require(found.cells.first { $0.name == "ring 1, 3 h" })
    let nine = try #require(found.cells.first { $0.name == "ring 1, 9 h" })
    #expect(three.images == 2 && nine.images == 2 && three.dice == 1)
    // Marked in both eyes at the nose's side, in none at the other.
    #expect(three.imageKappa == nil && nine.imageKappa == nil && nine.pixelKappa == nil)
    let names = RetinalGrid(.clock, count: 1).pooledNames(nasalIsRight: false)
    #expect(names[9] == "ring 1, 3 h" && names[0] == "ring 1, 12 h" && names[1] == "ring 1, 11 h")
  }
}
