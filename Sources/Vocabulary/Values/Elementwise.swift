import Angiography
import Base
import Imaging
import Kernels
import Language
import Tensors

/// A value made of numbers in a grid: arithmetic works on it element by element.
///
/// Tensors, images and masks are such values; the commands `mean`, `abs`, `clip` and their like
/// speak to them through this protocol alone.
protocol Elementwise: ObjectValue {
  /// Sizes along each axis, outermost first.
  var shape: [Int] { get }
  /// The elements in row-major order.
  var elements: [Float] { get }
  /// A value of the arithmetic's result type with this value's shape.
  func replacingElements(with elements: [Float]) -> any Elementwise
}

extension Elementwise {
  var shapeText: String { shape.map { "\($0)" }.joined(separator: "×") }
}

/// What numbers are like, in words: mean, standard deviation and range of the finite ones.
func statistics(of elements: [Float], each name: String) -> String {
  let finite = elements.filter(\.isFinite)
  guard let least = finite.min(), let most = finite.max() else { return "no \(name) is a number" }
  let mean = meanAndDeviation(finite.map(Double.init)).map { values in
    "mean \(formatted(values.mean, decimals: 3)), "
      + (values.deviation.map { "SD \(formatted($0, decimals: 3)), " } ?? "")
  }
  let strange = elements.count - finite.count
  let note = strange == 0 ? "" : "; \(strange) \(name)\(strange == 1 ? " is" : "s are") no number"
  return "\(mean ?? "")from \(formatted(Double(least), decimals: 3)) to "
    + "\(formatted(Double(most), decimals: 3))\(note)"
}

/// Applies an arithmetic operator or a comparison between grids of one shape, or a grid and a number.
///
/// - Throws: `shape-mismatch` when both sides are grids of different shapes.
/// - Returns: `nil` when the operator or the other side does not fit.
func applyElementwise(_ operation: Operator, _ left: Value, _ right: Value) throws -> Value? {
  guard grid(left) != nil || grid(right) != nil else { return nil }
  try requireMemory(forElementsOf: [left, right])
  if operation == .power { return wholePower(left, right) }
  if let arithmetic = arithmetic(operation) { return try applyArithmetic(arithmetic, operation, left, right) }
  guard let compare = comparison(operation) else { return nil }
  switch (grid(left), grid(right)) {
  case (let left?, let right?):
    try requireOneShape(left, right, operation)
    return .object(left.replacingElements(with: zip(left.elements, right.elements).map(compare)))
  case (let left?, nil):
    guard case .number(let number, .one) = right else { return nil }
    let scalar = Float(number)
    return .object(left.replacingElements(with: left.elements.map { compare($0, scalar) }))
  case (nil, let right?):
    guard case .number(let number, .one) = left else { return nil }
    let scalar = Float(number)
    return .object(right.replacingElements(with: right.elements.map { compare(scalar, $0) }))
  case (nil, nil):
    return nil
  }
}

/// `+ − · /` by the tensors' own arithmetic, on all cores.
private func applyArithmetic(
  _ arithmetic: ArithmeticOperation, _ operation: Operator, _ left: Value, _ right: Value
) throws -> Value? {
  func tensor(_ grid: any Elementwise) -> Tensor { Tensor(grid.shape, values: grid.elements) }
  switch (grid(left), grid(right)) {
  case (let left?, let right?):
    try requireOneShape(left, right, operation)
    let result = try tensor(left).applying(arithmetic, tensor(right), named: operation.rawValue)
    return .object(left.replacingElements(with: result.values))
  case (let left?, nil):
    guard case .number(let number, .one) = right else { return nil }
    return .object(left.replacingElements(with: tensor(left).applying(arithmetic, Float(number)).values))
  case (nil, let right?):
    guard case .number(let number, .one) = left else { return nil }
    return .object(right.replacingElements(with: tensor(right).applying(arithmetic, to: Float(number)).values))
  case (nil, nil):
    return nil
  }
}

private func requireOneShape(_ left: any Elementwise, _ right: any Elementwise, _ operation: Operator) throws(Failure) {
  guard left.shape == right.shape else {
    throw Failure(
      "shape-mismatch",
      "'\(operation.rawValue)' needs equal shapes; the left is \(left.shapeText), the right \(right.shapeText)")
  }
}

/// Makes sure that a result of as many elements fits beside what is there.
func requireMemory(forElementsOf values: [Value]) throws {
  let count = values.compactMap { grid($0)?.shape.reduce(1, *) }.max() ?? 0
  try AvailableMemory.require(
    bytes: 5 * count * MemoryLayout<Float>.stride, for: "the result", hint: "bind fewer images and tensors to names")
}

/// A grid to a whole power of at most 16, by multiplication; other powers are `exp (y * log x)`.
private func wholePower(_ base: Value, _ exponent: Value) -> Value? {
  guard let base = grid(base), case .number(let number, .one) = exponent, number.rounded() == number,
    (0...16).contains(number)
  else { return nil }
  return .object(base.replacingElements(with: base.elements.map { x in (0..<Int(number)).reduce(1) { y, _ in y * x } }))
}

/// The grid behind a value, if it is one.
func grid(_ value: Value) -> (any Elementwise)? {
  guard case .object(let object) = value else { return nil }
  return object as? any Elementwise
}

private func arithmetic(_ operation: Operator) -> ArithmeticOperation? {
  switch operation {
  case .add: .add
  case .subtract: .subtract
  case .multiply: .multiply
  case .divide: .divide
  default: nil
  }
}

/// 1 where it holds, 0 elsewhere.
private func comparison(_ operation: Operator) -> ((Float, Float) -> Float)? {
  switch operation {
  case .less: { $0 < $1 ? 1 : 0 }
  case .lessOrEqual: { $0 <= $1 ? 1 : 0 }
  case .greater: { $0 > $1 ? 1 : 0 }
  case .greaterOrEqual: { $0 >= $1 ? 1 : 0 }
  default: nil
  }
}
