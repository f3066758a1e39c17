import Imaging
import Testing

@Suite struct GreyMorphology {
  private let fixtures = BlockFixtures.shared

  @Test func discsAreSciPys() {
    let (image, region) = (fixtures.image, fixtures.region)
    for expected in fixtures.discs {
      let radius = expected.radius
      #expect(image.eroded(radius: radius, within: region).pixels == expected.eroded, "\(radius)")
      #expect(image.dilated(radius: radius, within: region).pixels == expected.dilated, "\(radius)")
      #expect(image.whiteTopHat(radius: radius).pixels == expected.white, "\(radius)")
      #expect(image.blackTopHat(radius: radius).pixels == expected.black, "\(radius)")
    }
  }

  /// Every pixel by hand, also where the disc is wider than the picture.
  @Test func discsAreTheExtremesUnderThem() {
    var generator = SeededGenerator(1)
    for (width, height, radius) in [(1, 1, 3), (9, 1, 2), (1, 7, 4), (5, 4, 9), (20, 13, 3)] {
      let plane = generator.plane(width, height)
      let dilated = plane.dilated(radius: radius)
      for y in 0..<height {
        for x in 0..<width {
          var most = -Float.infinity
          for v in 0..<height {
            for u in 0..<width where (u - x) * (u - x) + (v - y) * (v - y) <= radius * radius {
              most = max(most, plane[u, v])
            }
          }
          #expect(dilated[x, y] == most)
        }
      }
    }
  }

  @Test func reconstructionIsScikitImages() {
    let (image, region, marker) = (fixtures.image, fixtures.region, fixtures.plane(fixtures.marker))
    let high = Plane(width: image.width, height: image.height, pixels: fixtures.marker.map { 1 - $0 })
    for expected in fixtures.reconstructed {
      let connectivity: Connectivity = expected.eight ? .eight : .four
      #expect(marker.reconstructed(under: image, connectivity: connectivity).pixels == expected.under)
      #expect(high.reconstructed(over: image, connectivity: connectivity).pixels == expected.over)
      let inField = marker.reconstructed(under: image, within: region, connectivity: connectivity)
      #expect(inField.pixels == expected.inField)
    }
  }

  /// Against dilations repeated until nothing changes.
  @Test func reconstructionIsTheLimitOfDilations() {
    var generator = SeededGenerator(2)
    for _ in 0..<30 {
      let (width, height) = (Int.random(in: 1...14, using: &generator), Int.random(in: 1...14, using: &generator))
      let mask = generator.plane(width, height, levels: 8)
      var marker = generator.plane(width, height, levels: 8)
      for i in marker.pixels.indices { marker.pixels[i] = min(marker.pixels[i] - 0.25, mask.pixels[i]) }
      let found = marker.reconstructed(under: mask, connectivity: .four)
      while true {
        var next = marker.dilated(radius: 1)
        for i in next.pixels.indices { next.pixels[i] = min(next.pixels[i], mask.pixels[i]) }
        if next == marker { break }
        marker = next
      }
      #expect(found == marker)
    }
  }

  @Test func openingByReconstructionKeepsWhatHoldsADisc() {
    var plane = Plane(width: 20, height: 12)
    for y in 2..<9 { for x in 2..<9 { plane[x, y] = 1 } }
    for x in 9..<14 { plane[x, 5] = 1 }  // a thin arm of the square
    for y in 1..<11 { plane[17, y] = 1 }  // a line of its own
    let opened = plane.openedByReconstruction(radius: 2)
    #expect(opened[12, 5] == 1 && opened[2, 2] == 1 && opened[17, 5] == 0)
    let inverse = Plane(width: 20, height: 12, pixels: plane.pixels.map { 1 - $0 })
    #expect(inverse.closedByReconstruction(radius: 2).pixels == opened.pixels.map { 1 - $0 })
  }

  @Test func minimaAreScikitImages() {
    let (image, h) = (fixtures.image, fixtures.h)
    #expect(image.minimaFilled(by: h).pixels == fixtures.filled)
    #expect(image.maximaLowered(by: h).pixels == fixtures.lowered)
    #expect(image.regionalMinima() == fixtures.mask(fixtures.minima))
    #expect(image.regionalMinima(connectivity: .four) == fixtures.mask(fixtures.minima4))
    #expect(image.regionalMinima(depth: h) == fixtures.mask(fixtures.deepMinima))
    let negative = Plane(width: image.width, height: image.height, pixels: image.pixels.map { -$0 })
    #expect(negative.regionalMaxima(height: h) == fixtures.mask(fixtures.deepMinima))
    let (deep, all) = (fixtures.mask(fixtures.deepMinima).components(), fixtures.mask(fixtures.minima).components())
    #expect(deep.count < all.count)
  }

