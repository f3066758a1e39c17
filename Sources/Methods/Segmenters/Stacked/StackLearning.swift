import Angiography
import Imaging
import Kernels
import Tensors

/// Learns the stages of a stack from angiograms with masks.
struct StackLearning {
  /// Those with marks to learn from, and those of which an empty mask is the truth, which decide nothing but the gate.
  private let marked: [StackedImage]
  private let markedSamples: [Sample]
  private let empty: [StackedImage]
  /// Of all of them.
  private let traits: [ImageTraits]
  private let settings: MethodSettings
  private let known: StackedImages?
  /// By marked image, the part that its patient is in.
  private let parts: [Int]

  private static let mostParts = 4

  /// - Throws: `nothingToTuneOn`, `tooFewCases`.
  init(
    _ training: TrainingSet, _ settings: MethodSettings, _ known: StackedImages? = nil
  ) throws(MethodError) {
    let samples = (training.dataset.samples + (training.more?.samples ?? [])).filter { $0.mask != nil }
    let made = known ?? StackedImages()
    let images = made.images(
      of: samples, withLandmarks: settings.choice("landmarks", of: StackedSegmenter.Use.self) == .yes)
    traits = made.traits(of: samples)
    self.known = known
    marked = images.filter(\.isMarked)
    markedSamples = zip(samples, images).filter { $1.isMarked }.map(\.0)
    empty = images.filter(\.isEmpty)
    guard !marked.isEmpty else { throw .nothingToTuneOn }
    guard settings.choice("gate", of: StackedSegmenter.Gate.self) == .none || !empty.isEmpty else {
      throw .nothingToGateOn(segmenter: StackedSegmenter().name)
    }
    let cases = imagesByPatient(marked.map(\.caseName)) { _ in true }
    guard cases.count > 1 else { throw .tooFewCases(segmenter: StackedSegmenter().name) }
    var parts = [Int](repeating: 0, count: marked.count)
    // From the largest to the smallest, each to the part with the fewest images.
    var sizes = [Int](repeating: 0, count: min(Self.mostParts, cases.count))
    for own in cases.sorted(by: { ($1.count, $0[0]) < ($0.count, $1[0]) }) {
      let part = sizes.indices.reduce(0) { sizes[$1] < sizes[$0] ? $1 : $0 }
      sizes[part] += own.count
      for place in own { parts[place] = part }
    }
    self.parts = parts
    self.settings = settings
  }

  /// Whether the territory comes first: where it is asked for, and known of every image with marks.
  private var usesTerritory: Bool {
    uses("territory") && marked.allSatisfy { $0.territory != nil }
  }

  func learnt() -> FittedStack { learnt { (_, _) throws(Never) in } }

