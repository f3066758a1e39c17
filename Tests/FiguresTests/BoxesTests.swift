import Figures
import Testing

@Suite struct BoxesTests {
  @Test func theBoxSpansTheQuartiles() throws {
    let figure = try Figure.boxes([.init("U-Net", [0, 0.2, 0.4, 0.6, 1, .nan])], yLabel: "DSC", yRange: 0...1)
    guard case .polyline(let axis)? = figure.marks.first(where: { $0.name == "axis" })?.shape,
      case .rectangle(let box)? = figure.marks.first(where: { $0.name == "box" })?.shape,
      case .polyline(let median)? = figure.marks.first(where: { $0.name == "median" })?.shape
    else {
      Issue.record("axis, box and median are drawn")
      return
    }
    let height = axis[1].y - axis[0].y
    #expect(abs(box.bottom - (axis[1].y - 0.2 * height)) < 1e-9)
    #expect(abs(box.y - (axis[1].y - 0.6 * height)) < 1e-9)
    #expect(abs(median[0].y - (axis[1].y - 0.4 * height)) < 1e-9)
    #expect(figure.marks.filter { $0.name == "U-Net" }.count == 5, "a dot for every finite value")
    #expect(figure.labels.contains { $0.text == "U-Net" })
  }

  @Test func emptyGroupsAreLeftBlank() throws {
    let figure = try Figure.boxes([.init("none", []), .init("one", [0.5])], yLabel: "DSC")
    #expect(figure.marks.filter { $0.name == "box" }.count == 1)
    #expect(throws: FigureError.nothingToDraw(what: "a box plot")) { try Figure.boxes([], yLabel: "DSC") }
  }
}
