import Angiography
import Figures
import Imaging
import Testing

/// A mask drawn with `#` for its pixels, one string a row.
func mask(_ rows: String...) -> Mask {
  Mask(width: rows[0].count, height: rows.count, pixels: rows.flatMap { $0.map { $0 == "#" } })
}

@Suite struct ContoursTests {
  @Test func aSinglePixelIsAUnitSquare() {
    let contours = mask("...", ".#.", "...").contours()
    #expect(contours.count == 1)
    #expect(contours[0].corners == [.init(1, 1), .init(2, 1), .init(2, 2), .init(1, 2)])
    #expect(contours[0].doubledArea == 2)
  }

  @Test func straightRunsHaveNoCornersBetween() {
    let contours = mask("####", "####").contours()
    #expect(contours.map(\.corners) == [[.init(0, 0), .init(4, 0), .init(4, 2), .init(0, 2)]])
  }

  @Test func aHoleRunsTheOtherWay() {
    let contours = mask("###", "#.#", "###").contours()
    #expect(contours.map(\.doubledArea).sorted() == [-2, 18])
  }

  @Test func pixelsThatTouchAtACornerHaveLinesOfTheirOwn() {
    #expect(mask("#.", ".#").contours().map(\.doubledArea) == [2, 2])
    #expect(mask(".#", "#.").contours().map(\.doubledArea) == [2, 2])
    // A hole of two pixels joined at a corner is one line or two, but encloses two pixels.
    #expect(mask("####", "#.##", "##.#", "####").contours().map(\.doubledArea).reduce(0, +) == 28)
  }

  @Test func anEmptyMaskHasNone() {
    #expect(Mask(width: 5, height: 4).contours().isEmpty)
  }

  @Test(arguments: 0..<40) func randomMasksAreEnclosedExactly(seed: UInt64) {
    var random = SplitMix(state: seed)
    let (width, height) = (Int(random.next() % 17) + 1, Int(random.next() % 13) + 1)
    var mask = Mask(width: width, height: height)
    for index in mask.pixels.indices { mask.pixels[index] = random.next() % 100 < 20 + seed * 2 % 70 }

    let contours = mask.contours()
    #expect(contours.reduce(0) { $0 + $1.doubledArea } == 2 * mask.area)
    var length = 0
    for contour in contours {
      #expect(contour.corners.count >= 4 && contour.corners.count.isMultiple(of: 2))
      for (index, corner) in contour.corners.enumerated() {
        let next = contour.corners[(index + 1) % contour.corners.count]
        let after = contour.corners[(index + 2) % contour.corners.count]
        #expect((corner.x == next.x) != (corner.y == next.y), "sides are upright or level")
        #expect((corner.x == next.x) != (next.x == after.x), "every corner is a turn")
        length += abs(corner.x - next.x) + abs(corner.y - next.y)
      }
    }
    #expect(length == borderLength(of: mask))
  }

  private func borderLength(of mask: Mask) -> Int {
    let inside: (Int, Int) -> Bool = { x, y in
      x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask[x, y]
    }
    var length = 0
    for y in -1..<mask.height {
      for x in -1..<mask.width {
        if inside(x, y) != inside(x + 1, y) { length += 1 }
        if inside(x, y) != inside(x, y + 1) { length += 1 }
      }
    }
    return length
  }
}

/// A small generator of reproducible numbers (S. Vigna's SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
