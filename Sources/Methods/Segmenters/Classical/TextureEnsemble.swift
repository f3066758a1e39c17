import Angiography
import Imaging
import Kernels

/// Candidate regions by texture, of which a booster keeps the true ones, after Zheng, Kwong, MacCormick, Beare and Harding (A
/// comprehensive texture segmentation framework for segmentation of capillary non-perfusion regions in fundus fluorescein
/// angiograms, PLoS ONE 9, 2014).
package struct TextureEnsemble: TunableSegmenter, TaughtSegmenter {
  package let name = "texture-ensemble"
  package let title = "texture ensemble"
  package let source = "Zheng, Kwong, MacCormick, Beare and Harding 2014"
  package let algorithm = """
    source: Uneven light is corrected; a multiphase total-variation segmentation with kernel-based region terms parts the
            image by texture without a mask.
    ours:   rᵢ = 1 − exp(−|f − μᵢ|² ÷ σ²), μᵢ ← Σ uᵢ K f ÷ Σ uᵢ K, f the local mean and standard deviation of the image with
            vessels cut at 1.2 times the field's median; four phases, λ 5.
            Candidates are the connected parts of all phases but the brightest, of at least 100 px.
    source: AdaBoost weighted by costs, on features of the candidates, keeps the true ones.
    ours:   AdaC2 over 200 stumps, a missed candidate N₋ ÷ N₊ times as dear as a wrong one, `cost-limit` times at most: a
            cost counts anew with every stump, so that far above 1 everything is kept. A candidate counts as true where at
            least half of it is marked. Ten features: mean, deviation, contrast to the surround, area, top-hat, entropy,
            vessels in it and on its border, solidity, distance from the centre.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("corrected", .plane), ("deviation", .plane), ("phases", .regions), ("energy", .series),
    ("candidate-regions", .regions), ("probabilities", .probabilities),
  ]

  package init() {}

  package let learnsFromMasks = true

  /// What candidates there are in an image does not depend on what is learnt: they are found once for all parts.
  package func heldOutMaps(of dataset: Dataset, parts: [Int], with values: [Double]) throws -> [Plane] {
    guard Set(parts).count > 1 else { throw MethodError.tooFewCases(segmenter: name) }
    let settings = MethodSettings(parameters, values: values)
    let found = CandidateRegions.all(in: dataset.samples, settings)
    var maps = found.map { Plane(width: $0.regions.width, height: $0.regions.height) }
    for part in Set(parts) {
      let others = parts.indices.filter { parts[$0] != part }
      // Settings that leave nothing to tell apart mark nothing.
      guard let fitted = try? taught(settings, by: others.map { (found[$0], dataset.samples[$0]) }) else { continue }
      for place in parts.indices where parts[place] == part { maps[place] = fitted.probabilities(found[place]) }
    }
    return maps
  }

  package let parameters: [MethodParameter] = [
    .whole("phases", 2...8, 4, "phases that compete"),
    .number(
      "lambda", 0.01...1000, 5, unit: "÷ px at 512", "λ, what the region terms weigh beside the length of borders"),
    .whole("window", 3...101, 15, unit: "px at 512", "side of the window of mean and standard deviation"),
    .whole("rounds", 1...500, 30, "how often region terms are computed anew, at most"),
    .number("minimum-area", 0...100_000, 100, unit: "px at 512", "smaller candidates are discarded"),
    .whole("stumps", 1...5000, 200, "stumps of the booster"),
    .number("cost-limit", 1...1000, 1.02, "the largest cost ratio; it counts anew with every stump"),
    .number("overlap", 0.01...1, 0.5, "the part of a candidate that makes it a true one"),
  ]

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    try fitted(with: initialValues, to: training)
  }

  package func fitted(with values: [Double], to training: TrainingSet) throws -> any FittedSegmenter {
    try taught(MethodSettings(parameters, values: values), by: training)
  }

  package func taught(by training: TrainingSet) throws(MethodError) -> any FittedSegmenter {
    try taught(MethodSettings(parameters, values: initialValues), by: training)
  }

  package func stages(of sample: Sample, with values: [Double], taughtBy training: TrainingSet?) throws -> [MethodStage]
  {
    guard let training else { throw MethodError.nothingToTuneOn }
    let fitted = try taught(MethodSettings(parameters, values: values), by: training)
    return fitted.stages(of: sample.image, fieldOfView: sample.fieldOfView)
  }

  private func taught(_ settings: MethodSettings, by training: TrainingSet) throws(MethodError) -> FittedTextureEnsemble
  {
    let samples = training.dataset.samples.filter { $0.mask != nil }
    return try taught(settings, by: Array(zip(CandidateRegions.all(in: samples, settings), samples)))
  }

  /// - Throws: `nothingToTuneOn`, `oneKind`.
  private func taught(
    _ settings: MethodSettings, by findings: [(CandidateRegions, Sample)]
  ) throws(MethodError) -> FittedTextureEnsemble {
    var features: [[Double]] = []
    var truths: [Bool] = []
    for (candidates, sample) in findings {
      guard let mask = sample.mask else { continue }
      // Ungraded pixels say nothing of a candidate.
      let regions = candidates.regions
      let judged = sample.judged()
      let graded = LabelMap(
        width: regions.width, height: regions.height,
        labels: regions.labels.indices.map { judged?.pixels[$0] ?? true ? regions.labels[$0] : 0 }, count: regions.count
      )
      let (shares, areas) = (graded.statistics(of: mask.plane), graded.areas)
      for number in shares.indices where areas[number] > 0 {
        features.append(candidates.features[number])
        truths.append(shares[number].mean >= settings["overlap"])
      }
    }
    guard truths.contains(true), truths.contains(false) else {
      throw findings.isEmpty ? .nothingToTuneOn : .oneKind(segmenter: name, isTrue: truths.first)
    }
    let (right, wrong) = (Double(truths.count { $0 }), Double(truths.count { !$0 }))
    let cost = min(settings["cost-limit"], max(1, wrong / right))
    let booster = CostBoosting(
      features, labels: truths, costs: truths.map { $0 ? cost : 1 }, rounds: settings.whole("stumps"))
    return FittedTextureEnsemble(settings, booster)
  }
}

/// The booster that a training set has taught.
package struct FittedTextureEnsemble: FittedSegmenter {
  package let settings: MethodSettings
  package let booster: CostBoosting

  package init(_ settings: MethodSettings, _ booster: CostBoosting) {
    (self.settings, self.booster) = (settings, booster)
  }

  package func probabilityMaps(of dataset: Dataset) -> [Plane] {
    CandidateRegions.all(in: dataset.samples, settings).map { probabilities($0) }
  }

  /// The share of the votes for a candidate, by their say: 0.5 where those for and against are equal.
  fileprivate func probabilities(_ candidates: CandidateRegions) -> Plane {
    // Where nothing speaks for it, a candidate is not marked.
    let table =
      [Float(0)]
      + candidates.features.map { features in
        let margin = booster.margin(features)
        return margin > 0 ? Float((1 + margin) / 2) : min(0.499, Float((1 + margin) / 2))
      }
    let regions = candidates.regions
    return Plane(width: regions.width, height: regions.height, pixels: regions.labels.map { table[Int($0)] })
  }

  package func stages(of image: Plane, fieldOfView: Mask) -> [MethodStage] {
    let candidates = CandidateRegions(image, fieldOfView: fieldOfView, settings)
    return [
      MethodStage("corrected", "even lighting", .plane(candidates.corrected)),
      MethodStage("deviation", "standard deviation", .plane(candidates.deviation)),
      MethodStage("phases", "phases", .regions(candidates.phases)),
      MethodStage("energy", "energy by rounds", .series(candidates.energies)),
      MethodStage("candidate-regions", "candidates", .regions(candidates.regions)),
      MethodStage("probabilities", "the booster's votes", .probabilities(probabilities(candidates))),
    ]
  }
}
