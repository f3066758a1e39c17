import Angiography
import Figures
import Imaging
import Testing

@Suite struct DrawnRangeTests {
  private func sample(_ name: String, brightest: Float) -> Sample {
    let image = Plane(width: 8, height: 8, pixels: (0..<64).map { Float($0) / 63 * brightest })
    return Sample(
      name: name, image: image, mask: nil, fieldOfView: Mask(width: 8, height: 8, filledWith: true))
  }

  @Test func onlyDarkAngiogramsAreDrawnBrighter() {
    #expect(sample("a", brightest: 1).image.drawnRange == 0...1)
    #expect(sample("a", brightest: 0.5).image.drawnRange == 0...1)
    #expect(sample("a", brightest: 0.2).image.drawnRange == 0...0.2)
    #expect(Plane(width: 2, height: 1, filledWith: 0).drawnRange == 0...1)
    #expect(Plane(width: 2, height: 1, pixels: [.nan, -1]).drawnRange == 0...1)
    #expect(Plane(width: 2, height: 1, pixels: [.nan, 0.1]).drawnRange == 0...0.1)
  }

  @Test func theLegendSaysSo() throws {
    func ranges(_ figure: Figure) -> [ClosedRange<Float>] {
      figure.layers.compactMap { if case .plane(_, .grey, let range) = $0.content { range } else { nil } }
    }
    let words = "the brightest pixel of a dark angiogram"
    let mixed = try Figure.contactSheet([sample("a", brightest: 0.25), sample("b", brightest: 0.9)])
    #expect(ranges(mixed) == [0...0.25, 0...1])
    #expect(mixed.labels.contains { $0.text == words })
    let bright = try Figure.contactSheet([sample("b", brightest: 0.9)])
    #expect(!bright.labels.contains { $0.text == words })
    let dark = sample("c", brightest: 0.1).image
    let mask = Mask(dark, atLeast: 0.05)
    for figure in [
      try Figure.outlined(image: dark, [.prediction(mask)]),
      try Figure.overlay(image: dark, prediction: mask, truth: mask),
    ] {
      #expect(ranges(figure) == [0...0.1] && figure.labels.contains { $0.text == words })
    }
    // A picture that is no angiogram keeps its greys.
    let plain = try Figure.panel(rows: [PanelRow(cells: [PanelCell(.image(dark))])])
    #expect(ranges(plain) == [0...1])
  }
}
