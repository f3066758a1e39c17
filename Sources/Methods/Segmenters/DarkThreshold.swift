import Angiography
import Imaging

/// The simplest segmentation worth beating: what is darker than its surroundings is non-perfused.
///
/// A pixel is marked where the mean of its 7 × 7 pixels is below t times the mean of its 81 × 81 pixels, both taken
/// inside the field of view. It needs nothing but t, and is the floor that other methods are printed beside.
public struct DarkThreshold: ParametricSegmenter, TaughtSegmenter {
  /// Thresholds that are tried, 0.005 apart.
  public static let candidates: [Float] = (1...260).map { Float($0) * 0.005 }

  /// Sides of the squares that the two means are taken over, in pixels.
  private static let (localSide, backgroundSide) = (7, 81)

  /// The mean grey of the 81 × 81 pixels around each, of those inside the field of view.
  package static func background(_ image: Plane, fieldOfView: Mask) -> Plane {
    image.windowMean(side: backgroundSide, within: fieldOfView)
  }

  /// Local mean ÷ background mean at each pixel of the field of view; infinite elsewhere and where the background is 0.
  public static func relativeBrightness(_ image: Plane, fieldOfView: Mask) -> Plane {
    relativeBrightness(image, fieldOfView: fieldOfView, against: background(image, fieldOfView: fieldOfView))
  }

  /// The same where the background is at hand.
  package static func relativeBrightness(_ image: Plane, fieldOfView: Mask, against background: Plane) -> Plane {
    let local = image.windowMean(side: localSide, within: fieldOfView)
    var ratio = local
    for i in ratio.pixels.indices {
      let isMeasured = fieldOfView.pixels[i] && background.pixels[i] > 0
      ratio.pixels[i] = isMeasured ? local.pixels[i] / background.pixels[i] : .infinity
    }
    return ratio
  }

  /// The pixels whose relative brightness is below `threshold`.
  public static func segment(_ image: Plane, fieldOfView: Mask, below threshold: Float) -> Mask {
    let ratio = relativeBrightness(image, fieldOfView: fieldOfView)
    return Mask(width: image.width, height: image.height, pixels: ratio.pixels.map { $0 < threshold })
  }

  /// The candidate with the highest mean DSC over the samples, inside the field of view, and that mean; the lowest
  /// such candidate where several are equal. `nil` when no sample has a mask.
  public static func best(over samples: [Sample]) -> (threshold: Float, meanDice: Double)? {
    let counts = samples.compactMap(ThresholdCounts.init)
    return bestIndex(counts).map { (candidates[$0], meanDice(counts, at: $0)) }
  }

  /// Every labelled sample segmented with the threshold that is best on the other cases; a sample without a case is a
  /// case of its own. `nil` when fewer than two cases are labelled.
  public static func leavingOneCaseOut(_ samples: [Sample]) -> MetricsReport? {
    let labelled = samples.filter { $0.mask != nil }
    let cases = labelled.map { $0.facts.caseName ?? "image \($0.name)" }
    let counts = labelled.compactMap(ThresholdCounts.init)
    guard Set(cases).count > 1 else { return nil }
    let rows = labelled.indices.compactMap { i in
      bestIndex(labelled.indices.filter { cases[$0] != cases[i] }.map { counts[$0] }).map { best in
        MetricsReport.Row(name: labelled[i].name, confusion: counts[i].confusion(at: best))
      }
    }
    return MetricsReport(rows: rows)
  }

  private static func bestIndex(_ counts: [ThresholdCounts]) -> Int? {
    guard !counts.isEmpty else { return nil }
    let means = candidates.indices.map { meanDice(counts, at: $0) }
    return means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
  }

  private static func meanDice(_ counts: [ThresholdCounts], at index: Int) -> Double {
    counts.reduce(0) { $0 + $1.confusion(at: index).dice } / Double(counts.count)
  }
}

extension DarkThreshold {
  package var name: String { "dark-threshold" }
  package var title: String { "dark threshold" }

  /// As a fraction of the background.
  package var parameters: [MethodParameter] {
    [
      MethodParameter(
        "threshold", .number(Double(Self.candidates[0])...Double(Self.candidates[Self.candidates.count - 1])),
        "the part of the background below which a pixel is marked")
    ]
  }

  package func taught(by training: TrainingSet) throws(MethodError) -> any FittedSegmenter { try fit(to: training) }

  /// The threshold that is best on the training set itself.
  package func values(for training: TrainingSet) throws(MethodError) -> [Double] {
    guard let best = Self.best(over: training.dataset.samples) else { throw .nothingToTuneOn }
    return [Double(best.threshold)]
  }

  /// Maps of 0 and 1.
  package func probabilityMaps(of dataset: Dataset, with values: [Double]) -> [Plane] {
    Self.probabilityMaps(of: dataset, below: Float(values[0]))
  }

  /// Maps of 0 and 1, by any threshold.
  package static func probabilityMaps(of dataset: Dataset, below threshold: Float) -> [Plane] {
    dataset.samples.map { segment($0.image, fieldOfView: $0.fieldOfView, below: threshold).plane }
  }
}

/// How many pixels of each truth lie below every candidate threshold, counted in one pass over an image.
private struct ThresholdCounts {
  private let markedTrue, markedFalse: [Int]
  private let positives, negatives: Int

  /// `nil` for a sample without a mask.
  init?(_ sample: Sample) {
    guard let mask = sample.mask else { return nil }
    let candidates = DarkThreshold.candidates
    let ratio = DarkThreshold.relativeBrightness(sample.image, fieldOfView: sample.fieldOfView)
    var trueAt = [Int](repeating: 0, count: candidates.count + 1)
    var falseAt = trueAt
    let judged = sample.judged()
    for i in ratio.pixels.indices where judged?.pixels[i] != false {
      let first = firstIndex(above: ratio.pixels[i], in: candidates)
      if mask.pixels[i] { trueAt[first] += 1 } else { falseAt[first] += 1 }
    }
    func upToEach(_ counts: [Int]) -> [Int] {
      var sum = 0
      return counts.map {
        sum += $0
        return sum
      }
    }
    markedTrue = upToEach(trueAt)
    markedFalse = upToEach(falseAt)
    positives = markedTrue[candidates.count]
    negatives = markedFalse[candidates.count]
  }

  func confusion(at index: Int) -> Confusion {
    Confusion(
      truePositives: markedTrue[index], falsePositives: markedFalse[index],
      trueNegatives: negatives - markedFalse[index], falseNegatives: positives - markedTrue[index])
  }
}

/// The index of the first element greater than `value` in an ascending list; its count when there is none.
private func firstIndex(above value: Float, in ascending: [Float]) -> Int {
  var (low, high) = (0, ascending.count)
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] > value { high = middle } else { low = middle + 1 }
  }
  return low
}
