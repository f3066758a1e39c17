import Angiography
import Language

/// What commands that tell of areas on the retina have in common.
enum ClinicalOptions {
  static let discArea = Parameter.option(
    "disc-area", .choice(DiscArea.allCases.map { "\($0.rawValue)" }), default: .text("\(DiscArea.usual.rawValue)"),
    "of one disc in mm²: 2.54 of a disc of 1.8 mm, 1.77 of 1.5 mm")

  static let foveal = Parameter.option(
    "foveal-zone", default: FovealZone.counted,
    "counted: what is marked of the foveal avascular zone counts; excluded: a disc of 0.16 × 2.54 mm² around the fovea is "
      + "left out; subtracted: 0.16 disc areas are taken off what is marked (COMS)")

  static let intervals = Parameter.option(
    "intervals", .optional(.object(IntervalsValue.typeName)), default: Value.none,
    "of an `uncertainty`: what `learn-intervals` gave; left out, an interval is 1.96 spreads of the maps")

  static let intervalRule = CallRule(on: "intervals") { call throws(Failure) in
    if call.isNone("intervals") == false, let zone = call.text("foveal-zone"), zone != FovealZone.counted.rawValue {
      throw Failure(
        "contradiction", "`intervals:` were learnt of areas with the foveal zone counted, and not \(zone)",
        hint: "leave one of both out")
    }
    guard call.isNone("intervals") == false, call["x"].kind != .any,
      call["x"].kind != .object(UncertaintyValue.typeName)
    else { return }
    throw Failure(
      "contradiction", "`intervals:` need several maps of each eye, and this is one",
      hint: "give it an `uncertainty`; of one eye `uncertainty net eyes[0]`")
  }

  /// In mm².
  static func discArea(_ arguments: Arguments) -> Double {
    Double(arguments.text("disc-area")) ?? DiscArea.usual.rawValue
  }

  /// The samples, with the foveal zone as no gradable retina where it is to be excluded.
  ///
  /// - Throws: `unknown-fovea`, `unknown-scale`.
  static func prepared(_ samples: [Sample], _ zone: FovealZone) throws(Failure) -> [Sample] {
    guard zone != .counted else { return samples }
    var prepared: [Sample] = []
    for sample in samples {
      guard sample.scale != nil else { throw unknownScale(of: sample) }
      guard zone == .excluded else {
        prepared.append(sample)
        continue
      }
      guard let without = sample.withoutFovealZone else { throw unknownPlace("fovea", of: sample) }
      prepared.append(without)
    }
    return prepared
  }

  static func unknownScale(of sample: Sample) -> Failure {
    Failure(
      "unknown-scale", "nobody knows how large a pixel of “\(sample.name)” is",
      hint: "`annotate` takes `mm-per-pixel:`, `field-angle:` or a marked disc's `disc-diameter:`")
  }

  static func unknownPlace(_ what: String, of sample: Sample) -> Failure {
    let message = "nobody knows where the \(what) of “\(sample.name)” is"
    let hint = "`landmarks` finds it, `annotate … \(what): [x, y]` says it"
    return what == "disc"
      ? Failure("unknown-disc", message, hint: hint) : Failure("unknown-fovea", message, hint: hint)
  }

  private static let bare =
    "p = (phantom 1 size: 64)[0]\neye = annotate [image: p.image, mask: p.mask] mm-per-pixel: 0.1\n"

  static let codes = [
    CodeEntry(
      "unknown-fovea", "a place that is needed and that nobody has marked or found",
      .program(bare + "grid eye")),
    CodeEntry("unknown-disc", "the same of the optic disc", .program(bare + "grid eye centre: disc")),
  ]
}
