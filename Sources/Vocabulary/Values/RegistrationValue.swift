import Angiography
import Figures
import Imaging
import Language

/// How a follow-up lies on its baseline, with both angiograms.
public struct RegistrationValue: ObjectValue {
  package let registration: Registration
  private let baseline, followUp: Sample

  package init(_ registration: Registration, baseline: Sample, followUp: Sample) {
    (self.registration, self.baseline, self.followUp) = (registration, baseline, followUp)
  }

  public static let typeName = "registration"
  public static let meaning = "how a follow-up lies on its baseline, and how far that can be trusted"
  public static let members = [
    MemberDeclaration("error", .number, "how far a point is likely to be off, in pixels of the baseline"),
    MemberDeclaration("error-um", .any, "the same in µm; none where nobody knows the baseline's scale"),
    MemberDeclaration("residual", .number, "the spread of distances across matched vessels, in pixels"),
    MemberDeclaration("overlap", .number, "the share of the smaller field of view that both show"),
    MemberDeclaration("matched", .number, "the share of vessels that meet, the smaller of both ways"),
    MemberDeclaration("agreement", .number, "how close the vessels lie: 1 where all lie on each other"),
    MemberDeclaration("model", .text, "similarity, affine or quadratic"),
    MemberDeclaration("parameters", .list(of: .number), "of the model, in pixels"),
    MemberDeclaration("table", .object(TableValue.typeName), "all of these"),
    MemberDeclaration("warped", .object(ImageValue.typeName), "the follow-up in the baseline's frame"),
    MemberDeclaration("field", .object(MaskValue.typeName), "the retina that both show, in the baseline's frame"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "both in squares by turns, and on each other"),
    MemberDeclaration(
      "flicker", .object(FigureValue.typeName), "both in one frame taking turns, which PNG files and pages show"),
  ]

  /// - Throws: `registration-misfit` where it is of other pictures, or of these the other way round.
  func require(baseline: Sample, followUp: Sample) throws(Failure) {
    guard self.baseline.image != baseline.image || self.followUp.image != followUp.image else { return }
    let isReversed = self.baseline.image == followUp.image && self.followUp.image == baseline.image
    throw Failure(
      "registration-misfit",
      "this registers “\(self.followUp.name)” to “\(self.baseline.name)”, and the change is from “\(baseline.name)” to "
        + "“\(followUp.name)”",
      hint: isReversed
        ? "it is the other way round: `register` the later visit `to:` the earlier one" : "register these two")
  }

  public var summary: String {
    let micrometres = errorInMicrometres.map { " (\(formatted($0, decimals: 1)) µm)" } ?? ""
    func percent(_ share: Double) -> String { "\(formatted(100 * share, decimals: 0)) %" }
    return "\(registration.model.rawValue) registration of “\(followUp.name)” to “\(baseline.name)”: error about "
      + "\(formatted(registration.error, decimals: 2)) px\(micrometres), \(percent(registration.matchedShare)) of the vessels "
      + "meet, overlap \(percent(registration.overlap))"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "error": .number(registration.error, .pixels)
    case "error-um": errorInMicrometres.map { .number($0) } ?? .none
    case "residual": .number(registration.residual, .pixels)
    case "overlap": .number(registration.overlap)
    case "matched": .number(registration.matchedShare)
    case "agreement": .number(registration.agreement)
    case "model": .text(registration.model.rawValue)
    case "parameters": .list(registration.transform.parameters.map { .number($0) })
    case "table": .object(table)
    case "warped": .object(ImageValue(registration.warped(followUp.image), depth: followUp.depth))
    case "field": .object(MaskValue(field))
    case "flicker":
      .object(
        FigureValue(try .flicker(baseline: baseline, followUp: followUp, by: registration, caption: summary)))
    default: .object(FigureValue(try figure))
    }
  }

  private var errorInMicrometres: Double? {
    baseline.scale.map { 1000 * $0.millimetresPerPixel * registration.error }
  }

  private var field: Mask {
    baseline.fieldOfView.intersection(registration.warped(followUp.fieldOfView))
  }

  private var table: TableValue {
    func row(_ name: String, _ value: Double, _ decimals: Int) -> [TableValue.Cell] {
      [.text(name), .number(value, decimals: decimals)]
    }
    return TableValue(
      title: "“\(followUp.name)” on “\(baseline.name)”, \(registration.model.rawValue)", columns: ["of it", "value"],
      rows: [row("error, px", registration.error, 3)]
        + (errorInMicrometres.map { [row("error, µm", $0, 1)] } ?? [])
        + [
          row("residual, px", registration.residual, 3),
          row("residual of unseen vessels, px", registration.heldOutResidual, 3),
          row("overlap, %", 100 * registration.overlap, 1),
          row("vessels that meet, %", 100 * registration.matchedShare, 1),
          row("points that meet", Double(registration.matchedPoints), 0),
          row("agreement", registration.agreement, 3),
        ])
  }

  var figure: Figure {
    get throws {
      try Figure.registration(
        baseline: baseline.image, followUp: registration.warped(followUp.image), field: field, caption: summary)
    }
  }
}

extension RegistrationValue: ShownByFigure {}

extension RegistrationValue {
  private enum CodingKeys: CodingKey { case registration, baseline, followUp }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    registration = try fields.decode(Registration.self, forKey: .registration)
    baseline = try fields.decode(Sample.self, forKey: .baseline)
    followUp = try fields.decode(Sample.self, forKey: .followUp)
    guard registration.width == baseline.image.width, registration.height == baseline.image.height,
      registration.followUpWidth == followUp.image.width, registration.followUpHeight == followUp.image.height
    else {
      throw DecodingError.dataCorruptedError(forKey: .baseline, in: fields, debugDescription: "frames of other sizes")
    }
  }
}
