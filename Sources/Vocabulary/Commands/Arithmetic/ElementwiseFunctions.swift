import Base
import Kernels
import Language

extension Command {
  static let elementwiseFunctions = [absolute, logarithm, exponential, squareRoot]

  private static let absolute = elementwise("abs", "the absolute value of each element", example: "print abs -2") {
    $0.magnitude
  }
  private static let logarithm = elementwise("log", "the natural logarithm of each element", example: "print log 10") {
    Elementary.log($0)
  }
  private static let exponential = elementwise("exp", "e to the power of each element", example: "print exp 1") {
    Elementary.exp($0)
  }
  private static let squareRoot = elementwise("sqrt", "the square root of each element", example: "print sqrt 2") {
    $0.squareRoot()
  }

  private static func elementwise(
    _ name: String, _ summary: String, example: String, _ transform: @escaping @Sendable (Double) -> Double
  ) -> Command {
    Command(
      name, summary, [.argument("x", .numeric, "a number, a list of numbers, an image, a mask or a tensor")],
      help: Help("A list gives a list, an image an image of the same size.", examples: [example])
    ) { arguments, _ in try mapElements(of: arguments["x"], transform) }
  }
}

/// A number, a list or a grid with every element replaced.
func mapElements(of value: Value, _ transform: (Double) -> Double) throws -> Value {
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

/// What the arithmetic of elements takes.
extension Accepts {
  static let numeric: Accepts = .either([
    .number(.one, Bounds()), .list(of: .number(.one, Bounds())), .object("image"), .object("mask"), .object("tensor"),
  ])
}
