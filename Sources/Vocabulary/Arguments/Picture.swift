import Angiography
import Base
import Imaging
import Language

/// One picture as the commands on pictures take it: its pixels, and those of them that count.
struct Picture {
  let plane: Plane
  /// The pixels that count; `nil`: all of them.
  let field: Mask?
  private let depth: SampleDepth?

  static let accepts: Accepts = .either([.object(ImageValue.typeName), .object(MaskValue.typeName), .record])
  static let parameter = Parameter.argument(
    "x", accepts, "an image, a mask (0 and 1), or a sample or a prediction of one (`eyes[0]`: its angiogram)")
  static let within = Parameter.option(
    "within", .optional(.object(MaskValue.typeName)), default: Value.none,
    "the pixels that count; left out, a sample's field of view, all of an image or a mask")

  /// - Throws: `no-image` for a record without one, `shape-mismatch` where `within:` has another size, `not-finite` for
  ///   pixels that are no numbers.
  init(_ arguments: Arguments) throws {
    switch arguments["x"] {
    case .record(let record):
      let sample = try Angiograms.sample(record)
      (plane, depth) = (sample.image, sample.depth)
      field = try arguments.region("within", like: plane) ?? sample.fieldOfView
    case .object(let mask as MaskValue):
      (plane, depth) = (mask.mask.plane, nil)
      field = try arguments.region("within", like: plane)
    case .object(let image as ImageValue):
      (plane, depth) = (image.plane, image.depth)
      field = try arguments.region("within", like: plane)
    default: preconditionFailure("the signature asks for a picture")
    }
    try requireFinite(plane)
    try requireWorkingMemory(for: plane)
  }

  /// A picture computed from this one; 0 where nothing counts.
  func value(_ computed: Plane) -> Value {
    guard let field else { return .object(ImageValue(computed, depth: depth)) }
    let pixels = zip(computed.pixels, field.pixels).map { $1 ? $0 : 0 }
    return .object(ImageValue(Plane(width: computed.width, height: computed.height, pixels: pixels), depth: depth))
  }
}

extension Arguments {
  /// An optional mask that must lie on a picture.
  ///
  /// - Throws: `shape-mismatch`.
  func region(_ name: String, like plane: Plane) throws(Failure) -> Mask? {
    guard let mask = object(name, as: MaskValue.self)?.mask else { return nil }
    try requireSize(plane.width, plane.height, of: mask.width, mask.height, "\(name):")
    return mask
  }

  /// An image that must be of a picture's size.
  ///
  /// - Throws: `shape-mismatch`, `not-finite`.
  func plane(_ name: String, width: Int, height: Int) throws(Failure) -> Plane {
    let plane = require(name, as: ImageValue.self).plane
    try requireSize(width, height, of: plane.width, plane.height, "\(name):")
    try requireFinite(plane)
    return plane
  }
}

func requireSize(_ width: Int, _ height: Int, of otherWidth: Int, _ otherHeight: Int, _ what: String) throws(Failure) {
  guard width == otherWidth, height == otherHeight else {
    throw Failure("shape-mismatch", "`\(what)` is \(otherWidth)×\(otherHeight), what it goes with \(width)×\(height)")
  }
}

/// An angiogram is grey in [0, 1]: what arithmetic took elsewhere is none.
func requireGrey(_ plane: Plane) throws(Failure) {
  try requireFinite(plane)
  guard plane.pixels.allSatisfy({ 0 <= $0 && $0 <= 1 }) else {
    throw Failure(
      "not-grey", "this image has values below 0 or above 1, and an angiogram has none", hint: "`clip` brings them in")
  }
}

func requireFinite(_ plane: Plane) throws(Failure) {
  guard plane.pixels.allSatisfy(\.isFinite) else {
    throw Failure("not-finite", "this image has pixels that are no finite numbers", hint: "`clip` brings them in")
  }
}

/// Room for what a command on a picture keeps while it runs.
private func requireWorkingMemory(for plane: Plane) throws(MemoryError) {
  try AvailableMemory.require(
    bytes: 16 * MemoryLayout<Float>.stride * plane.pixels.count, for: "the result",
    hint: "bind fewer images and tensors to names")
}

extension Parameter {
  static let window = Parameter.option(
    "window", .integer(.within(1...1001)), default: .number(15),
    "the side of the square around each pixel, odd, in pixels")
}

extension CallRule {
  /// `window:` is the side of a square around a pixel: `even-window` where it has no middle.
  static let oddWindow = CallRule(on: "window") { call throws(Failure) in
    guard let side = call.integer("window"), side % 2 == 0 else { return }
    throw Failure(
      "even-window", "a window of \(side) pixels has no middle one", hint: "take \(side - 1) or \(side + 1)")
  }
}
