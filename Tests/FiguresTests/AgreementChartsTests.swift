import Figures
import Testing

@Suite struct AgreementChartsTests {
  private func polyline(_ figure: Figure, _ name: String) -> [Figure.Point] {
    figure.marks.lazy.compactMap { mark in
      if mark.name == name, case .polyline(let points) = mark.shape { points } else { nil }
    }.first ?? []
  }

  private func circles(_ figure: Figure, _ name: String) -> [Figure.Point] {
    figure.marks.compactMap { mark in
      if mark.name == name, case .circle(let center, _) = mark.shape { center } else { nil }
    }
  }

  private func rectangles(_ figure: Figure, _ name: String) -> [Figure.Rectangle] {
    figure.marks.compactMap { mark in
      if mark.name == name, case .rectangle(let frame) = mark.shape { frame } else { nil }
    }
  }

  private func blandAltman(_ widest: Double = 3) throws -> Figure {
    try Figure.blandAltman(
      means: [10, 20, 40], differences: [-1, 0, 2], bias: .init("bias 0.33", 0.33, -0.5...1.2),
      limits: (.init("lower limit −2.7", -2.7, -4...(-1.9)), .init("upper limit 3.3", 3.3, 2.4...3.3 + widest)),
      xLabel: "mean of both, mm²", yLabel: "A − B, mm²")
  }

  @Test func linesLieInTheirBands() throws {
    let figure = try blandAltman()
    let bands = rectangles(figure, "band")
    let lines = figure.marks.filter { $0.name == "limit" || $0.name == "bias" }.compactMap { mark -> Double? in
      if case .polyline(let points) = mark.shape { points[0].y } else { nil }
    }
    #expect(bands.count == 3 && lines.count == 3)
    // Bands from the lower limit up; the bias is the first line, then the limits.
    for (band, line) in zip(bands, [lines[1], lines[0], lines[2]]) { #expect(band.y < line && line < band.bottom) }
    let zero = polyline(figure, "zero")[0].y
    let pairs = circles(figure, "pair")
    #expect(pairs.count == 3 && abs(pairs[1].y - zero) < 1e-9 && pairs[0].y > zero && pairs[2].y < zero)
    #expect(abs((pairs[2].x - pairs[0].x) / (pairs[1].x - pairs[0].x) - 3) < 1e-9)
    #expect(abs((zero - pairs[2].y) / (pairs[0].y - zero) - 2) < 1e-9)
    #expect(abs((zero - lines[0]) / (zero - pairs[2].y) - 0.165) < 1e-9)
    for text in ["bias 0.33", "upper limit 3.3", "mean of both, mm²", "A − B, mm²"] {
      #expect(figure.labels.contains { $0.text == text }, "\(text)")
    }
  }

  /// Of two pairs the interval of a limit is a hundred standard deviations wide.
  @Test func wideBandsLeaveRoom() throws {
    let (narrow, wide) = (try blandAltman(5), try blandAltman(500))
    #expect(circles(narrow, "pair") == circles(try blandAltman(6), "pair"))
    let spread = circles(wide, "pair").map(\.y)
    #expect((spread.max() ?? 0) - (spread.min() ?? 0) > 20)
    let top = polyline(wide, "axis")[0].y
    #expect(rectangles(wide, "band").allSatisfy { $0.y >= top - 1e-9 })
  }

  /// Graders who agree in everything have three lines in one place, and names that can be read.
  @Test func namesStandApart() throws {
    let figure = try Figure.blandAltman(
      means: [1, 2], differences: [0, 0], bias: .init("bias", 0, 0...0),
      limits: (.init("lower", 0, 0...0), .init("upper", 0, 0...0)), xLabel: "mean", yLabel: "difference")
    let heights = ["lower", "bias", "upper"].compactMap { name in figure.labels.first { $0.text == name }?.anchor.y }
    #expect(heights.count == 3 && heights[0] - heights[1] > 9 && heights[1] - heights[2] > 9)
    #expect(throws: FigureError.nothingToDraw(what: "a Bland–Altman plot")) {
      try Figure.blandAltman(
        means: [], differences: [], bias: .init("", 0, 0...0), limits: (.init("", 0, 0...0), .init("", 0, 0...0)),
        xLabel: "", yLabel: "")
    }
  }

  @Test func binsStandOverTheirBars() throws {
    let bins: [Figure.ProbabilityBin] = [
      .init(0...0.2, predicted: 0.05, observed: 0.1, count: 100_000),
      .init(0.4...0.6, predicted: 0.5, observed: 0.5, count: 100),
      .init(0.8...1, predicted: 0.9, observed: 0.7, count: 1),
    ]
    let figure = try Figure.reliability(bins, notes: ["ECE 0.050", "3 bins"])
    let diagonal = polyline(figure, "diagonal")
    let points = circles(figure, "bin")
    #expect(points.count == 3 && polyline(figure, "observed") == points)
    let (width, height) = (diagonal[1].x - diagonal[0].x, diagonal[0].y - diagonal[1].y)
    for (point, bin) in zip(points, bins) {
      #expect(abs(point.x - diagonal[0].x - bin.predicted * width) < 1e-9)
      #expect(abs(diagonal[0].y - point.y - bin.observed * height) < 1e-9)
    }
    let bars = rectangles(figure, "bar")
    #expect(bars.count == 3 && bars[0].height > bars[1].height && bars[1].height > bars[2].height)
    #expect(bars[2].height > 1, "one pixel is seen")
    #expect(bars.allSatisfy { $0.y > diagonal[0].y } && zip(bars, points).allSatisfy { $0.x < $1.x && $1.x < $0.right })
    #expect(figure.labels.contains { $0.text == "ECE 0.050" })
    #expect(throws: FigureError.nothingToDraw(what: "a reliability diagram")) { try Figure.reliability([]) }
  }
}
