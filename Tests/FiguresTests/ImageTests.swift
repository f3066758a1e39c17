import Angiography
import Figures
import Imaging
import Testing

@Suite struct ImageTests {
  @Test func aBareImageIsItsPixels() {
    let plane = Plane(width: 5, height: 3, pixels: (0..<15).map { Float($0) / 14 })
    let figure = Figure.image(plane, caption: "c")
    #expect(figure.soleGreyPixels == plane)
    #expect(figure.labels.isEmpty && figure.marks.isEmpty && figure.caption == "c")
    var titled = figure
    titled.labels.append(.init("t", at: .init(0, 0)))
    #expect(titled.soleGreyPixels == nil)
    #expect(Figure.probability(plane).soleGreyPixels == nil)
  }

  @Test func aRangeIsBroughtToBlackAndWhite() {
    let figure = Figure.image(Plane(width: 3, height: 1, pixels: [-2, 0, 2]), range: -2...2)
    #expect(figure.soleGreyPixels?.pixels == [0, 0.5, 1])
  }

  @Test(arguments: [1, 3, 64, 100, 256, 512, 700, 1024, 3000, 9000])
  func pixelsAndDotsAreInWholeRatio(side: Int) {
    let dots = Figure.image(Plane(width: side, height: 1)).size.width * Figure.defaultScale
    let ratio = max(dots, Double(side)) / min(dots, Double(side))
    #expect(abs(ratio - ratio.rounded()) < 1e-9)
    #expect(dots >= 380 && dots <= 768)
  }

  @Test func probabilitiesHaveAColourBar() {
    let plane = Plane(width: 4, height: 4, filledWith: 0.5)
    let figure = Figure.probability(plane, title: "U-Net")
    #expect(figure.layers.map(\.content).first == .plane(plane, .probability))
    #expect(figure.layers.count == 2)
    #expect(figure.labels.map(\.text) == ["U-Net", "0", "0.25", "0.5", "0.75", "1", "probability"])
    var broken = plane
    broken[0, 0] = .nan
    #expect(Figure.probability(broken).labels.contains { $0.text == "not a number" })
  }

  @Test func lightnessRisesWithProbability() {
    let luminance = (0...255).map { ColourMap.probability.colour(at: Float($0) / 255).luminance }
    #expect(zip(luminance, luminance.dropFirst()).allSatisfy { $1 > $0 - 0.004 })
    #expect(luminance[0] < 0.12 && luminance[255] > 0.8)
    #expect(zip(luminance, luminance.dropFirst(32)).allSatisfy { $1 - $0 > 0.04 }, "no flat stretch")
    #expect(ColourMap.probability.colour(at: -3) == ColourMap.probability.colour(at: 0))
    #expect(ColourMap.grey.colour(at: .nan) == Palette.notANumber)
  }
}