  @Test func minimaSeeNothingOutsideTheirRegion() {
    var plane = Plane(width: 7, height: 1, pixels: [0, 3, 1, 2, 1, 3, 0])
    var region = Mask(width: 7, height: 1, filledWith: true)
    (region[0, 0], region[6, 0]) = (false, false)
    #expect(plane.regionalMinima(within: region).pixels == [false, false, true, false, true, false, false])
    plane[2, 0] = 0.5
    #expect(
      plane.regionalMinima(depth: 1.25, within: region).pixels == [false, false, true, false, false, false, false])
  }

  @Test func areaOpeningsAreScikitImages() {
    for expected in fixtures.areaOpened {
      let connectivity: Connectivity = expected.eight ? .eight : .four
      #expect(fixtures.image.areaOpened(expected.area, connectivity: connectivity).pixels == expected.values)
      #expect(fixtures.image.areaClosed(expected.area, connectivity: connectivity).pixels == expected.closed)
    }
  }

  /// Level by level: a component of a threshold set stays if it is large enough.
  @Test func areaOpeningIsThatOfEveryLevel() {
    var generator = SeededGenerator(3)
    for _ in 0..<20 {
      let plane = generator.plane(Int.random(in: 1...13, using: &generator), 11, levels: 6)
      let opened = plane.areaOpened(5)
      for level in Set(plane.pixels) {
        #expect(
          Mask(opened, atLeast: level) == Mask(plane, atLeast: level).withoutComponents(smallerThan: 5, .four)
            || level == plane.pixels.min())
      }
    }
  }
}

@Suite struct BinaryMorphology {
  private let fixtures = BlockFixtures.shared

  @Test func growingAndShrinkingAreThresholdsOfTheDistance() {
    let specks = fixtures.mask(fixtures.specks)
    for expected in fixtures.grown {
      #expect(specks.dilated(radius: expected.radius) == fixtures.mask(expected.dilated), "\(expected.radius)")
      #expect(specks.eroded(radius: expected.radius) == fixtures.mask(expected.eroded), "\(expected.radius)")
    }
    #expect(specks.dilated(radius: 0) == specks)
  }

  @Test func openingsAndClosingsAreIdempotent() {
    let blobs = fixtures.mask(fixtures.blobs)
    let (opened, closed) = (blobs.opened(radius: 2), blobs.closed(radius: 2))
    #expect(opened.opened(radius: 2) == opened && closed.closed(radius: 2) == closed)
    #expect(opened.area < blobs.area && opened.area(within: blobs) == opened.area)
    #expect(closed.area > blobs.area && closed.area(within: blobs) == blobs.area)
  }

  @Test func holesIslandsAndTheLargestAreSciPysAndScikitImages() {
    let specks = fixtures.mask(fixtures.specks)
    #expect(specks.holesFilled() == fixtures.mask(fixtures.holesFilled))
    #expect(specks.holesFilled(upTo: 0) == specks)
    #expect(specks.withoutComponents(smallerThan: 6, .four) == fixtures.mask(fixtures.withoutIslands))
    #expect(fixtures.mask(fixtures.blobs).largestComponent() == fixtures.mask(fixtures.largest))
    let nothing = Mask(width: 5, height: 4)
    #expect(nothing.largestComponent() == nothing && nothing.withoutComponents(smallerThan: 2) == nothing)
    #expect(nothing.holesFilled() == nothing)
  }

  /// A hole that only a corner opens is one for a set joined by eight neighbours.
  @Test func smallHolesAreFilledAndLargeOnesStay() {
    var ring = Mask(width: 9, height: 7, filledWith: true)
    ring[2, 2] = false
    for x in 4...6 { ring[x, 4] = false }
    #expect(ring.holesFilled(upTo: 1)[2, 2] && !ring.holesFilled(upTo: 1)[5, 4])
    #expect(ring.holesFilled().area == 63)
  }

  @Test func distancesAlongRowsAndColumnsOfOnePixel() {
    var line = Mask(width: 9, height: 1)
    line[2, 0] = true
    #expect(line.distances.pixels == [2, 1, 0, 1, 2, 3, 4, 5, 6])
    var column = Mask(width: 1, height: 4)
    column[0, 3] = true
    #expect(column.distances.pixels == [3, 2, 1, 0])
  }

  @Test func boundingBoxes() throws {
    var mask = Mask(width: 9, height: 7)
    #expect(mask.boundingBox == nil)
    (mask[4, 2], mask[3, 5]) = (true, true)
    let box = try #require(mask.boundingBox)
    #expect(box.columns == 3..<5 && box.rows == 2..<6)
  }
}
