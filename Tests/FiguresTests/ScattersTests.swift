import Figures
import Testing

@Suite struct ScattersTests {
  private let scatters: [Figure.Scatter] = [
    .init("depth", .numbers([0.1, 0.2, 0.4])), .init("shape", .words(["disc", "square"], [1, 0, 1])),
    .init("levels", .numbers([3, 3, 3])), .init("side", .numbers([5, 7, 9])),
  ]

  @Test func everyPanelHasEveryValueAtItsHeight() throws {
    let figure = try Figure.scatters(
      scatters, values: [40, 60, 50], yLabel: "DSC", marked: (1, "chosen"), width: 520)
    func circles(_ name: String) -> [Figure.Point] {
      figure.marks.compactMap { mark in
        if mark.name == name, case .circle(let center, _) = mark.shape { center } else { nil }
      }
    }
    let marked = circles("marked")
    #expect(marked.count == 4)
    #expect(Set(marked.prefix(3).map(\.y)).count == 1, "panels of one row share their axis")
    #expect(marked[3].y > marked[0].y, "the fourth panel stands below")
    for (scatter, best) in zip(scatters, marked) {
      let others = circles(scatter.name)
      #expect(others.count == 2 && others[0].y > others[1].y && others[1].y > best.y, "\(scatter.name)")
    }
    let depths = circles("depth")
    #expect(abs((depths[1].x - depths[0].x) / (marked[0].x - depths[0].x) - 3) < 1e-9)
    let shapes = circles("shape")
    #expect(shapes[0].x == shapes[1].x && marked[1].x < shapes[0].x)
    let texts = figure.labels.map(\.text)
    #expect(["depth", "shape", "disc", "square", "chosen", "the others"].allSatisfy(texts.contains))
    #expect(texts.count { $0 == "DSC" } == 2, "once a row")
    #expect(figure.size.width == 520 && figure.labels.allSatisfy { $0.anchor.y < figure.size.height })
  }

  @Test func nothingIsRefused() {
    #expect(throws: FigureError.nothingToDraw(what: "a row of scatter plots")) {
      try Figure.scatters([], values: [], yLabel: "DSC", marked: (0, ""))
    }
  }
}
