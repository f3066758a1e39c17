import Figures
import Imaging
import Language

extension Command {
  static let histogram = Command(
    "histogram", "how many pixels have which grey",
    [
      Picture.parameter,
      .option(
        "bins", .integer(.within(1...10_000)), default: .number(64),
        "of equal width, from the least to the largest value"),
      Picture.within,
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Of the pixels that count. A picture of one grey value has bins from 0.5 below it to 0.5 above.",
      examples: ["show (histogram (phantom 1 size: 64)[0] bins: 40)"])
  ) { arguments, _ in
    let picture = try Picture(arguments)
    try picture.requirePixels()
    let bins = arguments.integer("bins")
    guard let ends = picture.plane.percentiles([0, 100], within: picture.field) else {
      preconditionFailure("pixels have percentiles")
    }
    let range = ends[0] < ends[1] ? ends[0]...ends[1] : (ends[0] - 0.5)...(ends[0] + 0.5)
    let counts = picture.plane.histogram(bins: bins, over: range, within: picture.field)
    return .object(
      FigureValue(try Figure.curves(series: [steps(counts, over: range)], xLabel: "grey", yLabel: "pixels")))
  }
}

/// The outline of the bars.
private func steps(_ counts: [Int], over range: ClosedRange<Float>) -> Series {
  let (lower, upper) = (Double(range.lowerBound), Double(range.upperBound))
  let edges = (0...counts.count).map { lower + (upper - lower) * Double($0) / Double(counts.count) }
  let heights = counts.map(Double.init)
  return Series(
    "\(counts.count) bins", x: edges.flatMap { [$0, $0] }, y: [0] + heights.flatMap { [$0, $0] } + [0])
}
