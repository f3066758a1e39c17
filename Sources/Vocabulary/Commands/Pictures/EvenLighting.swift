import Imaging
import Language

extension Command {
  static let evenLighting = Command(
    "even-lighting", "a picture as under even light",
    [
      Picture.parameter,
      .option("method", default: Lighting.median, "how the lighting is found"),
      .option(
        "sigma", .number(.pixels, .within(1...100)), default: .number(20, .pixels),
        "of `gaussian`: the width σ of the background"),
      .option(
        "window", .integer(.within(1...1001)), default: .number(81),
        "of `median`: the side of the background's square, odd, in pixels"),
      .option(
        "low-gain", .number(.one, .within(0...10)), default: .number(0.5), "of `homomorphic`: γL, of the lighting"),
      .option("high-gain", .number(.one, .within(0...10)), default: .number(2), "of `homomorphic`: γH, of the tissue"),
      .option(
        "cutoff", .number(.one, .within(1.5...1000)), default: .number(12),
        "of `homomorphic`: D₀, in cycles along the field's longer side"),
      Picture.within,
    ],
    result: .object(ImageValue.typeName),
    help: Help(
      "`gaussian` and `median` divide by the background, of at least 0.02, and multiply by its mean. `median` takes grey in "
        + "[0, 1], in steps of 1/1023. `homomorphic` damps what varies slowly in the logarithm of the grey, and raises the rest. "
        + "Outside what counts the result is 0.",
      examples: [
        "eye = (phantom 1 size: 64)[0]", "show (even-lighting eye window: 31)",
        "show (even-lighting eye method: homomorphic cutoff: 4)",
      ],
      method:
        "H = γL + (γH − γL)(1 − exp(−D² ÷ D₀²)) for `homomorphic`; the median background of 81 px at 512² is that of "
        + "Rasta, Nikfarjam and Javadzadeh."),
    codes: [
      CodeEntry(
        "idle-option", "an option that another choice has, and this one has not",
        .program("even-lighting (phantom 1 size: 64)[0] method: median sigma: 3"))
    ],
    rules: [.oddWindow] + CallRule.options("sigma", countWith: "gaussian", of: "method")
      + CallRule.options("window", countWith: "median", of: "method")
      + CallRule.options("low-gain", "high-gain", "cutoff", countWith: "homomorphic", of: "method")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let (plane, field) = (picture.plane, picture.field)
    switch arguments.choice("method", as: Lighting.self) {
    case .gaussian:
      let background = plane.gaussianMean(sigma: arguments.number("sigma"), within: field)
      return picture.value(plane.evened(by: background, within: field))
    case .median:
      let background = plane.medianBackground(side: arguments.integer("window"), within: field)
      return picture.value(plane.evened(by: background, within: field))
    case .homomorphic:
      let filter = HomomorphicFilter(
        lowGain: arguments.number("low-gain"), highGain: arguments.number("high-gain"),
        cutoff: arguments.number("cutoff"))
      return picture.value(filter(plane, within: field))
    }
  }
}

private enum Lighting: String, CaseIterable { case gaussian, median, homomorphic }
