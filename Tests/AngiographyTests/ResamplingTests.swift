import Angiography
import Imaging
import Testing

@Suite struct Resampling {
  @Test func resizingAgreesWithPillow() throws {
    let fixtures = try Fixtures.load()
    let plane = Plane(width: fixtures.plane.width, height: fixtures.plane.height, pixels: fixtures.plane.pixels)
    let mask = Mask(width: plane.width, height: plane.height, pixels: plane.pixels.map { $0 > 0.5 })
    for expected in fixtures.resized {
      let image = plane.resized(width: expected.width, height: expected.height)
      let worst = zip(image.pixels, expected.bilinear).map { abs($0 - $1) }.max() ?? 1
      // Pillow rounds to 32 bits between its two passes: half a unit in the last place of 1, twice.
      #expect(worst <= 1.2e-7, "\(expected.width) × \(expected.height)")
      let nearest = mask.resized(width: expected.width, height: expected.height)
      #expect(nearest.pixels == expected.nearest.map { $0 == 1 }, "\(expected.width) × \(expected.height)")
    }
  }

  @Test func changesOfTheFrameAgreeWithSciPyAwayFromTheBorder() throws {
    let fixtures = try Fixtures.load()
    let side = 24
    let square = Plane(width: side, height: side, pixels: fixtures.square)
    let sample = sample(square)
    for expected in fixtures.moved {
      let change = GeometricChange(
        isFlipped: expected.isFlipped, rotation: expected.rotation, shiftX: expected.shiftX, shiftY: expected.shiftY)
      let image = sample.workingImage(size: nil, change: change)
      for i in image.pixels.indices where expected.inside[i] == 1 {
        #expect(abs(image.pixels[i] - expected.image[i]) < 1e-6, "\(change), pixel \(i)")
      }
      #expect(expected.inside.count { $0 == 1 } > side * side / 3)
    }
  }

  private func sample(_ image: Plane) -> Sample {
    let all = Mask(width: image.width, height: image.height, filledWith: true)
    return Sample(name: "test", image: image, mask: Mask(image, atLeast: 0.5), fieldOfView: all)
  }

  @Test func flipsShiftsAndQuarterTurnsCopyPixelsExactly() {
    var generator = SeededGenerator(2)
    let image = randomPlane(width: 20, height: 20, using: &generator)
    let sample = sample(image)
    func changed(_ change: GeometricChange) -> Plane { sample.workingImage(size: nil, change: change) }
    let flipped = changed(GeometricChange(isFlipped: true))
    for y in 0..<20 { for x in 0..<20 { #expect(flipped[x, y] == image[19 - x, y]) } }
    let twice = self.sample(flipped).workingImage(size: nil, change: GeometricChange(isFlipped: true))
    #expect(twice == image)
    #expect(changed(GeometricChange(rotation: 360)) == image)
    let quarter = changed(GeometricChange(rotation: 90))
    for y in 0..<20 { for x in 0..<20 { #expect(quarter[19 - y, x] == image[x, y]) } }
    let shifted = changed(GeometricChange(shiftX: 0.1, shiftY: -0.05))
    for y in 0..<20 {
      for x in 0..<20 { #expect(shifted[x, y] == (x >= 2 && y + 1 < 20 ? image[x - 2, y + 1] : 0)) }
    }
    #expect(sample.workingMask(size: nil, change: GeometricChange(isFlipped: true)) == Mask(flipped, atLeast: 0.5))
  }

  @Test func aWorkingImageWithoutChangeIsAPlainResize() {
    var generator = SeededGenerator(4)
    let image = randomPlane(width: 64, height: 64, using: &generator)
    let small = sample(image).workingImage(size: 24)
    let resized = image.resized(width: 24, height: 24)
    #expect(zip(small.pixels, resized.pixels).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(sample(image).workingMask(size: 32) == Mask(image, atLeast: 0.5).resized(width: 32, height: 32))
  }

  @Test func oblongImagesKeepTheirProportionsAndComeBack() {
    let image = Plane(width: 40, height: 20, filledWith: 0.75)
    let sample = sample(image)
    let square = sample.workingImage(size: 20)
    for y in 0..<20 { for x in 0..<20 { #expect(square[x, y] == (y >= 5 && y < 15 ? 0.75 : 0)) } }
    let frame = sample.frame(workingSize: 20)
    let back = frame.restored(Plane(width: 20, height: 20, filledWith: 0.25))
    #expect(back == Plane(width: 40, height: 20, filledWith: 0.25))
  }

  @Test func aSmoothPredictionComesBackWhereItWas() {
    let frame = WorkingFrame(originalWidth: 96, originalHeight: 96, workingSize: 32)
    let ramp = Plane(width: 32, height: 32, pixels: (0..<1024).map { (Float($0 % 32) + 0.5) / 32 })
    let back = frame.restored(ramp)
    for x in 2..<94 { #expect(abs(back[x, 50] - (Float(x) + 0.5) / 96) < 1e-5) }
  }

  @Test func constantsStayConstantWhateverTheChange() {
    var generator = SeededGenerator(9)
    let sample = sample(Plane(width: 50, height: 50, filledWith: 0.5))
    let augmentation = Augmentation()
    for _ in 0..<20 {
      let image = sample.workingImage(size: 21, change: augmentation.draw(using: &generator).geometry)
      #expect(image.pixels.allSatisfy { $0 == 0 || abs($0 - 0.5) < 1e-6 })
      #expect(image.pixels[10 * 21 + 10] != 0)
    }
  }

  @Test func drawsStayInTheirRangesAndRepeatWithTheirSeed() {
    var generator = SeededGenerator(1)
    let augmentation = Augmentation(flip: 0.5, shift: 0.1, rotation: 15)
    let draws = (0..<2000).map { _ in augmentation.draw(using: &generator).geometry }
    #expect(draws.allSatisfy { abs($0.shiftX) <= 0.1 && abs($0.shiftY) <= 0.1 && abs($0.rotation) <= 15 })
    #expect((900...1100).contains(draws.count { $0.isFlipped }))
    #expect(draws.contains { $0.rotation > 14 } && draws.contains { $0.rotation < -14 })
    var again = SeededGenerator(1)
    #expect(augmentation.draw(using: &again).geometry == draws[0])
    var none = SeededGenerator(1)
    let (geometry, tone) = Augmentation(flip: 0, shift: 0, rotation: 0).draw(using: &none)
    #expect(geometry == .none && tone == .none)
  }

  @Test func windowMeansAgreeWithSciPy() throws {
    let fixtures = try Fixtures.load()
    let plane = Plane(width: fixtures.plane.width, height: fixtures.plane.height, pixels: fixtures.plane.pixels)
    let region = Mask(width: plane.width, height: plane.height, pixels: fixtures.plane.region.map { $0 == 1 })
    for expected in fixtures.windows {
      let means = plane.windowMean(side: expected.side, within: region)
      #expect(zip(means.pixels, expected.means).allSatisfy { abs($0 - $1) < 1e-6 }, "\(expected.side)")
    }
  }
}
