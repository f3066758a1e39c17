import Angiography
import Base
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
  public static let meaning = "a grey picture: an angiogram, or a map of probabilities; computed with pixel by pixel"
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

extension ImageValue {
  /// From the least to the largest finite value, where one lies outside [0, 1] by more than files tell apart; else `nil`.
  fileprivate var rangeBeyondGrey: ClosedRange<Float>? {
    let step: Float = 1 / 65535
    let finite = plane.pixels.lazy.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max(), least < -step || most > 1 + step, least < most else {
      return nil
    }
    return min(least, 0)...most
  }
}

extension ImageValue: Presentable {
  /// An angiogram is drawn brighter where it is dark; maps and what was computed are not, whose numbers mean something.
  var presentations: [Presentation] {
    let range = isAngiogram ? plane.drawnRange : rangeBeyondGrey ?? 0...1
    let ends = [range.lowerBound, range.upperBound].map { formatted(Double($0), decimals: 3) }
    let white =
      if range == 0...1 { "" } else if range.lowerBound == 0 { "; drawn with white at \(ends[1])" } else {
        "; drawn from \(ends[0]), black, to \(ends[1]), white"
      }
    return [.figure(.image(plane, range: range, caption: display + white))]
  }
}

extension ImageValue: Openable {
  static let fileForm = FileForm(
    "images", .oneOf(["png", "pgm"]), "images, masks and maps are written as .png or .pgm")

  func write(to target: FileTarget) throws {
    if let range = rangeBeyondGrey {
      let ends = [range.lowerBound, range.upperBound].map { formatted(Double($0), decimals: 3) }
      target.note("the image has values from \(ends[0]) to \(ends[1]): files hold 0 to 1, and what lies beyond is cut")
    }
    try target.write(plane.encoded(for: target.path, depth: target.depth ?? depth ?? .eight))
  }

  /// What no other type's ending says is read as an image, whatever its ending.
  static let openedEndings: [String] = []

  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known? {
    do throws(ImageError) { _ = try call.header(ofImageAt: place) } catch { call.report(error, on: "path") }
    return Known(.object(typeName))
  }

  static func open(_ place: String, writtenAs path: String, _ context: Context) throws -> Value {
    let image = try readImage(place)
    let range = SampleRange(of: [image])
    var notes = ImageNotes()
    notes.add(image.remarks(in: range), of: fileName(of: place))
    notes.lines.forEach(context.host.note)
    return .object(ImageValue(image.grey(in: range), name: baseName(of: place), depth: image.depth(in: range)))
  }
}
