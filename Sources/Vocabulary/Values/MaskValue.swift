import Angiography
import Base
import Figures
import Imaging
import Language

/// A set of pixels: a ground truth, a thresholded prediction, a field of view.
public struct MaskValue: ObjectValue, Elementwise {
  public let mask: Mask

  public init(_ mask: Mask) { self.mask = mask }

  public static let typeName = "mask"
  public static let meaning =
    "a set of pixels: what is non-perfused; `and`, `or`, `xor` and `not` combine masks pixel by pixel"
  public static let members = [
    MemberDeclaration("width", .number, "columns, in pixels"),
    MemberDeclaration("height", .number, "rows, in pixels"),
    MemberDeclaration("area", .number, "pixels in the set"),
  ]
  public var summary: String { "mask \(mask.width)×\(mask.height), \(mask.area) px" }

  /// With its share of the frame.
  public var display: String {
    let count = mask.width * mask.height
    guard count > 0 else { return summary }
    return "\(summary), \(formatted(100 * Double(mask.area) / Double(count), decimals: 1)) % of the frame"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "width": .number(Double(mask.width))
    case "height": .number(Double(mask.height))
    default: .number(Double(mask.area), .pixels)
    }
  }

  /// `and`, `or`, `xor`, `not`, `==` and `!=` work pixel by pixel and give a mask; arithmetic gives an image.
  public static func apply(_ operation: Operator, _ left: Value, _ right: Value) throws -> Value? {
    if operation == .not, case .object(let object) = left, let operand = object as? MaskValue {
      try requireMemory(forElementsOf: [left])
      return .object(MaskValue(operand.mask.map { !$0 }))
    }
    guard let combine = logic(operation) else { return try applyElementwise(operation, left, right) }
    guard case .object(let first) = left, let first = first as? MaskValue,
      case .object(let second) = right, let second = second as? MaskValue
    else { return nil }
    guard first.shape == second.shape else {
      throw Failure(
        "shape-mismatch",
        "'\(operation.rawValue)' needs masks of one size; the left is \(first.shapeText), the right \(second.shapeText)"
      )
    }
    try requireMemory(forElementsOf: [left])
    let pixels = zip(first.mask.pixels, second.mask.pixels).map(combine)
    return .object(MaskValue(Mask(width: first.mask.width, height: first.mask.height, pixels: pixels)))
  }

  private static func logic(_ operation: Operator) -> ((Bool, Bool) -> Bool)? {
    switch operation {
    case .and: { $0 && $1 }
    case .or: { $0 || $1 }
    case .xor, .notEqual: { $0 != $1 }
    case .equal: { $0 == $1 }
    default: nil
    }
  }

  var shape: [Int] { [mask.height, mask.width] }
  var elements: [Float] { mask.pixels.map { $0 ? 1 : 0 } }
  func replacingElements(with elements: [Float]) -> any Elementwise {
    ImageValue(Plane(width: mask.width, height: mask.height, pixels: elements))
  }
}

extension Mask {
  func map(_ transform: (Bool) -> Bool) -> Mask {
    Mask(width: width, height: height, pixels: pixels.map(transform))
  }
}

extension MaskValue: Presentable {
  var presentations: [Presentation] { [.figure(.mask(mask, caption: display))] }
}

extension MaskValue: Savable {
  static let fileForm = FileForm(
    "masks", .oneOf(["png", "pgm", "json"]), "masks are written as .png or .pgm, or as labelme's polygons, .json",
    opensAs: .object(ImageValue.typeName))

  /// Pixels, or in a .json file the polygons that hold them, of an image of the same name.
  func write(to target: FileTarget) throws {
    guard target.ending == "json" else { return try target.write(mask.plane.encoded(for: target.path)) }
    let size = PixelSize(width: mask.width, height: mask.height)
    try target.write(labelmeText(mask: mask, size: size, image: "\(baseName(of: target.path)).png"))
  }
}
