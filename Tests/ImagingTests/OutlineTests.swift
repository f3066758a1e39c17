import Imaging
import Testing

/// Areas that were drawn, as pixels, and pixels as areas.
@Suite struct OutlineTests {
  /// `#` for a pixel of the mask.
  private static func mask(_ rows: [String]) -> Mask {
    Mask(width: rows[0].count, height: rows.count, pixels: rows.joined().map { $0 == "#" })
  }

  private static func rows(_ mask: Mask) -> [String] {
    (0..<mask.height).map { y in String((0..<mask.width).map { mask[$0, y] ? "#" : "." }) }
  }

  private static func filled(_ areas: DrawnArea..., width: Int = 16, height: Int = 12) -> [String] {
    rows(Mask(width: width, height: height, areas: areas))
  }

  /// scikit-image 0.26's `polygon2mask`, whose first pixel has its middle at (0, 0), of the corners less a half.
  @Test func aPolygonHoldsThePixelsThatScikitImageFinds() {
    let leaf: [SIMD2<Double>] = [
      [1.2, 0.7], [14.9, 2.3], [10.1, 6.2], [15.3, 11.4], [7.7, 8.8], [2.1, 11.9], [4.6, 5.2],
    ]
    let expected = [
      "................", "..######........", "...############.", "...##########...", "....########....",
      "....#######.....", "....######......", "....#######.....", "...#########....", "...###....###...",
      "...##........#..", "..#.............",
    ]
    #expect(Self.filled(.polygon(leaf)) == expected)
    #expect(Self.filled(.polygon(leaf.reversed())) == expected)
    // A pentagram: what it winds around twice is outside.
    let star: [SIMD2<Double>] = [[8.1, 0.3], [12.7, 11.6], [0.4, 4.4], [15.6, 4.7], [3.3, 11.3]]
    #expect(
      Self.filled(.polygon(star)) == [
        "................", "........#.......", ".......##.......", ".......##.......", ".####.####......",
        "..####....####..", "....#......#....", ".....#....#.....", ".....##..##.....", "....###..###....",
        "....#......#....", "................",
      ])
  }

  /// Sides between pixels, and a side that runs through the middles: these belong to the area on its right, or below.
  @Test func sidesAreShared() {
    let square: [SIMD2<Double>] = [[1, 1], [3, 1], [3, 3], [1, 3]]
    #expect(Self.filled(.polygon(square), width: 4, height: 4) == ["....", ".##.", ".##.", "...."])
    let left: [SIMD2<Double>] = [[0, 0], [2.5, 0], [2.5, 4], [0, 4]]
    let right: [SIMD2<Double>] = [[2.5, 0], [4, 0], [4, 4], [2.5, 4]]
    #expect(Self.filled(.polygon(left), width: 4, height: 2) == ["##..", "##.."])
    #expect(Self.filled(.polygon(right), width: 4, height: 2) == ["..##", "..##"])
    let upper: [SIMD2<Double>] = [[0, 0], [4, 0], [4, 1.5], [0, 1.5]]
    #expect(Self.filled(.polygon(upper), width: 4, height: 3) == ["####", "....", "...."])
  }

  @Test func areasMayReachBeyondThePictureOrLieOutside() {
    let all: [SIMD2<Double>] = [[-1e6, -1e6], [1e6, -1e6], [1e6, 1e6], [-1e6, 1e6]]
    #expect(Self.filled(.polygon(all), width: 3, height: 2) == ["###", "###"])
    let beside: [SIMD2<Double>] = [[20, 1], [30, 1], [30, 9]]
    #expect(Mask(width: 16, height: 12, areas: [.polygon(beside)]).area == 0)
    let leftOf: [SIMD2<Double>] = [[-20, 1], [-3, 1], [-3, 9]]
    #expect(Mask(width: 16, height: 12, areas: [.polygon(leftOf)]).area == 0)
    // Half of a diamond whose middle is the corner of the picture.
    let diamond: [SIMD2<Double>] = [[-3.1, 0], [0, -3.1], [3.1, 0], [0, 3.1]]
    #expect(Self.filled(.polygon(diamond), width: 4, height: 4) == ["###.", "##..", "#...", "...."])
    for corners in [[], [[2.5, 2.5]], [[1, 1], [9, 9]], [[1, 1], [9, 9], [5, 5]]] as [[SIMD2<Double>]] {
      #expect(Mask(width: 16, height: 12, areas: [.polygon(corners)]).area == 0)
    }
  }

  @Test func aDiscHoldsWhatIsNearItsMiddle() {
    #expect(
      Self.filled(.disc(middle: [2.5, 2.5], radius: 2.1), width: 5, height: 5)
        == ["..#..", ".###.", "#####", ".###.", "..#.."])
    #expect(Mask(width: 8, height: 8, areas: [.disc(middle: [4, 4], radius: 0)]).area == 0)
    #expect(Mask(width: 8, height: 8, areas: [.disc(middle: [4, 4], radius: 1e6)]).area == 64)
    // All that is less than 40 from the middle of 101 × 101 pixels.
    let near = (0..<101 * 101).count { i in (i % 101 - 50) * (i % 101 - 50) + (i / 101 - 50) * (i / 101 - 50) < 1600 }
    let disc = Mask(width: 101, height: 101, areas: [.disc(middle: [50.5, 50.5], radius: 40 - 1e-9)])
    #expect(disc.area == near)
  }

  /// Several areas hold what is in one of them.
  @Test func areasAreUnited() {
    let square: DrawnArea = .polygon([[0, 0], [2, 0], [2, 2], [0, 2]])
    let other: DrawnArea = .polygon([[1, 1], [3, 1], [3, 3], [1, 3]])
    #expect(Self.filled(square, other, square, width: 3, height: 3) == ["##.", "###", ".##"])
    #expect(Self.filled(.runs([1, 2, 3, 0, 3]), width: 3, height: 3) == ["...", "#..", "#.."])
  }

  @Test(arguments: [
    ["."], ["#"], ["##", "##"], ["#.", ".#"], [".#", "#."], ["###", "#.#", "###"], ["#####", "#.#.#", "#####"],
    ["#####", "#...#", "#.#.#", "#...#", "#####"],
    // Holes that meet in a corner, holes above each other, a hole in a part inside a hole.
    ["#####", "##.##", "#.###", "#####", "##..#", "#####"],
    [
      "#########", "#.......#", "#.#####.#", "#.#...#.#", "#.#.#.#.#", "#.#...#.#", "#.#####.#", "#.......#",
      "#########",
    ],
    ["#.#.#.#.", ".#.#.#.#", "#.#.#.#.", ".#.#.#.#"], ["########", "#.#.#.##", "##.#.#.#", "########"],
    ["...", ".#.", "..."], ["####....", "#..#.###", "####.#.#", ".....###"],
  ])
  func outlinesHoldTheVeryPixels(_ rows: [String]) {
    let mask = Self.mask(rows)
    #expect(Self.rows(Mask(width: mask.width, height: mask.height, areas: mask.outlines)) == rows)
    #expect(mask.outlines.count == mask.components(.four).count)
  }

  /// Whatever the mask: sparse and dense noise, and smooth areas with holes; also where areas are not united but counted,
  /// as every pixel is in one outline alone.
  @Test func outlinesOfAnyMaskHoldTheVeryPixels() {
    var generator = SystemRandomNumberGenerator()
    for trial in 0..<400 {
      let (width, height) = (Int.random(in: 1...40, using: &generator), Int.random(in: 1...30, using: &generator))
      let density = [0.05, 0.3, 0.5, 0.6, 0.8, 0.97][trial % 6]
      var mask = Mask(
        width: width, height: height,
        pixels: (0..<width * height).map { _ in Double.random(in: 0..<1, using: &generator) < density })
      if trial % 4 == 0 { mask = mask.closed(radius: 1.5) }
      let outlines = mask.outlines
      #expect(Mask(width: width, height: height, areas: outlines) == mask, "\(Self.rows(mask))")
      let counted = outlines.reduce(0) { $0 + Mask(width: width, height: height, areas: [$1]).area }
      #expect(counted == mask.area)
    }
  }

  @Test func whatMarksNothingIsToldApart() {
    func why(_ area: DrawnArea) -> DrawnArea.Markless? { area.reasonForNoMark(width: 16, height: 12) }
    #expect(
      why(.polygon([[20, 2], [30, 2], [30, 9]])) == .outside
        && why(.polygon([[-9, 2], [-1, 2], [-1, 9]])) == .outside)
    #expect(why(.disc(middle: [8, -5], radius: 4)) == .outside)
    #expect(why(.polygon([[12, 2], [30, 2], [30, 9], [12, 9]])) == nil, "a part of it lies inside")
    #expect(
      why(.polygon([[2.6, 2.6], [3.4, 2.6], [3.4, 3.4]])) == .thin
        && why(.polygon([[3, 3], [3, 3], [3, 3]])) == .thin)
    #expect(
      why(.polygon([[2, 2], [4, 2], [4, 4], [2, 4]])) == nil && why(.disc(middle: [2.5, 2.5], radius: 0.2)) == nil)
    #expect(why(.runs([192])) == .thin && why(.runs([10, 2, 180])) == nil)
  }

  /// A square has four corners, and a ring two squares and the way there and back.
  @Test func outlinesHaveCornersOnly() {
    #expect(Mask(width: 9, height: 7, filledWith: true).outlines == [.polygon([[0, 0], [9, 0], [9, 7], [0, 7]])])
    let ring = Self.mask(["#####", "#...#", "#...#", "#####"])
    #expect(
      ring.outlines == [
        .polygon([
          [0, 0], [5, 0], [5, 4], [0, 4], [0, 1], [1, 1], [1, 3], [4, 3], [4, 1], [1, 1], [0, 1],
        ])
      ])
    #expect(Mask(width: 3, height: 3).outlines.isEmpty)
  }
}
