import Imaging

/// What every threshold on a method's maps would find: the ROC and the precision–recall curve over all counted pixels of
/// all images together.
///
/// Every probability that occurs is a threshold, as in scikit-learn. Cost: 8 bytes a counted pixel, and a sort of them.
public struct OperatingCurves: Sendable, Hashable {
  /// At one threshold, from high to low.
  public struct Point: Sendable, Hashable {
    /// Infinite for the first point, where nothing is marked.
    public let threshold: Double
    /// Sensitivity, or recall: the share of true pixels found.
    public let recall: Double
    /// 1 − specificity: the share of other pixels marked.
    public let falsePositiveRate: Double
    /// The share of marked pixels that are true; 1 where nothing is marked.
    public let precision: Double
  }

  /// What is drawn: of points that lie within 0.001 of each other, one. The areas are of all of them.
  public let points: [Point]
  /// Area under the ROC curve, by trapezia; `nil` unless both kinds of pixels were counted.
  public let area: Double?
  /// Average precision: Σ (recallₖ − recallₖ₋₁)·precisionₖ, as scikit-learn; `nil` without true pixels.
  public let averagePrecision: Double?
  /// The share of counted pixels that are true: the precision of guessing.
  public let prevalence: Double

  /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
  public init(
    maps: [Plane], samples: [Sample], within counted: CountedPixels = .fieldOfView
  ) throws(DatasetError) {
    precondition(maps.count == samples.count, "one map a sample")
    var pixels: [UInt32] = []
    for ((map, sample), truth) in zip(zip(maps, samples), try samples.truths()) {
      let judged = sample.judged(counted)
      for i in map.pixels.indices where judged?.pixels[i] != false {
        pixels.append(Self.code(map.pixels[i], isTrue: truth.pixels[i]))
      }
    }
    radixSort(&pixels)
    self.init(ascending: pixels)
  }

  /// A pixel as a number that sorts by its probability: the bits of a float from 0 on are in its order. The truth is the
  /// last bit.
  package static func code(_ probability: Float, isTrue: Bool) -> UInt32 {
    // Not `max`, which would let NaN pass.
    let clamped = probability > 0 ? min(probability, 1) : 0
    return clamped.bitPattern << 1 | (isTrue ? 1 : 0)
  }

  private init(ascending pixels: [UInt32]) {
    let allTrue = pixels.reduce(0) { $0 + Int($1 & 1) }
    let allOther = pixels.count - allTrue
    var (found, marked) = (0, 0)
    // Twice the area in pixels: whole numbers, so exact.
    var (doubledArea, average) = (0, 0.0)
    var drawn = DrawnPoints(first: Point(threshold: .infinity, recall: 0, falsePositiveRate: 0, precision: 1))
    var end = pixels.count
    while end > 0 {
      let code = pixels[end - 1] >> 1
      let (foundBefore, markedBefore) = (found, marked)
      while end > 0, pixels[end - 1] >> 1 == code {
        if pixels[end - 1] & 1 == 1 { found += 1 } else { marked += 1 }
        end -= 1
      }
      let precision = Double(found) / Double(found + marked)
      doubledArea += (marked - markedBefore) * (found + foundBefore)
      average += Double(found - foundBefore) * precision
      drawn.add(
        Point(
          threshold: Double(Float(bitPattern: code)), recall: Double(found) / Double(max(allTrue, 1)),
          falsePositiveRate: Double(marked) / Double(max(allOther, 1)), precision: precision))
    }
    points = drawn.points
    area = allTrue > 0 && allOther > 0 ? Double(doubledArea) / 2 / Double(allTrue) / Double(allOther) : nil
    averagePrecision = allTrue > 0 ? average / Double(allTrue) : nil
    prevalence = pixels.isEmpty ? 0 : Double(allTrue) / Double(pixels.count)
  }
}

/// The points of a curve that a figure needs: the first, the last, and in between the last one before each that is further
/// than `finest` from the one kept before.
private struct DrawnPoints {
  private static let finest = 0.001
  private var kept: [OperatingCurves.Point]
  private var pending: OperatingCurves.Point?

  init(first: OperatingCurves.Point) { kept = [first] }

  mutating func add(_ point: OperatingCurves.Point) {
    if let pending, isFar(point, from: kept[kept.count - 1]) { kept.append(pending) }
    pending = point
  }

  var points: [OperatingCurves.Point] { kept + (pending.map { [$0] } ?? []) }

  private func isFar(_ point: OperatingCurves.Point, from other: OperatingCurves.Point) -> Bool {
    abs(point.recall - other.recall) > Self.finest
      || abs(point.falsePositiveRate - other.falsePositiveRate) > Self.finest
      || abs(point.precision - other.precision) > Self.finest
  }
}