  /// - Parameter progress: told of after every booster; what that throws stops it.
  func learnt<Stop: Error>(
    _ progress: (_ done: Int, _ total: Int) throws(Stop) -> Void
  ) throws(Stop) -> FittedStack {
    var stack = FittedStack(settings: settings)
    stack.known = known
    let stageCount = [usesTerritory, true, usesRelative, usesContext].count { $0 }
    let steps = stageCount * (Set(parts).count + 1) + (uses("candidates") ? 1 : 0)
    var done = 0
    func step() throws(Stop) {
      done += 1
      try progress(done, steps)
    }
    let nothing = Mask(width: 1, height: 1)
    let truths = marked.map { $0.truth ?? nothing }
    var heldOut = marked.map { _ in FittedStack.Odds() }
    if usesTerritory {
      let boosted = try boosted(
        "territory", marked.map(\.surrounds),
        Lesson(marked.map { $0.territory ?? nothing }, within: marked.map(\.judged)),
        boosting(leaves: 7, featureShare: 0.3), step)
      stack.territory = boosted.whole
      for place in marked.indices { heldOut[place].territory = boosted.heldOut[place] }
    }
    let territories = marked.map { image in
      usesTerritory ? image.judged.intersection(image.territory ?? image.judged) : image.judged
    }
    var conditional = Lesson(truths, within: territories)
    conditional.evensOut = true
    var boosted = try boosted(
      "conditional", marked.map(\.features), conditional,
      boosting(leaves: settings.whole("leaves"), featureShare: 0.3), step)
    stack.conditional = boosted.whole
    for place in marked.indices { heldOut[place].conditional = boosted.heldOut[place] }
    var lesson = Lesson(truths, within: marked.map(\.judged))
    lesson.evensOut = true
    if usesRelative {
      boosted = try self.boosted(
        "relative", marked.map(\.relativeFeatures), lesson, boosting(leaves: 7, featureShare: 0.5), step)
      stack.relative = boosted.whole
      for place in marked.indices { heldOut[place].relative = boosted.heldOut[place] }
    }
    var scores = marked.indices.map { heldOut[$0].scores(in: marked[$0].grid) }
    if usesContext {
      let features = marked.indices.map { number in
        marked[number].features + FittedStack.context(of: scores[number], in: marked[number].grid)
      }
      boosted = try self.boosted(
        nil, features, lesson, boosting(leaves: settings.whole("leaves"), featureShare: 0.3), step)
      stack.context = boosted.whole
      scores = boosted.heldOut.enumerated().map { number, found in marked[number].grid.plane(found) }
    }
    scores = marked.indices.map { stack.smoothed(scores[$0], in: marked[$0]) }
    if uses("candidates") {
      scores = candidates(scores, truths, heldOut, &stack)
      try step()
    }
    stack.calibration = calibration(of: scores, truths)
    stack.usual = UsualTraits(of: traits)
    stack.level = bestLevel(scores, truths, stack.calibration)
    if learnsGate { stack.gate = bestGate(of: stack, scores, truths) }
    stack.makesUnseen = { [stack, scores, grids = marked.map(\.grid), markedSamples] in
      UnseenMaps(scores.indices.map { stack.marks(of: scores[$0], in: grids[$0]).probabilities }, of: markedSamples)
    }
    return stack
  }

  /// Has a booster learn what candidates are worth, and judges those of each image by one that has learnt nothing from its part.
  private func candidates(
    _ scores: [Plane], _ truths: [Mask], _ heldOut: [FittedStack.Odds], _ stack: inout FittedStack
  ) -> [Plane] {
    let calibration = calibration(of: scores, truths)
    let level = Double(bestLevel(scores, truths, calibration))
    // What has half of the odds at which a mark would begin is worth a look.
    let low = GradientBoosting.logOdds(level) - GradientBoosting.logOdds(2.0 / 3)
    let cut = Float(min(max((low - calibration.shift) / calibration.slope, -50), 50))
    let found = computed(marked.count) { number in
      CandidateLesions(
        above: cut, scores[number], territory: heldOut[number].smoothTerritory(in: marked[number].grid),
        of: marked[number])
    }
    let lessons = found.indices.map { found[$0].lesson(truths[$0], within: marked[$0].judged) }
    func taught(by numbers: [Int]) -> GradientBoosting? {
      let columns = (0..<CandidateLesions.featureCount).map { feature in
        numbers.flatMap { lessons[$0].features[feature] }
      }
      let labels = numbers.flatMap { lessons[$0].labels }
      guard labels.contains(true), labels.contains(false) else { return nil }
      return GradientBoosting(
        columns, labels: labels, weights: numbers.flatMap { lessons[$0].weights },
        GradientBoosting.Settings(trees: 60, leaves: 4, rate: 0.08, rowsInLeaf: 12, l2: 20, featureShare: 0.4))
    }
    guard let whole = taught(by: Array(marked.indices)) else { return scores }
    var result = scores
    for part in Set(parts).sorted() {
      // Where the others teach nothing, what was said stands.
      guard let booster = taught(by: parts.indices.filter { parts[$0] != part }) else { continue }
      for number in parts.indices where parts[number] == part {
        result[number] = found[number].judged(scores[number], by: found[number].logOdds(booster))
      }
    }
    (stack.candidates, stack.candidateLevel) = (whole, cut)
    return result
  }

  /// What a booster is to tell, and from which pixels of each marked image it learns.
  private struct Lesson {
    let truths, region: [Mask]
    /// Whether the marked pixels of each image weigh the root of (their share × 0.12), so that large lesions do not outweigh
    /// small ones; else their share.
    var evensOut = false

