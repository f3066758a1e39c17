import Angiography
import Figures
import Imaging
import Testing

@Suite struct ContactSheetTests {
  private func sample(_ name: String, marked: Bool) -> Sample {
    let image = Plane(width: 8, height: 8, pixels: (0..<64).map { Float($0) / 63 })
    return Sample(
      name: name, image: image, mask: marked ? Mask(image, atLeast: 0.5) : nil,
      fieldOfView: Mask(width: 8, height: 8, filledWith: true))
  }

  @Test func everyImageHasItsNameAndItsContour() throws {
    let figure = try Figure.contactSheet(
      [sample("11-2 _021", marked: true), sample("unmarked", marked: false), sample("c", marked: true)])
    #expect(figure.layers.count == 3)
    #expect(figure.marks.filter { $0.name == "capillary non-perfusion" }.count == 2)
    #expect(Set(figure.labels.map(\.text)) == ["11-2 _021", "unmarked", "c", "capillary non-perfusion"])
  }

  @Test func whatIsLeftOutIsSaid() throws {
    let samples = (0..<30).map { sample("n\($0)", marked: false) }
    let figure = try Figure.contactSheet(samples, limit: 7)
    #expect(figure.layers.count == 7)
    #expect(figure.labels.contains { $0.text == "and 23 more" && $0.anchor.y < figure.size.height })
    #expect(throws: FigureError.nothingToDraw(what: "a contact sheet")) { try Figure.contactSheet([]) }
  }
}
