import Angiography
import Imaging
import Testing

@Suite struct FieldsOfView {
  /// A noisy lit disc on a noisy black surround, with dark places inside.
  private func angiogram(
    side: Int, radius: Double, darkRim: Bool = false, seed: UInt64 = 1, cut: ClosedRange<Int>? = nil,
    noise: Float = 0.01
  ) -> (image: Plane, disc: Mask) {
    var generator = SeededGenerator(seed)
    var image = Plane(width: side, height: side)
    var disc = Mask(width: side, height: side)
    let middle = Double(side) / 2
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x) + 0.5 - middle, Double(y) + 0.5 - middle)
        let isInside = dx * dx + dy * dy <= radius * radius && (cut?.contains(y) ?? true)
        disc[x, y] = isInside
        // Non-perfusion in the middle and, when asked for, a wedge of it out to the rim: as black as the surround.
        let isDark =
          dx * dx + dy * dy < radius * radius / 16 || (darkRim && dx > 0.2 * radius && abs(dy) < 0.3 * radius)
        image[x, y] = Float.random(in: 0...noise, using: &generator) + (isInside && !isDark ? 0.3 : 0)
      }
    }
    return (image, disc)
  }

  private func overlap(_ a: Mask, _ b: Mask) -> Double {
    Double(zip(a.pixels, b.pixels).count { $0 && $1 }) / Double(zip(a.pixels, b.pixels).count { $0 || $1 })
  }

  @Test(arguments: [80.0, 95, 110, 130]) func aDiscIsFoundWhetherItTouchesTheBordersOrNot(radius: Double) {
    let (image, disc) = angiogram(side: 200, radius: radius)
    #expect(overlap(findFieldOfView(image), disc) > 0.97)
  }

  @Test func darkRetinaAtTheRimBelongsToTheField() {
    let (image, disc) = angiogram(side: 200, radius: 96, darkRim: true)
    #expect(overlap(findFieldOfView(image), disc) > 0.97)
  }

  @Test func noiseAndALabelInACornerDoNotMatter() {
    var (image, disc) = angiogram(side: 200, radius: 96, noise: 0.04)
    for y in 182..<195 { for x in 10..<30 { image[x, y] = 0.9 } }
    #expect(overlap(findFieldOfView(image), disc) > 0.97)
    for y in 192..<200 { for x in 0..<8 { image[x, y] = 0.9 } }
    #expect(overlap(findFieldOfView(image), disc) > 0.97)
  }

  @Test func aFieldMaskedAboveAndBelowIsCutThere() {
    let (image, disc) = angiogram(side: 200, radius: 98, cut: 30...169)
    #expect(overlap(findFieldOfView(image), disc) > 0.97)
  }

  @Test func imagesWithoutASurroundAreAllField() {
    var generator = SeededGenerator(3)
    let bright = Plane(
      width: 90, height: 60, pixels: randomPlane(width: 90, height: 60, using: &generator).pixels.map { $0 * 0.5 + 0.2 }
    )
    #expect(findFieldOfView(bright).area == 90 * 60)
    #expect(findFieldOfView(Plane(width: 90, height: 60)).area == 90 * 60)
    #expect(findFieldOfView(Plane(width: 1, height: 1, filledWith: 0.5)).area == 1)
    #expect(findFieldOfView(Plane(width: 3, height: 200)).area == 600)
    #expect(findFieldOfView(Plane(width: 64, height: 64, filledWith: .nan)).area == 64 * 64)
  }

  @Test func aFieldThatIsNoDiscIsTheLitArea() {
    var image = Plane(width: 160, height: 100)
    for y in 20..<80 { for x in 30..<130 { image[x, y] = 0.4 } }
    let field = findFieldOfView(image)
    #expect(field.area == 60 * 100)
    #expect(field[30, 20] && !field[29, 20])
  }
}
