import Angiography
import Figures
import Imaging
import Testing

@Suite struct PageTests {
  @Test func everythingStandsOnThePage() throws {
    let picture = try Figure.boxes([.init("one", [0.2, 0.5])], yLabel: "DSC")
    let page = Figure.Page(
      title: "A title", lines: ["A line"], pictures: [picture, picture],
      tables: [Figure.Page.Table("A table", rows: [["name", "value"], ["a long name of a measure", "3"]])],
      paragraphs: ["Words that go on. " + String(repeating: "and on ", count: 60)], warning: "Read this.")
    let figure = try Figure.page(page)
    #expect(figure.size.width == 595 && figure.size.height == 842)
    for label in figure.labels {
      #expect((0...595).contains(label.anchor.x) && (0...842).contains(label.anchor.y), "\(label.text)")
    }
    #expect(figure.marks.filter { $0.name == "box" }.count == 2, "both pictures")
    let texts = figure.labels.map(\.text)
    for text in ["A title", "A line", "A table", "a long name of a measure", "Read this."] {
      #expect(texts.contains(text))
    }
    // A picture that is drawn smaller has smaller letters, in its proportions.
    let own = try #require(picture.labels.first { $0.text == "one" })
    let placed = try #require(figure.labels.first { $0.text == "one" })
    #expect(placed.size < own.size)
  }

  @Test func aLongPageGrows() throws {
    let rows = [["name", "value"]] + (0..<90).map { ["row \($0)", "\($0)"] }
    let page = Figure.Page(
      title: "T", lines: [], pictures: [], tables: [Figure.Page.Table("long", rows: rows)], paragraphs: [], warning: "W"
    )
    #expect(try Figure.page(page).size.height > 1000)
    let empty = Figure.Page(
      title: "T", lines: [], pictures: [], tables: [Figure.Page.Table("none", rows: [])], paragraphs: [], warning: "W")
    #expect(throws: FigureError.nothingToDraw(what: "a table without rows")) { try Figure.page(empty) }
  }

  @Test func theGridNamesItsShares() throws {
    let side = 200
    let facts = SampleFacts(
      eye: .right, millimetresPerPixel: 0.05, landmarks: Landmarks(fovea: Landmark(x: 100, y: 100)))
    let sample = Sample(
      name: "eye", image: Plane(width: side, height: side, filledWith: 0.4), mask: nil,
      fieldOfView: Mask(width: side, height: side, filledWith: true), facts: facts)
    let marked = Mask(width: side, height: side, pixels: (0..<side * side).map { $0 / side > 100 })
    let area = GriddedArea(
      of: marked, in: sample, grid: RetinalGrid(.etdrs), centre: Landmark(x: 100, y: 100),
      scale: try #require(sample.scale))
    let figure = try Figure.gridMap(area, on: sample, outlines: [.truth(marked)])
    #expect(figure.marks.filter { $0.name == "grid" }.count == 9)
    let texts = figure.labels.map(\.text)
    #expect(texts.count { $0 == "100 %" } == 2 && texts.count { $0 == "0 %" } == 2)
    let lower = try #require(figure.labels.first { $0.text == "100 %" })
    let upper = try #require(figure.labels.first { $0.text == "0 %" })
    #expect(lower.anchor.y > upper.anchor.y)
  }
}
