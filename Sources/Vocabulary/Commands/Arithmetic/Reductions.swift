import Base
import Language

extension Command {
  static let reductions = [sum, mean, minimum, maximum]

  private static let sum = reduction("sum", "the sum of all elements", example: "print sum [1, 2, 3]") {
    $0.reduce(0, +)
  }
  private static let mean = reduction(
    "mean", "the mean of all elements", example: "print mean [1, 2, 3]",
    codes: [
      CodeEntry("empty-list", "a measure of no elements", .program("print mean []"))
    ]
  ) {
    $0.reduce(0, +) / Double($0.count)
  }
  private static let minimum = reduction("min", "the smallest element", example: "print min [3, 1, 2]") {
    $0.reduce(.infinity) { Swift.min($0, $1) }
  }
  private static let maximum = reduction("max", "the largest element", example: "print max [3, 1, 2]") {
    $0.reduce(-.infinity) { Swift.max($0, $1) }
  }

  private static func reduction(
    _ name: String, _ summary: String, example: String, codes: [CodeEntry] = [],
    _ reduce: @escaping @Sendable ([Double]) -> Double
  ) -> Command {
    Command(
      name, summary, [.argument("x", .measures, "a number, a list of numbers, an image, a mask or a tensor")],
      result: .number,
      help: Help(
        "Sums run in double precision, in the elements' order. What has a unit keeps it; a list is of one kind of unit.",
        examples: [example]),
      codes: codes
    ) { arguments, _ in
      let elements = numbers(in: arguments["x"])
      guard !elements.isEmpty else { throw Failure("empty-list", "\(name) of no elements is undefined") }
      return .number(reduce(elements), unit(of: arguments["x"]))
    }
  }
}

extension Accepts {
  /// What is numeric, or numbers of one kind of unit.
  fileprivate static let measures: Accepts = .either(
    [.numeric]
      + Unit.allCases.filter { $0 != .one }.flatMap { unit -> [Accepts] in
        [.number(unit, Bounds()), .list(of: .number(unit, Bounds()))]
      })
}

/// That of all numbers in it, as the parameter gives them.
private func unit(of value: Value) -> Unit {
  switch value {
  case .number(_, let unit): unit
  case .list(let values): values.first.map(unit(of:)) ?? .one
  default: .one
  }
}

private func numbers(in value: Value) -> [Double] {
  switch value {
  case .number(let number, _): [number]
  case .list(let values): values.flatMap(numbers(in:))
  default: grid(value)?.elements.map(Double.init) ?? []
  }
}
