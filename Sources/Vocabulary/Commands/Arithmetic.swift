import Kernels
import Language

/// Arithmetic on numbers, lists of numbers and grids: `sum mean min max abs log exp sqrt clip shape`.
enum Arithmetic {
  static var commands: [Command] {
    [sum, mean, minimum, maximum, absolute, logarithm, exponential, squareRoot, clip, shape, count]
  }

  private static let numeric: Accepts = .either([
    .number(.one, Bounds()), .list(of: .number(.one, Bounds())), .object("image"), .object("mask"), .object("tensor"),
  ])

  static let sum = reduction("sum", "the sum of all elements", example: "print sum [1, 2, 3]") { $0.reduce(0, +) }
  static let mean = reduction("mean", "the mean of all elements", example: "print mean [1, 2, 3]") {
    $0.reduce(0, +) / Double($0.count)
  }
  static let minimum = reduction("min", "the smallest element", example: "print min [3, 1, 2]") {
    $0.reduce(.infinity) { Swift.min($0, $1) }
  }
  static let maximum = reduction("max", "the largest element", example: "print max [3, 1, 2]") {
    $0.reduce(-.infinity) { Swift.max($0, $1) }
  }

  static let absolute = elementwise("abs", "the absolute value of each element", example: "print abs -2") {
    $0.magnitude
  }
  static let logarithm = elementwise("log", "the natural logarithm of each element", example: "print log 10") {
    Elementary.log($0)
  }
  static let exponential = elementwise("exp", "e to the power of each element", example: "print exp 1") {
    Elementary.exp($0)
  }
  static let squareRoot = elementwise("sqrt", "the square root of each element", example: "print sqrt 2") {
    $0.squareRoot()
  }

  static let clip = Command(
    "clip", "each element moved into a range",
    [
      .argument("x", numeric, "a number, a list of numbers, an image, a mask or a tensor"),
      .option("from", .number(.one, Bounds()), default: .number(0), "the smallest value kept"),
      .option("to", .number(.one, Bounds()), default: .number(1), "the largest value kept"),
    ],
    help: Help("Elements below `from` become `from`, those above `to` become `to`.", examples: ["print clip 1.5 to: 1"])
  ) { arguments, _ in
    let (low, high) = (arguments.number("from"), arguments.number("to"))
    guard low <= high else {
      throw Failure("empty-range", "clip needs from ≤ to; found from: \(low) and to: \(high)")
    }
    return try mapElements(of: arguments["x"]) { Swift.min(Swift.max($0, low), high) }
  }

  static let shape = Command(
    "shape", "the sizes along each axis",
    [
      .argument(
        "x", .either([.list(of: .any), .object("image"), .object("mask"), .object("tensor")]),
        "an image, a mask, a tensor or a list")
    ], result: .list(of: .number),
    help: Help(
      "Images and masks answer [height, width], tensors [batch, height, width, channels], lists their length.",
      examples: ["print shape [1, 2, 3]"])
  ) { arguments, _ in
    if let grid = grid(arguments["x"]) { return .list(grid.shape.map { .number(Double($0)) }) }
    if case .list(let values) = arguments["x"] { return .list([.number(Double(values.count))]) }
    preconditionFailure("the signature asks for a grid or a list")
  }

  static let count = Command(
    "count", "how many elements a value has",
    [.argument("x", .any, "a list, a dataset, predictions, a table, a range or a text")], result: .number,
    help: Help("For a text, its characters.", examples: ["print count [1, 2, 3]", "print count (phantom 2 size: 64)"])
  ) { arguments, _ in
    switch arguments["x"] {
    case .list(let values): return .number(Double(values.count))
    case .range(let range): return .number(Double(range.count))
    case .text(let text): return .number(Double(text.count))
    case .record(let record): return .number(Double(record.names.count))
    case .object(let object):
      if let count = object.count { return .number(Double(count)) }
    case .none, .truth, .number, .function: break
    }
    throw Failure("wrong-kind", "count needs a value with elements")
  }

  private static func reduction(
    _ name: String, _ summary: String, example: String, _ reduce: @escaping @Sendable ([Double]) -> Double
  ) -> Command {
    Command(
      name, summary, [.argument("x", numeric, "a number, a list of numbers, an image, a mask or a tensor")],
      result: .number, help: Help("Sums run in double precision, in the elements' order.", examples: [example])
    ) { arguments, _ in
      let elements = numbers(in: arguments["x"])
      guard !elements.isEmpty else { throw Failure("empty-list", "\(name) of no elements is undefined") }
      return .number(reduce(elements))
    }
  }

  private static func elementwise(
    _ name: String, _ summary: String, example: String, _ transform: @escaping @Sendable (Double) -> Double
  ) -> Command {
    Command(
      name, summary, [.argument("x", numeric, "a number, a list of numbers, an image, a mask or a tensor")],
      help: Help("A list gives a list, an image an image of the same size.", examples: [example])
    ) { arguments, _ in try mapElements(of: arguments["x"], transform) }
  }

  private static func numbers(in value: Value) -> [Double] {
    switch value {
    case .number(let number, _): [number]
    case .list(let values): values.flatMap(numbers(in:))
    default: grid(value)?.elements.map(Double.init) ?? []
    }
  }

  private static func mapElements(of value: Value, _ transform: (Double) -> Double) throws -> Value {
    switch value {
    case .number(let number, let unit):
      let result = transform(number)
      // As the operators: a finite number does not turn into none unseen. Elements of maps may.
      guard result.isFinite || !number.isFinite else {
        throw Failure("not-finite", "the result for \(display(value)) is no finite number")
      }
      return .number(result, unit)
    case .list(let values): return .list(try values.map { try mapElements(of: $0, transform) })
    default:
      guard let grid = grid(value) else { throw Failure("wrong-kind", "these elements are no numbers") }
      try requireMemory(forElementsOf: [value])
      return .object(grid.replacingElements(with: grid.elements.map { Float(transform(Double($0))) }))
    }
  }
}