    init(_ truths: [Mask], within region: [Mask]) { (self.truths, self.region) = (truths, region) }
  }

  private func boosting(leaves: Int, featureShare: Double) -> GradientBoosting.Settings {
    GradientBoosting.Settings(
      trees: settings.whole("trees"), leaves: leaves, rate: settings["learning-rate"], rowsInLeaf: 60, l2: 5,
      featureShare: featureShare)
  }

  private func uses(_ stage: String) -> Bool { settings.choice(stage, of: StackedSegmenter.Use.self) == .yes }
  private var usesRelative: Bool { uses("relative") }
  private var learnsGate: Bool { settings.choice("gate", of: StackedSegmenter.Gate.self) == .learnt }
  private var usesContext: Bool { uses("context") }

  /// A booster taught by all images, and for each image the log-odds, in the order of its places, by one that has learnt nothing
  /// from its part.
  ///
  /// - Parameter stage: the name of a stage that sees no map of another one's trees: what it comes to in one fit it comes to in
  ///   all of the same images and settings.
  private func boosted<Stop: Error>(
    _ stage: String?, _ features: [[[Float]]], _ lesson: Lesson, _ boosting: GradientBoosting.Settings,
    _ step: () throws(Stop) -> Void
  ) throws(Stop) -> StackedImages.Boosted {
    let identity = stage.flatMap { stage in
      known.map { known in
        StackedImages.Lesson(
          images: known.numbers(of: markedSamples), parts: parts, stage: stage, boosting: boosting,
          pixels: settings.whole("samples"), usesTerritory: usesTerritory, withLandmarks: uses("landmarks"))
      }
    }
    if let identity, let found = known?.boosted(identity) {
      for _ in 0...Set(parts).count { try step() }
      return found
    }
    let picks = marked.indices.map { picked(from: marked[$0], lesson, number: $0) }
    var heldOut = [[Float]](repeating: [], count: marked.count)
    for part in Set(parts).sorted() {
      let booster = taught(by: parts.indices.filter { parts[$0] != part }, features, lesson, picks, boosting)
      for place in parts.indices where parts[place] == part {
        heldOut[place] = booster.logOdds(features[place], rows: marked[place].grid.places)
      }
      try step()
    }
    let whole = taught(by: Array(marked.indices), features, lesson, picks, boosting)
    try step()
    let found = StackedImages.Boosted(whole: whole, heldOut: heldOut)
    if let identity { known?.keep(found, of: identity) }
    return found
  }

  private func taught(
    by places: [Int], _ features: [[[Float]]], _ lesson: Lesson, _ picks: [[(place: Int32, weight: Float)]],
    _ boosting: GradientBoosting.Settings
  ) -> GradientBoosting {
    let columns = computed(features[places[0]].count) { feature in
      places.flatMap { place in picks[place].map { features[place][feature][Int($0.place)] } }
    }
    return GradientBoosting(
      columns, labels: places.flatMap { place in picks[place].map { lesson.truths[place].pixels[Int($0.place)] } },
      weights: places.flatMap { place in picks[place].map(\.weight) }, boosting)
  }

  /// Pixels of an image to learn from, a third of them marked where there are so many, and what each weighs: all images the same.
  private func picked(from image: StackedImage, _ lesson: Lesson, number: Int) -> [(place: Int32, weight: Float)] {
    let (truth, region) = (lesson.truths[number], lesson.region[number])
    let count = settings.whole("samples")
    let (yes, no) = (
      image.grid.places.filter { region.pixels[Int($0)] && truth.pixels[Int($0)] },
      image.grid.places.filter { region.pixels[Int($0)] && !truth.pixels[Int($0)] }
    )
    var stream = RandomStream(seed: image.digest, path: ["stacked"])
    func some(_ places: [Int32], _ count: Int) -> [Int32] {
      Array(stream.shuffled(places).prefix(count)).sorted()
    }
    let chosenYes = some(yes, min(yes.count, Int(Double(count) * Self.markedShare)))
    let chosenNo = some(no, max(1, count - chosenYes.count))
    let share = Double(yes.count) / Double(max(1, yes.count + no.count))
    let weight = no.isEmpty ? 1 : yes.isEmpty ? 0 : lesson.evensOut ? (share * Self.usualShare).squareRoot() : share
    let all = Double(count)
    return chosenYes.map { ($0, Float(all * weight / Double(chosenYes.count))) }
      + chosenNo.map { ($0, Float(all * (1 - weight) / Double(chosenNo.count))) }
  }

