import Imaging

/// Fuzzy region competition of two phases, after Zheng and Chen (2013), the model of Kwong's group, and Mory and Ardon
/// (SSVM 2007).
package struct Variational: ClassicalSegmenter {
  package let name = "variational"
  package let title = "variational"
  package let source = "Zheng and Chen 2013; Mory and Ardon 2007"
  package let algorithm = """
    source: Memberships uᵢ in [0, 1] with Σuᵢ = 1 minimise E(u) = Σ∫|∇uᵢ| + λ Σ∫ uᵢ rᵢ, with region terms rᵢ that can be
            exchanged, by Chambolle's dual projection.
    ours:   two phases, λ 5, on the image with vessels cut at 1.2 times the field's median (else the phases are vessels and
            the rest). The term `histogram`: rᵢ is the Wasserstein-1 distance between the histogram of a window and the
            phase's own; `constant`: (f − cᵢ)² (Chan and Vese); `kernel`: 1 − exp(−(f − μᵢ)² ÷ σ²). Rounds of 20 steps of the
            solver and new region terms take turns until memberships change by less than 0.001, at most 50 times. A round
            lowers the energy for the terms that it has; new histograms may raise it again.
            Non-perfusion is the darker phase.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("corrected", .plane), ("first", .probabilities), ("membership", .probabilities), ("energy", .series),
    ("probabilities", .probabilities),
  ]

  package init() {}

  package enum Term: String, Sendable, CaseIterable { case histogram, constant, kernel }

  package let parameters: [MethodParameter] = [
    .choice("lighting", LightingCorrection.self, .median, "how uneven lighting is taken away"),
    .number("vessel-cut", 1...100, 1.2, unit: "medians of the field", "what is brighter is brought down to that"),
    .choice("term", Term.self, .histogram, "the region term"),
    .choice("solver", VariationSolver.self, .dual, "what minimises: both come to the same memberships"),
    .number(
      "lambda", 0.01...1000, 5, unit: "÷ px at 512", "λ, what the region terms weigh beside the length of borders"),
    .whole("window", 3...101, 21, unit: "px at 512", "side of the window of the histograms")
      .only(with: "term", Term.histogram),
    .whole("bins", 2...256, 32, "bins of the histograms").only(with: "term", Term.histogram),
    .whole("rounds", 1...500, 50, "how often region terms are computed anew, at most"),
    .number("minimum-area", 0...100_000, 100, unit: "px at 512", "smaller marks are discarded"),
  ]

  package func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage] {
    let scale = ImageScale(of: image)
    let corrected = settings.choice("lighting", of: LightingCorrection.self).corrected(
      image, fieldOfView: fieldOfView, scale: scale
    ).clipped(aboveMedianTimes: Float(settings["vessel-cut"]), within: fieldOfView)
    let range = corrected.usualRange(within: fieldOfView)
    var terms = RegionTerms(
      corrected, range, within: fieldOfView, settings.choice("term", of: Term.self),
      side: scale.window(settings.whole("window")), bins: settings.whole("bins"))
    let otsu = corrected.otsuLevel(within: fieldOfView) ?? range.lowerBound
    let dark = Mask(width: image.width, height: image.height, pixels: corrected.pixels.map { $0 < otsu }).plane
    var competition = FuzzyRegions(
      [dark, dark.inverted], within: fieldOfView, solver: settings.choice("solver", of: VariationSolver.self))
    let lambda = scale.areaWeight(settings["lambda"])
    var first: Plane?
    let energies = competition.alternate(lambda: lambda, rounds: settings.whole("rounds"), change: 1e-3) {
      terms.costs($0)
    } watch: {
      first = first ?? $0[0]
    }.map(\.energy)
    let darker = corrected.darkerPhase(of: competition.memberships)
    let membership = competition.memberships[darker]
    return [
      MethodStage("corrected", "even lighting", .plane(corrected)),
      MethodStage("first", "membership after 1 round", .probabilities(first ?? dark)),
      MethodStage("membership", "membership after \(energies.count)", .probabilities(membership)),
      MethodStage("energy", "energy by rounds", .series(energies)),
      MethodStage(
        "probabilities", "probability",
        .probabilities(membership.withoutSmallMarks(scale.area(settings["minimum-area"])))),
    ]
  }
}

/// What it costs a pixel to be in a phase, by what the phases are now.
private struct RegionTerms {
  private let plane: Plane
  private let term: Variational.Term
  private let scale: Float
  private let histograms: WindowHistograms?
  private var kernel: KernelTerms?

  init(
    _ plane: Plane, _ range: ClosedRange<Float>, within region: Mask, _ term: Variational.Term, side: Int, bins: Int
  ) {
    (self.plane, self.term) = (plane, term)
    scale = range.upperBound - range.lowerBound
    histograms =
      term == .histogram ? WindowHistograms(plane, levels: bins, over: range, side: side, within: region) : nil
    kernel = term == .kernel ? KernelTerms([plane], within: region) : nil
  }

  mutating func costs(_ memberships: [Plane]) -> [Plane] {
    if let histograms {
      let own = memberships.map { histograms.meanHistogram(weights: $0) }
      let uniform = [Float](repeating: 1 / Float(histograms.levels), count: histograms.levels)
      return histograms.distances(to: own.map { $0 ?? uniform })
    }
    if kernel != nil { return kernel?.costs(memberships) ?? [] }
    return memberships.map { membership in
      let mean = plane.mean(weights: membership)
      return Plane(
        width: plane.width, height: plane.height,
        pixels: plane.pixels.map { value in
          let gap = (value - mean) / scale
          return gap * gap
        })
    }
  }
}
