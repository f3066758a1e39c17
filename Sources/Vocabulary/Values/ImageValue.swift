import Angiography
import Figures
import Imaging
import Language

/// A grey image or a probability map, in [0, 1] unless arithmetic took it elsewhere.
public struct ImageValue: ObjectValue, Elementwise {
  public let plane: Plane
  /// The file or the phantom it comes from; empty for a computed image.
  public let name: String
  /// The bits that keep what the angiogram's file held, also of what is computed from it; `nil` for a map.
  public let depth: SampleDepth?

  public init(_ plane: Plane, name: String = "", depth: SampleDepth? = nil) {
    self.plane = plane
    self.name = name
    self.depth = depth
  }

  /// The angiogram of a sample.
  public init(_ sample: Sample) { self.init(sample.image, name: sample.name, depth: sample.depth) }

  /// Whether it is an angiogram as it was read, not a map nor computed.
  var isAngiogram: Bool { depth != nil && !name.isEmpty }

  public static let typeName = "image"
  public static let members = [
    MemberDeclaration("width", .number, "columns, in pixels"),
    MemberDeclaration("height", .number, "rows, in pixels"),
    MemberDeclaration("name", .text, "the file's base name, or nothing for a computed image"),
  ]
  public var summary: String { "image \(plane.width)×\(plane.height)" + (name.isEmpty ? "" : " “\(name)”") }

  /// With what its pixels are like.
  public var display: String { "\(summary): \(statistics(of: plane.pixels, each: "pixel"))" }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "width": .number(Double(plane.width))
    case "height": .number(Double(plane.height))
    default: .text(self.name)
    }
  }

  public static func apply(_ operation: Operator, _ left: Value, _ right: Value) throws -> Value? {
    try applyElementwise(operation, left, right)
  }

  var shape: [Int] { [plane.height, plane.width] }
  var elements: [Float] { plane.pixels }
  func replacingElements(with elements: [Float]) -> any Elementwise {
    ImageValue(Plane(width: plane.width, height: plane.height, pixels: elements), depth: depth)
  }
}

extension ImageValue: Presentable {
  /// An angiogram is drawn brighter where it is dark; maps and what was computed are not, whose numbers mean something.
  var presentations: [Presentation] {
    let range = isAngiogram ? plane.drawnRange : 0...1
    let white = range == 0...1 ? "" : "; drawn with white at \(formatted(Double(range.upperBound), decimals: 3))"
    return [.figure(.image(plane, range: range, caption: display + white))]
  }
}
