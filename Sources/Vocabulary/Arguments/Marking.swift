import Imaging
import Language

/// One mask as the commands on masks take it, with what is known of its scale and of where it may lie.
struct Marking {
  /// Inside the field alone.
  let mask: Mask
  /// Where something can be marked; `nil`: everywhere.
  private let field: Mask?
  /// Nil where it isn't known.
  private let millimetresPerPixel: Double?

  static let accepts: Accepts = .either([.object(MaskValue.typeName), .record])
  static let parameter = Parameter.argument(
    "mask", accepts, "a mask, or a sample or a prediction (`found[0]`), whose mask counts inside its field of view")

  /// - Throws: `mask-missing` for a record without a mask, `mask-size-differs` where its field has another size.
  init(_ arguments: Arguments) throws(Failure) {
    switch arguments["mask"] {
    case .object(let value as MaskValue): (mask, field, millimetresPerPixel) = (value.mask, nil, nil)
    case .record(let record):
      guard let found = Angiograms.object(record["mask"], as: MaskValue.self)?.mask else {
        throw Failure(
          "mask-missing", "this record holds no `mask`: its fields are \(record.names.joined(separator: ", "))")
      }
      field = Angiograms.object(record["field"], as: MaskValue.self)?.mask
      if let field, field.width != found.width || field.height != found.height {
        throw Failure(
          "mask-size-differs",
          "the record's `field` is \(field.width)×\(field.height), its `mask` \(found.width)×\(found.height)")
      }
      mask = field.map { found.intersection($0) } ?? found
      if case .number(let scale, _)? = record["mm-per-pixel"], scale > 0 {
        millimetresPerPixel = scale
      } else {
        millimetresPerPixel = nil
      }
    default: preconditionFailure("the signature asks for a mask")
    }
  }

  /// A length in pixels, given in these or in millimetres.
  ///
  /// - Throws: `no-scale` for millimetres of a mask whose scale nobody knows.
  func pixels(_ name: String, _ arguments: Arguments) throws(Failure) -> Double {
    guard case .number(let length, let unit) = arguments[name] else { preconditionFailure("a length is a number") }
    guard unit == .millimetres else { return length }
    let given = arguments.isNone("mm-per-pixel") ? millimetresPerPixel : arguments.number("mm-per-pixel")
    guard let scale = given else {
      throw Failure(
        "unknown-scale", "nobody knows how many pixels \(formatted(length, decimals: 3)) mm are here",
        hint: "give `mm-per-pixel:`, or a sample that has it")
    }
    return min(length / scale, Self.farthest)
  }

  /// Beyond any picture.
  private static let farthest = 1e6

  func grown(by radius: Double) -> Mask { inside(mask.dilated(radius: radius)) }

  /// A mask that reaches the field's rim keeps it, as at the picture's.
  func shrunk(by radius: Double) -> Mask {
    inside((field.map { mask.union($0.complement) } ?? mask).eroded(radius: radius))
  }

  /// Narrow parts go.
  func opened(radius: Double) -> Marking { with(shrunk(by: radius)).map { $0.grown(by: radius) } }

  /// Narrow gaps go.
  func closed(radius: Double) -> Marking { with(grown(by: radius)).map { $0.shrunk(by: radius) } }

  /// The part of a mask that may be marked.
  func inside(_ found: Mask) -> Mask { field.map { found.intersection($0) } ?? found }

  private func with(_ mask: Mask) -> Marking { Marking(mask, field, millimetresPerPixel) }
  private func map(_ change: (Marking) -> Mask) -> Marking { with(change(self)) }

  private init(_ mask: Mask, _ field: Mask?, _ scale: Double?) {
    (self.mask, self.field, millimetresPerPixel) = (mask, field, scale)
  }
}
