/// What every threshold on a method's maps would find: the ROC and the precision–recall curve over all counted pixels of
/// all images together.
///
/// Probabilities are counted in 1024 equal steps, so the curves have that many points and a threshold is exact to
/// 1/1024; areas differ from those over all distinct thresholds by pixels that share a step (below 0.001 in tests).
public struct OperatingCurves: Sendable, Hashable {
  /// At one threshold, from high to low.
  public struct Point: Sendable, Hashable {
    public let threshold: Double
    /// Sensitivity, or recall: the share of true pixels found.
    public let recall: Double
    /// 1 − specificity: the share of other pixels marked.
    public let falsePositiveRate: Double
    /// The share of marked pixels that are true; 1 where nothing is marked.
    public let precision: Double
  }

  public let points: [Point]
  /// Area under the ROC curve, by trapezia; `nil` unless both kinds of pixels were counted.
  public let area: Double?
  /// Average precision: Σ (recallₖ − recallₖ₋₁)·precisionₖ, as scikit-learn; `nil` without true pixels.
  public let averagePrecision: Double?
  /// The share of counted pixels that are true: the precision of guessing.
  public let prevalence: Double

  static let steps = 1024

  /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
  public init(
    maps: [Plane], samples: [Sample], within counted: CountedPixels = .fieldOfView
  ) throws(DatasetError) {
    precondition(maps.count == samples.count, "one map a sample")
    let unmarked = samples.filter { $0.mask == nil }.map(\.name)
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    var positives = [Int](repeating: 0, count: Self.steps + 1)
    var negatives = positives
    for (map, sample) in zip(maps, samples) {
      guard let truth = sample.mask else { continue }
      let judged = sample.judged(counted)
      for i in map.pixels.indices where judged?.pixels[i] != false {
        let step = min(Self.steps, max(0, Int(map.pixels[i] * Float(Self.steps))))
        if truth.pixels[i] { positives[step] += 1 } else { negatives[step] += 1 }
      }
    }
    self.init(positives: positives, negatives: negatives)
  }

  /// From true and other pixels counted by the step of their probability.
  private init(positives: [Int], negatives: [Int]) {
    let (allTrue, allOther) = (positives.reduce(0, +), negatives.reduce(0, +))
    var (found, marked) = (0, 0)
    var (area, average) = (0.0, 0.0)
    var points = [Point(threshold: 1 + 1 / Double(Self.steps), recall: 0, falsePositiveRate: 0, precision: 1)]
    for step in positives.indices.reversed() where positives[step] + negatives[step] > 0 {
      found += positives[step]
      marked += negatives[step]
      let point = Point(
        threshold: Double(step) / Double(Self.steps), recall: Double(found) / Double(max(allTrue, 1)),
        falsePositiveRate: Double(marked) / Double(max(allOther, 1)),
        precision: Double(found) / Double(found + marked))
      let last = points[points.count - 1]
      area += (point.falsePositiveRate - last.falsePositiveRate) * (point.recall + last.recall) / 2
      average += (point.recall - last.recall) * point.precision
      points.append(point)
    }
    self.points = points
    self.area = allTrue > 0 && allOther > 0 ? area : nil
    averagePrecision = allTrue > 0 ? average : nil
    prevalence = allTrue + allOther == 0 ? 0 : Double(allTrue) / Double(allTrue + allOther)
  }
}
