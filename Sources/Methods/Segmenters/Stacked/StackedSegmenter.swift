import Angiography
import Imaging
import Kernels

/// Boosted trees on pixels, in stages that are learnt from each other's maps out of fold. It is of no paper; its stages are, see
/// `algorithm`.
package struct StackedSegmenter: TunableSegmenter, TaughtSegmenter {
  package let name = "stacked"
  package let title = "stacked trees"
  package let source = ""
  package let algorithm = """
    ours:   Trees see each second pixel of 512 in some forty features: grey ÷ background and against the image's own dark,
            deviation, texture, Hessian and structure tensor, top-hats, ponds, ranks, how much fine vessel there is, distances
            to fine and wide vessels.
    source: What is large and smooth is learnt first, and what it holds within it (region-based training: Isensee et al. 2021).
    ours:   A booster on features averaged over 28 and 56 px learns the territory; its log-odds, averaged over 48 px, give the
            probability that a second booster's is multiplied by, which learns non-perfusion from pixels of territories alone.
            A third sees contrasts with the surround alone, in all pixels, and has a third of the say.
    source: Gradient boosting of histogram trees (Friedman 2001; Ke et al. 2017). Auto-context (Tu and Bai 2010): trees that
            see the maps of trees.
    ours:   Maps that others learn from are made by trees that have not learnt from the image's patient; the maps that those
            learnt from may have been (`context` and `candidates` are therefore off, and did not help).
    source: Log-odds are made probabilities (Platt 1999), smoothed by total variation (Rudin, Osher and Fatemi 1992), and cut
            where the expected DSC is highest (Lipton, Elkan and Naryanaswamy 2014).
    ours:   Cut at the level with the highest mean DSC on the training images instead, unless `level: expected`; `gate: learnt`
            leaves an image unmarked whose expected DSC is as low as those of training images with empty masks.
            Around the fovea, as `landmarks` finds it, nothing is marked (`fovea`): its avascular zone is dark and bare by nature.
            `candidates: yes` has a booster judge connected parts (after Zheng et al. 2014), `landmarks: yes` shows trees the
            distances from fovea and disc; on the thirteen angiograms of the book neither helped.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("territory", .probabilities), ("conditional", .probabilities), ("product", .probabilities),
    ("smoothed", .probabilities), ("probabilities", .probabilities),
  ]

  /// What fits share that are made in one piece of work.
  private var known: StackedImages?

  package init() {}

  package func sharing(_ known: StackedImages) -> any TunableSegmenter {
    var other = self
    other.known = known
    return other
  }

  package let learnsFromMasks = true

  /// Where a mark begins.
  enum Level: String, CaseIterable {
    /// Where the expected DSC of the image is highest.
    case expected
    /// At the level that was best on the training images.
    case fixed
  }

  enum Gate: String, CaseIterable {
    case none
    /// On training images that are marked and on those whose masks are empty.
    case learnt
  }

  enum Use: String, CaseIterable { case yes, no }

  package var parameters: [MethodParameter] {
    [
      .choice("territory", Use.self, .yes, "whether the territory is learnt first, where the images have one"),
      .choice("relative", Use.self, .yes, "whether trees that see contrasts alone have a third of the say"),
      .choice("context", Use.self, .no, "whether trees that see the maps of trees come last"),
      .choice(
        "landmarks", Use.self, .no, "whether trees see how far the fovea and the optic disc are, as they are found"),
      .choice(
        "candidates", Use.self, .no,
        "whether a booster of their own judges the connected parts that are likely, by shape, surround and place"),
      .whole("trees", 1...2000, 60, "of each booster"),
      .whole("leaves", 2...256, 15, "of a tree of the conditional booster, at most"),
      .number("learning-rate", 0.001...1, 0.12, "what a tree's steps are multiplied by"),
      .whole("samples", 100...1_000_000, 3000, "pixels of an image that are learnt from, at most"),
      .number("smoothing", 0...20, 0, unit: "log-odds × px at 512", "θ of the total variation; 0: none"),
      .number(
        "centring", 0...1, 0,
        "the share of the mean of its log-odds that each map loses: with 1 something is marked in every image"),
      .number(
        "fovea", 0...200, 20, unit: "px at 512",
        "around the fovea, marked or as it is found, nothing is marked within this radius; 0: everywhere"),
      .choice("level", Level.self, .fixed, "where a mark begins"),
      .choice(
        "gate", Gate.self, .none,
        "whether an image is left unmarked whose expected DSC is as low as of eyes without non-perfusion"),
    ]
  }

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    try StackLearning(training, settings(initialValues), known).learnt { (done, total) throws(any Error) in
      try fit.trainings.note(fit.label, done: done, of: total)
    }
  }

  package func fitted(with values: [Double], to training: TrainingSet) throws -> any FittedSegmenter {
    try StackLearning(training, settings(values), known).learnt()
  }

  package func taught(by training: TrainingSet) throws(MethodError) -> any FittedSegmenter {
    try StackLearning(training, settings(initialValues)).learnt()
  }

  package func heldOutMaps(of dataset: Dataset, parts: [Int], with values: [Double]) throws -> [Plane] {
    guard Set(parts).count > 1 else { throw MethodError.tooFewCases(segmenter: name) }
    let known = known ?? StackedImages()
    var maps = dataset.samples.map { Plane(width: $0.image.width, height: $0.image.height) }
    for part in Set(parts).sorted() {
      let own = parts.indices.filter { parts[$0] == part }
      let others = parts.indices.filter { parts[$0] != part }.map { dataset.samples[$0] }
      let fitted = try StackLearning(TrainingSet(dataset.with(others)), settings(values), known).learnt()
      let found = fitted.probabilityMaps(of: dataset.with(own.map { dataset.samples[$0] }))
      for (place, map) in zip(own, found) { maps[place] = map }
    }
    return maps
  }

  package func stages(of sample: Sample, with values: [Double], taughtBy training: TrainingSet?) throws -> [MethodStage]
  {
    guard let training else { throw MethodError.nothingToTuneOn }
    return try StackLearning(training, settings(values)).learnt().stages(of: sample)
  }

  private func settings(_ values: [Double]) -> MethodSettings { MethodSettings(parameters, values: values) }
}
