import Imaging

/// Ponds among healthy capillaries, after Rasta, Nikfarjam and Javadzadeh (Journal of Biomedical Optics 20, 2015): where a
/// small window is very uniform, has little entropy and varies little.
package struct Homomorphic: ClassicalSegmenter {
  package let name = "homomorphic"
  package let title = "homomorphic"
  package let source = "Rasta, Nikfarjam and Javadzadeh 2015"
  package let algorithm = """
    source: A homomorphic filter corrects the lighting.
    ours:   H = γL + (γH − γL)(1 − exp(−D² ÷ D₀²)); lighting: median divides by the median over 81 px instead, which the
            same group later found best.
    source: A small window slides over the image; where it has a very high uniformity, a low entropy and a small variation
            there are no capillaries.
    ours:   window of 15 px, 32 grey levels between the 1st and the 99th percentile of the field; uniformity Σp² above the
            field's 80th percentile, entropy and standard deviation below their 20th.
    source: A threshold discards false ones.
    ours:   the window's mean is below Otsu's level of the field; components have at least 100 px.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("corrected", .plane), ("uniformity", .plane), ("entropy", .plane), ("deviation", .plane), ("candidates", .mask),
    ("probabilities", .probabilities),
  ]

  package init() {}

  package let parameters: [MethodParameter] = [
    .choice("lighting", LightingCorrection.self, .homomorphic, origin: .source, "how uneven lighting is taken away"),
    .number("low-gain", 0...1, 0.5, "γL, the gain of what varies slowly")
      .only(with: "lighting", LightingCorrection.homomorphic),
    .number("high-gain", 1...10, 2, "γH, the gain of what varies fast")
      .only(with: "lighting", LightingCorrection.homomorphic),
    .number("cutoff", 1.5...100, 12, unit: "cycles a field", "D₀, what parts slow from fast")
      .only(with: "lighting", LightingCorrection.homomorphic),
    .whole("window", 3...101, 15, unit: "px at 512", "side of the window that slides"),
    .whole("levels", 2...256, 32, "grey levels that are told apart"),
    .number("uniformity", 0.5...1, 0.8, "the part of the field that is less uniform than a window that counts"),
    .number("entropy", 0...0.5, 0.2, "the part of the field whose entropy passes for low"),
    .number("deviation", 0...0.5, 0.2, "the part of the field that passes for varying little"),
    .number("minimum-area", 0...100_000, 100, unit: "px at 512", "smaller components are discarded"),
  ]

  package func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage] {
    let scale = ImageScale(of: image)
    let filter = HomomorphicFilter(
      lowGain: settings["low-gain"], highGain: settings["high-gain"], cutoff: settings["cutoff"])
    let corrected = settings.choice("lighting", of: LightingCorrection.self).corrected(
      image, fieldOfView: fieldOfView, scale: scale, filter: filter)
    let side = scale.window(settings.whole("window"))
    let range = corrected.usualRange(within: fieldOfView)
    let histograms = WindowHistograms(
      corrected, levels: settings.whole("levels"), over: range, side: side, within: fieldOfView)
    let (uniformity, entropy) = (histograms.uniformity, histograms.entropy)
    let deviation = corrected.windowDeviation(side: side, within: fieldOfView)
    let mean = corrected.windowMean(side: side, within: fieldOfView)
    let otsu = corrected.otsuLevel(within: fieldOfView) ?? range.upperBound
    let criteria = [
      uniformity.chances(above: 100 * settings["uniformity"], within: fieldOfView),
      entropy.chances(below: 100 * settings["entropy"], within: fieldOfView),
      deviation.chances(below: 100 * settings["deviation"], within: fieldOfView),
      mean.chances(belowLevel: otsu),
    ]
    let chances = Plane.least(of: criteria, within: fieldOfView)
    let kept = chances.withoutSmallMarks(scale.area(settings["minimum-area"]))
    return [
      MethodStage("corrected", "even lighting", .plane(corrected)),
      MethodStage("uniformity", "uniformity", .plane(uniformity)), MethodStage("entropy", "entropy", .plane(entropy)),
      MethodStage("deviation", "standard deviation", .plane(deviation)),
      MethodStage("candidates", "uniform, without entropy, dark", .mask(Mask(chances, atLeast: 0.5))),
      MethodStage("probabilities", "probability", .probabilities(kept)),
    ]
  }
}
