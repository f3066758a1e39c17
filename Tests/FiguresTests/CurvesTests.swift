import Figures
import Testing

@Suite struct CurvesTests {
  private func points(_ figure: Figure, _ name: String) -> [[Figure.Point]] {
    figure.marks.filter { $0.name == name }.compactMap { mark in
      if case .polyline(let points) = mark.shape { points } else { nil }
    }
  }

  @Test func aSeriesIsALineThroughItsValues() throws {
    let figure = try Figure.curves(
      series: [Series("loss", byEpoch: [4, 2, 1])], xLabel: "epoch", yLabel: "binary cross-entropy", title: "Training")
    let line = try #require(points(figure, "loss").first)
    #expect(line.count == 3)
    #expect(line[0].x < line[1].x && line[0].y < line[1].y && line[1].y < line[2].y)
    #expect(abs((line[1].y - line[0].y) - 2 * (line[2].y - line[1].y)) < 1e-9)
    let texts = figure.labels.map(\.text)
    #expect(["Training", "loss", "epoch", "binary cross-entropy", "1", "2", "3"].allSatisfy(texts.contains))
  }

  @Test func halvingsAreEvenOnALogarithmicAxis() throws {
    let figure = try Figure.curves(
      series: [Series("loss", byEpoch: [4, 2, 1, 0, -3])], xLabel: "epoch", yLabel: "loss", isLogarithmic: true)
    let line = try #require(points(figure, "loss").first)
    #expect(line.count == 3, "what is not above 0 has no place")
    #expect(abs((line[1].y - line[0].y) - (line[2].y - line[1].y)) < 1e-9)
  }

  @Test func gapsSplitALineAndLonePointsAreDots() throws {
    let figure = try Figure.curves(
      series: [Series("dsc", byEpoch: [0.1, 0.2, .nan, 0.5, .infinity, 0.6, 0.7])], xLabel: "epoch", yLabel: "DSC")
    #expect(points(figure, "dsc").map(\.count) == [2, 2])
    #expect(figure.marks.filter { if case .circle = $0.shape { $0.name == "dsc" } else { false } }.count == 1)
  }

  @Test(arguments: [[], [.nan], [3], [0, 0, 0], [-5, -5], [1e-300, 1e300], [.infinity, 2]] as [[Double]])
  func anythingCanBeDrawn(values: [Double]) throws {
    for isLogarithmic in [false, true] {
      let figure = try Figure.curves(
        series: [Series("s", byEpoch: values)], xLabel: "epoch", yLabel: "y", isLogarithmic: isLogarithmic)
      #expect(figure.size.height > 0 && figure.size.height < 1000)
      #expect(try !figure.png(scale: 1).isEmpty)
      let drawn = values.contains { $0.magnitude <= 1e150 && (!isLogarithmic || $0 >= 1e-150) }
      #expect(figure.labels.contains { $0.text == "no finite values" } == !drawn)
    }
  }

  @Test func chartsShareTheHorizontalAxis() throws {
    let figure = try Figure.curves(
      [
        Chart([Series("loss", byEpoch: [3, 2, 1, 1])], yLabel: "loss"),
        Chart([Series("DSC", byEpoch: [0.2, 0.6])], yLabel: "DSC", yRange: 0...1),
      ], xLabel: "epoch")
    let (loss, dsc) = (points(figure, "loss")[0], points(figure, "DSC")[0])
    #expect(loss[0].x == dsc[0].x && loss[1].x == dsc[1].x)
    #expect((loss.map(\.y).max() ?? 0) < (dsc.map(\.y).min() ?? 0))
    #expect(figure.labels.filter { $0.text == "epoch" }.count == 1)
  }

  @Test func valuesOutsideAWishedRangeWidenIt() throws {
    let figure = try Figure.curves(
      series: [Series("s", byEpoch: [0.5, 3])], xLabel: "epoch", yLabel: "y", yRange: 0...1)
    let axis = try #require(points(figure, "axis").first)
    #expect(points(figure, "s")[0].allSatisfy { $0.y >= axis[0].y - 1e-9 && $0.y <= axis[1].y + 1e-9 })
  }

  @Test func namesAtTheEndsDoNotOverlap() throws {
    let series = (0..<6).map { Series("series \($0)", byEpoch: [1, 2 + Double($0) * 1e-3]) }
    let figure = try Figure.curves(series: series, xLabel: "epoch", yLabel: "y")
    let heights = figure.labels.filter { $0.text.hasPrefix("series") }.map(\.anchor.y).sorted()
    #expect(heights.count == 6)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 >= 9 })
  }

  @Test func longNamesGoIntoALegendOnThePage() throws {
    let series = (0..<9).map { Series("a rather long name for a series, number \($0)", byEpoch: [1, Double($0)]) }
    let figure = try Figure.curves(series: series, xLabel: "epoch", yLabel: "y")
    #expect(figure.marks.filter { $0.name == "legend" }.count == 9)
    #expect(figure.labels.allSatisfy { $0.anchor.y <= figure.size.height })
    let looks = figure.marks.filter { $0.name == "legend" }.map { $0.stroke }
    #expect(Set(looks).count == 9, "no two series look the same")
  }

  @Test func withoutSeriesThereIsNothingToDraw() {
    #expect(throws: FigureError.nothingToDraw(what: "a chart")) { try Figure.curves([], xLabel: "epoch") }
  }

  @Test func errorBarsReachAsFarAsTheySay() throws {
    let series = Series("s", x: [1, 2, 3], y: [1, 2, 3], errors: [0.5, .nan, 0])
    let figure = try Figure.curves(series: [series], xLabel: "x", yLabel: "y")
    let line = try #require(points(figure, "s").first)
    let bars = points(figure, "error")
    #expect(bars.count == 3, "a bar and its caps; none of NaN or 0")
    #expect(bars[0].allSatisfy { abs($0.x - line[0].x) < 1e-9 })
    let unit = line[0].y - line[1].y
    #expect(abs(bars[0][0].y - line[0].y - unit / 2) < 1e-9 && abs(line[0].y - bars[0][1].y - unit / 2) < 1e-9)
  }

  @Test func axesCoverErrorBars() throws {
    for isLogarithmic in [false, true] {
      let series = Series("s", x: [1, 2], y: [1, 2], errors: [3, 90])
      let figure = try Figure.curves(series: [series], xLabel: "x", yLabel: "y", isLogarithmic: isLogarithmic)
      let axis = try #require(points(figure, "axis").first)
      let ends = points(figure, "error").flatMap { $0.map(\.y) }
      #expect(ends.count == 12 && ends.allSatisfy { $0 >= axis[0].y - 1e-9 && $0 <= axis[1].y + 1e-9 })
    }
  }
}
