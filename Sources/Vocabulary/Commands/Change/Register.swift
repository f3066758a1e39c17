import Angiography
import Imaging
import Language

extension Command {
  static let register = Command(
    "register", "lay a follow-up on its baseline by their vessels",
    [
      .argument("follow-up", Visit.accepts, "the later angiogram: " + Visit.help),
      .option("to", Visit.accepts, "the baseline, of the same eye"), RegistrationModel.option,
    ],
    result: .object(RegistrationValue.typeName),
    help: Help(
      "Middle lines of vessels are found in both and laid on each other: turns up to 20°, scales from 0.85 to 1.18, shifts by "
        + "up to 45 % of the side. Angiograms whose vessels don't match are refused. Both may differ in size, light and phase; "
        + "where both have a scale it is used.",
      examples: [
        "eye = (phantom 1 size: 128)[0]", "later = move eye shift: [6px, -3px] rotate: 5deg scale: 1.03",
        "r = register later to: eye", "print r, r.error", "show r", "show r.flicker",
      ],
      method:
        "Ridges of the Hessian; a search by direction-aware distance maps; iterated closest points with Tukey's weights. "
        + "The quadratic transform is that of Can, Stewart, Roysam and Tanenbaum (2002). The error is estimated from the "
        + "residuals of vessels and from where in the field they lie.",
      explanation: .changeBetweenVisits)
  ) { arguments, _ in
    let (followUp, baseline) = (try Visit("follow-up", arguments).sample, try Visit("to", arguments).sample)
    let found = try Registration(of: followUp, to: baseline, model: RegistrationModel(arguments))
    return .object(RegistrationValue(found, baseline: baseline, followUp: followUp))
  }

  static let warp = Command(
    "warp", "an image or a mask of the follow-up as the baseline's frame shows it",
    [
      .argument(
        "x", .either([.object(ImageValue.typeName), .object(MaskValue.typeName)]), "of the follow-up's size"),
      .argument("registration", .object(RegistrationValue.typeName), "what `register` gave"),
    ],
    help: Help(
      "Images are interpolated; of a mask those pixels stay that lie in it by half. Where the follow-up has no pixels the "
        + "result is 0.",
      examples: [
        "eye = (phantom 1 size: 128)[0]", "later = move eye rotate: 5deg", "r = register later to: eye",
        "show (warp later.image r)", "show (warp later.mask r)",
      ]), plan: planWarp, run: runWarp)
}

private struct Warp {
  let source: Value
  let registration: Registration
}

private func planWarp(_ call: inout CheckedCall) throws -> Planned<Warp> {
  let kind = call["x"].kind
  let result: Known? =
    kind == .object(ImageValue.typeName) || kind == .object(MaskValue.typeName) ? Known(kind) : nil
  guard let source = call.value("x"), let value = call.object("registration", as: RegistrationValue.self) else {
    return Planned(nil, result: result)
  }
  return Planned(Warp(source: source, registration: value.registration), result: result)
}

private func runWarp(_ warp: Warp, _ context: Context) throws -> Value {
  let registration = warp.registration
  switch warp.source {
  case .object(let image as ImageValue):
    try registration.requireFollowUp(image.plane.width, image.plane.height)
    try requireFinite(image.plane)
    return .object(ImageValue(registration.warped(image.plane), depth: image.depth))
  case .object(let value as MaskValue):
    try registration.requireFollowUp(value.mask.width, value.mask.height)
    return .object(MaskValue(registration.warped(value.mask)))
  default: preconditionFailure("the signature asks for an image or a mask")
  }
}

extension Registration {
  /// - Throws: `registration-misfit` for a picture of another size than the follow-up.
  fileprivate func requireFollowUp(_ width: Int, _ height: Int) throws(ChangeError) {
    guard width == followUpWidth, height == followUpHeight else {
      throw .registrationMisfit(
        visit: "follow-up", width: width, height: height, registered: [followUpWidth, followUpHeight])
    }
  }
}
