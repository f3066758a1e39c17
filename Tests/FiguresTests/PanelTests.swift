import Angiography
import Figures
import Imaging
import Testing

@Suite struct PanelTests {
  private let image = Plane(width: 16, height: 12, pixels: (0..<192).map { Float($0) / 191 })
  private var truth: Mask { Mask(image, atLeast: 0.6) }

  @Test func rowsAreImagesAndColumnsMethods() throws {
    let figure = try Figure.panel(
      rows: [
        PanelRow(title: "case 1", cells: [.init(.image(image)), .init(.mask(truth), caption: "DSC 81.2 %")]),
        PanelRow(title: "case 2", cells: [.init(.image(image)), .init(.empty)]),
      ], columnTitles: ["Original", "U-Net"], title: "Fig. 4", caption: "two cases")
    #expect(figure.caption == "two cases")
    #expect(Set(figure.labels.map(\.text)) == ["Fig. 4", "Original", "U-Net", "case 1", "case 2", "DSC 81.2 %"])
    #expect(figure.layers.map(\.content) == [.plane(image, .grey), .plane(truth.plane, .grey), .plane(image, .grey)])
    #expect(figure.layers.map(\.interpolation) == [.smooth, .nearest, .smooth])
    let frames = figure.layers.map(\.frame)
    #expect(frames[0].y == frames[1].y && frames[0].right < frames[1].x)
    #expect(frames[0].x == frames[2].x && frames[0].bottom < frames[2].y)
    #expect(abs(frames[0].width / frames[0].height - 16.0 / 12) < 1e-9)
  }

  @Test func everythingLiesOnThePageAndIsLargeEnoughToRead() throws {
    let agreement = try Agreement(image: image, prediction: truth, truth: truth)
    let cells = [PanelCell.Content.image(image), .probability(image), .outlined(image, [.truth(truth)])]
    for columns in 1...9 {
      let row = PanelRow(
        title: "a name with spaces",
        cells: (0..<columns).map { .init($0 < 3 ? cells[$0] : .agreement(agreement), caption: "DSC") })
      let figure = try Figure.panel(
        rows: [row, row], columnTitles: (0..<columns).map { "Pixel-discriminating GAN \($0)" })
      #expect(figure.labels.allSatisfy { $0.size >= 9 })
      for layer in figure.layers {
        #expect(layer.frame.x >= 0 && layer.frame.right <= figure.size.width)
        #expect(layer.frame.y >= 0 && layer.frame.bottom <= figure.size.height)
      }
      for label in figure.labels {
        #expect(label.anchor.x >= 0 && label.anchor.x <= figure.size.width)
        #expect(label.anchor.y >= 0 && label.anchor.y <= figure.size.height)
      }
    }
  }

  @Test func theLegendNamesEachThingOnce() throws {
    let outlined = PanelCell(.outlined(image, [.truth(truth), .prediction(truth)]))
    let figure = try Figure.panel(rows: [PanelRow(cells: [outlined, outlined, .init(.probability(image))])])
    for text in ["ground truth", "prediction", "probability"] {
      #expect(figure.labels.filter { $0.text == text }.count == 1)
    }
    #expect(figure.marks.filter { $0.name == "ground truth" }.count == 2)
  }

  @Test func whatDoesNotFitIsRefused() {
    #expect(throws: FigureError.nothingToDraw(what: "a panel")) { try Figure.panel(rows: []) }
    #expect(throws: FigureError.nothingToDraw(what: "a panel")) { try Figure.panel(rows: [PanelRow(cells: [])]) }
    #expect(throws: FigureError.raggedRow(title: "b", cells: 1, columns: 2)) {
      try Figure.panel(rows: [
        PanelRow(title: "a", cells: [.init(.empty), .init(.empty)]), PanelRow(title: "b", cells: [.init(.empty)]),
      ])
    }
    #expect { try Figure.panel(rows: [PanelRow(cells: [.init(.outlined(image, [.truth(mask("#"))]))])]) } throws: {
      ($0 as? FigureError)?.code == "figure-sizes-differ"
    }
  }
}
