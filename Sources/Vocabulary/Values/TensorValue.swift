import Figures
import Imaging
import Language
import Tensors

/// An array of numbers with a shape, `[batch, height, width, channels]` for images and feature maps.
///
/// `t[i]` is its part at that place of the first axis, a number where there is but one axis.
public struct TensorValue: ObjectValue, Elementwise {
  public let tensor: Tensor

  public init(_ tensor: Tensor) { self.tensor = tensor }

  public static let typeName = "tensor"
  public static let meaning =
    "numbers along several axes, as networks compute with them; arithmetic goes element by element"
  public static let members = [MemberDeclaration("shape", .list(of: .number), "sizes along each axis")]
  public var summary: String { "tensor \(shapeText)" }

  /// With its numbers where they are few, else with what they are like.
  public var display: String {
    if tensor.count <= 8 {
      return "\(summary): \(tensor.values.map { formatted(Double($0), decimals: 4) }.joined(separator: ", "))"
    }
    return "\(summary): \(statistics(of: tensor.values, each: "element"))"
  }

  public func member(_ name: String) throws -> Value { .list(tensor.shape.map { .number(Double($0)) }) }

  public var count: Int? { tensor.shape.first }

  public func element(at index: Int) throws -> Value {
    let shape = Array(tensor.shape.dropFirst())
    let size = shape.reduce(1, *)
    let part = Array(tensor.values[index * size..<(index + 1) * size])
    return shape.isEmpty ? .number(Double(part[0])) : .object(TensorValue(Tensor(shape, values: part)))
  }

  public static func apply(_ operation: Operator, _ left: Value, _ right: Value) throws -> Value? {
    try applyElementwise(operation, left, right)
  }

  var shape: [Int] { tensor.shape }
  var elements: [Float] { tensor.values }
  func replacingElements(with elements: [Float]) -> any Elementwise {
    TensorValue(Tensor(tensor.shape, values: elements))
  }
}

extension TensorValue: Presentable {
  var presentations: [Presentation] {
    get throws {
      guard let figure = try figure() else { return [.text(display)] }
      return [.figure(figure)]
    }
  }
}

extension TensorValue: Savable {
  static let fileForm = FileForm(
    "maps", .oneOf(["png", "pgm"]), ImageValue.fileForm.sentence, opensAs: .object(ImageValue.typeName))

  /// - Throws: `cannot-save` for a tensor that is no single map.
  func write(to target: FileTarget) throws {
    guard let plane else {
      throw Failure("cannot-save", "the \(summary) is no single map", hint: "save one of its maps: t[0]")
    }
    try target.write(plane.encoded(for: target.path, depth: target.depth ?? .eight))
  }
}
