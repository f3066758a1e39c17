import Angiography
import Figures
import Imaging
import Testing

@Suite struct OverlayTests {
  private let image = Plane(width: 3, height: 2, filledWith: 0.5)

  @Test func pixelsAreColouredByTheirAgreement() throws {
    let figure = try Figure.overlay(
      image: image, prediction: mask("##.", "..#"), truth: mask("#.#", "..#"), fieldOfView: mask("###", "##."))
    guard case .colour(let colours) = figure.layers[1].content else {
      Issue.record("the second layer holds the colours")
      return
    }
    let colour: (Int) -> [UInt8] = { Array(colours.bytes[$0 * 4..<$0 * 4 + 3]) }
    let expected = [Palette.truePositive, Palette.falsePositive, Palette.falseNegative]
    for (index, role) in expected.enumerated() { #expect(colour(index) == [role.red, role.green, role.blue]) }
    #expect(colours.bytes[3 * 4 + 3] == 0, "a true negative stays clear")
    #expect(colour(5) == [0, 0, 0] && colours.bytes[5 * 4 + 3] > 0, "outside the field of view it is dim")
    #expect(figure.layers[0].content == .plane(image, .grey))
  }

  @Test func contoursAndLegendName() throws {
    let figure = try Figure.overlay(image: image, prediction: mask("##.", "..."), truth: mask("...", "..."))
    #expect(figure.marks.contains { $0.name == "prediction" })
    #expect(!figure.marks.contains { $0.name == "ground truth" }, "an empty mask has no contour")
    let texts = figure.labels.map(\.text)
    for text in ["true positive", "false negative (missed)", "false positive", "ground truth", "prediction"] {
      #expect(texts.contains(text))
    }
  }

  @Test func aContourLiesOnThePixelsEdges() throws {
    let figure = try Figure.outlined(image: image, [.truth(mask(".#.", "..."))])
    let frame = figure.layers[0].frame
    let pixel = frame.width / 3
    guard case .polygon(let rings)? = figure.marks.first(where: { $0.name == "ground truth" })?.shape else {
      Issue.record("no contour")
      return
    }
    #expect(rings.count == 1 && rings[0].count == 4)
    #expect(rings[0].map(\.x).min() == frame.x + pixel)
    #expect(rings[0].map(\.x).max() == frame.x + 2 * pixel)
    #expect(rings[0].map(\.y).min() == frame.y)
    #expect(figure.marks.first { $0.name == "ground truth" }?.fill != nil, "a single mask is veiled")
  }

  @Test func masksOfAnotherSizeAreRefused() {
    #expect { try Figure.overlay(image: image, prediction: mask("#"), truth: mask("#")) } throws: { error in
      guard let error = error as? FigureError else { return false }
      return error.code == "figure-sizes-differ" && error.message.contains("1 × 1") && error.message.contains("3 × 2")
    }
  }
}
