import Figures
import Language

extension Command {
  static let plot = Command(
    "plot", "numbers against numbers: lines or points, with error bars",
    [
      .argument("series", .record, "by their names: a list of numbers, or a record of the lists `x`, `y` and `error`"),
      .option("x-label", .text, default: .text("x"), "what the horizontal axis is"),
      .option("y-label", .text, default: .text("y"), "what the vertical axis is"),
      .option("style", default: PlotStyle.line, "how points are joined"),
      .option("logarithmic", .truth, default: .truth(false), "whether equal ratios of y are equal lengths"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "`x` is 1, 2, 3 … where it is left out. `error` is how far a bar goes up and down from each y. Numbers that are none leave "
        + "gaps, and so does what is not above 0 on a logarithmic axis.",
      examples: [
        "show (plot [mine: [x: [1, 2, 4], y: [70, 78, 81], error: [4, 3, 2]], floor: [55, 56, 55]] x-label: \"images\" "
          + "y-label: \"DSC, %\")"
      ]),
    codes: [
      CodeEntry(
        "not-a-series", "what is to be plotted and holds no numbers, or not as many of each",
        .program("plot [a: [x: [1], y: [1, 2]]]"))
    ],
    rules: [
      CallRule(on: "series") { call throws(Failure) in
        if let value = call.value("series") { _ = try series(value) }
      }
    ]
  ) { arguments, _ in
    let style: PlotStyle = arguments.choice("style")
    let series = try series(arguments["series"], style: style == .points ? .points : .line)
    return .object(
      FigureValue(
        try Figure.curves(
          series: series, xLabel: arguments.text("x-label"), yLabel: arguments.text("y-label"),
          isLogarithmic: arguments.truth("logarithmic"))))
  }
}

private enum PlotStyle: String, CaseIterable { case line, points }

private func series(_ value: Value, style: Series.Style = .line) throws(Failure) -> [Series] {
  guard case .record(let record) = value else { preconditionFailure("the signature asks for a record") }
  var all: [Series] = []
  for name in record.names {
    all.append(try plotted(record[name] ?? Value.none, named: name, style: style))
  }
  return all
}

private func plotted(_ value: Value, named name: String, style: Series.Style) throws(Failure) -> Series {
  func wrong(_ what: String) -> Failure { Failure("not-a-series", "“\(name)” \(what)") }
  func numbers(_ value: Value, _ field: String) throws(Failure) -> [Double] {
    guard case .list(let elements) = value else { throw wrong("has no list of numbers as `\(field)`") }
    var numbers: [Double] = []
    for element in elements {
      switch element {
      case .number(let number, _): numbers.append(number)
      case .none: numbers.append(.nan)
      default: throw wrong("has something else than numbers in `\(field)`")
      }
    }
    return numbers
  }
  let record: Record
  switch value {
  case .list: record = Record(["y": value])
  case .record(let fields): record = fields
  default: throw wrong("is neither a list of numbers nor a record of `x`, `y` and `error`")
  }
  if let stranger = record.names.first(where: { !["x", "y", "error"].contains($0) }) {
    throw wrong("has a field `\(stranger)`; a series has `x`, `y` and `error`")
  }
  let y = try numbers(record["y"] ?? Value.none, "y")
  let x = try record["x"].map { value throws(Failure) in try numbers(value, "x") } ?? y.indices.map { Double($0 + 1) }
  let errors = try record["error"].map { value throws(Failure) in try numbers(value, "error") } ?? []
  guard x.count == y.count else { throw wrong("has \(x.count) of `x` and \(y.count) of `y`") }
  guard errors.isEmpty || errors.count == y.count else {
    throw wrong("has \(errors.count) of `error` and \(y.count) of `y`")
  }
  guard errors.allSatisfy({ !($0 < 0) }) else { throw wrong("has an error below 0") }
  return Series(name, x: x, y: y, errors: errors, style: style)
}