  private static let markedShare = 0.35
  private static let usualShare = 0.12

  /// Learnt on every third pixel that counts, all images the same.
  private func calibration(of scores: [Plane], _ truths: [Mask]) -> PlattScaling {
    var (odds, labels, weights) = ([Float](), [Bool](), [Float]())
    for (number, image) in marked.enumerated() {
      let counted = image.grid.places.filter { image.judged.pixels[Int($0)] }
      for place in stride(from: 0, to: counted.count, by: 3).map({ Int(counted[$0]) }) {
        odds.append(scores[number].pixels[place])
        labels.append(truths[number].pixels[place])
        weights.append(1000 / Float(max(1, counted.count)))
      }
    }
    return PlattScaling(odds, labels: labels, weights: weights)
  }

  /// The calibrated probability with the highest mean DSC over the images.
  private func bestLevel(_ scores: [Plane], _ truths: [Mask], _ calibration: PlattScaling) -> Float {
    let levels = (1...199).map { Float($0) / 200 }
    let curves = computed(marked.count) { number -> [Double] in
      let image = marked[number]
      var (found, wrong) = ([Int](repeating: 0, count: 200), [Int](repeating: 0, count: 200))
      var all = 0
      for place in image.grid.places.map(Int.init) where image.judged.pixels[place] {
        let p = FittedStack.probability(calibration(scores[number].pixels[place]))
        let bin = min(max(Int(p * 200), 0), 199)
        if truths[number].pixels[place] {
          found[bin] += 1
          all += 1
        } else {
          wrong[bin] += 1
        }
      }
      var (marks, right) = (0, 0)
      var dice = [Double](repeating: 0, count: 200)
      for bin in (0..<200).reversed() {
        right += found[bin]
        marks += found[bin] + wrong[bin]
        dice[bin] = 2 * Double(right) / Double(max(1, marks + all))
      }
      return dice
    }
    let means = levels.indices.map { index in curves.reduce(0) { $0 + $1[index + 1] } }
    return levels[means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }]
  }

  /// The expected DSC below which nothing is marked, with the highest mean DSC over all training images: 1 for those with an
  /// empty mask that stay unmarked. What the marked ones come to is told by boosters that have not learnt from them, and none has
  /// learnt from the others.
  private func bestGate(of stack: FittedStack, _ scores: [Plane], _ truths: [Mask]) -> Double {
    let known = marked.indices.map { number -> (expected: Double, dice: Double) in
      let image = marked[number]
      let counted = image.grid.places.map(Int.init).filter { image.judged.pixels[$0] }
      let probabilities = counted.map { FittedStack.probability(stack.calibration(scores[number].pixels[$0])) }
      let expected = ExpectedDice(probabilities)
      let cut = stack.cut(expected)
      var (shared, marks, all) = (0, 0, 0)
      for (place, p) in zip(counted, probabilities) {
        let isTrue = truths[number].pixels[place]
        if p >= cut { marks += 1 }
        if isTrue { all += 1 }
        if isTrue, p >= cut { shared += 1 }
      }
      return (expected.dice, 2 * Double(shared) / Double(max(1, marks + all)))
    }
    let others = empty.map { stack.found(in: $0) }
    func worth(_ gate: Double) -> Double {
      known.reduce(0) { $0 + ($1.expected >= gate ? $1.dice : 0) }
        + others.reduce(0) { $0 + ($1.expected < gate || !$1.isMarked ? 1 : 0) }
    }
    let candidates = [0] + others.map { $0.expected.nextUp }.sorted()
    return candidates.reduce(0) { worth($1) > worth($0) ? $1 : $0 }
  }
}
