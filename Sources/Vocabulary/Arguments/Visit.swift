import Angiography
import Imaging
import Language

/// One angiogram of a visit, as the commands on change take it: an image, a sample or a prediction of one.
struct Visit {
  let sample: Sample
  /// What the expert or the method marked; `nil` where nobody has.
  private let mask: Mask?
  /// What marked it, where a method did.
  let method: String?
  private let name: String

  static let accepts: Accepts = .either([.object(ImageValue.typeName), .record])
  static let help = "an image, or a sample or a prediction of one (`eyes[0]`)"

  /// - Throws: `no-image` for a record without one, `mask-size-differs`, `not-grey` and `not-finite`.
  init(_ name: String, _ arguments: Arguments) throws(Failure) {
    self.name = name
    switch arguments[name] {
    case .record(let record):
      sample = try Angiograms.sample(record)
      mask = try Angiograms.mask("mask", of: record, on: sample.image)
      method = MarkedAngiograms.method(of: record)
    case .object(let image as ImageValue):
      try requireGrey(image.plane)
      let name = image.name.isEmpty ? name : image.name
      sample = Sample(name: name, image: image.plane, mask: nil, fieldOfView: findFieldOfView(image.plane))
      (mask, method) = (nil, nil)
    default: preconditionFailure("the signature asks for an angiogram")
    }
  }

  /// The sample with what is compared as its mask.
  var seen: Sample { sample.marked(by: mask) }

  /// What is compared between visits: what is marked, where something could be.
  ///
  /// - Throws: `mask-missing`.
  var marked: Change.Visit {
    get throws(Failure) {
      guard let mask else {
        throw Failure(
          "mask-missing", "the \(name) “\(sample.name)” has no mask to compare",
          hint: "`dark-threshold` and `predict` give one: `found[0]`")
      }
      return Change.Visit(mask: mask, gradable: sample.judged() ?? sample.fieldOfView)
    }
  }
}

/// The model of a transform, as commands take it.
extension RegistrationModel {
  static let option = Parameter.option(
    "model", .optional(.choice(allCases.map(\.rawValue))), default: Value.none,
    "the transform: similarity (4 parameters), affine (6) or quadratic (12); left out, the stiffest that no other betters"
  )

  init?(_ arguments: Arguments) {
    guard !arguments.isNone("model") else { return nil }
    self.init(rawValue: arguments.text("model"))
  }
}

extension Sample {
  /// With another mask, of its size, or with none.
  func marked(by mask: Mask?) -> Sample {
    Sample(
      name: name, image: image, mask: mask, fieldOfView: fieldOfView, ungraded: ungraded, territory: territory,
      depth: depth, facts: facts)
  }
}
