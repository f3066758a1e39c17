import Imaging

/// Pixels counted by what was predicted and what is true; the measures of the 2021 paper, Eq. 8–11.
public struct Confusion: Sendable, Hashable, Codable {
  public var truePositives, falsePositives, trueNegatives, falseNegatives: Int

  public init(truePositives: Int = 0, falsePositives: Int = 0, trueNegatives: Int = 0, falseNegatives: Int = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// Counts the pixels inside `region`, or all of them.
  public init(prediction: Mask, truth: Mask, within region: Mask? = nil) {
    precondition(
      prediction.width == truth.width && prediction.height == truth.height, "prediction and truth have one size")
    precondition(region.map { $0.pixels.count == truth.pixels.count } ?? true, "the region has the masks' size")
    // Index 0: true negatives, 1: false negatives, 2: false positives, 3: true positives.
    var counts = (0, 0, 0, 0)
    for i in truth.pixels.indices where region?.pixels[i] ?? true {
      switch (prediction.pixels[i], truth.pixels[i]) {
      case (false, false): counts.0 += 1
      case (false, true): counts.1 += 1
      case (true, false): counts.2 += 1
      case (true, true): counts.3 += 1
      }
    }
    self.init(
      truePositives: counts.3, falsePositives: counts.2, trueNegatives: counts.0, falseNegatives: counts.1)
  }

  /// How many pixels were counted.
  public var total: Int { truePositives + falsePositives + trueNegatives + falseNegatives }
  /// Whether neither mask marks anything.
  public var isBothEmpty: Bool { truePositives + falsePositives + falseNegatives == 0 }

  /// SEN = TP / (TP + FN) (8); undefined where nothing is to be found.
  public var sensitivity: Double? { ratio(truePositives, truePositives + falseNegatives) }
  /// SPE = TN / (FP + TN) (9); undefined where everything is to be found.
  public var specificity: Double? { ratio(trueNegatives, falsePositives + trueNegatives) }
  /// ACC = (TP + TN) / all (10); undefined where nothing was counted.
  public var accuracy: Double? { ratio(truePositives + trueNegatives, total) }
  /// DSC = 2·|P ∩ T| / (|P| + |T|) (11); 1 where both are empty.
  public var dice: Double {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) ?? 1
  }

  /// Jaccard's index, |P ∩ T| / |P ∪ T|; 1 where both are empty.
  public var intersectionOverUnion: Double {
    ratio(truePositives, truePositives + falsePositives + falseNegatives) ?? 1
  }

  public static func + (left: Confusion, right: Confusion) -> Confusion {
    Confusion(
      truePositives: left.truePositives + right.truePositives,
      falsePositives: left.falsePositives + right.falsePositives,
      trueNegatives: left.trueNegatives + right.trueNegatives,
      falseNegatives: left.falseNegatives + right.falseNegatives)
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}
