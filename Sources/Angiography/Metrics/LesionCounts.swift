import Imaging

/// What is a lesion, and how much of one has to be covered for it to be found.
public struct LesionRule: Sendable, Hashable, Codable {
  /// The share of a lesion's pixels, in `overlaps`, from which on it is found; 0: one pixel will do. A marked lesion of which
  /// less is true is a false one.
  public let overlap: Double
  /// Of the smallest lesion, as the diameter of a disc of its area, in px of an image 512 px wide: it grows with the image.
  public let leastDiameter: Double

  public static let overlaps = 0.0...1
  /// In px at 512 px.
  public static let leastDiameters = 0.0...100
  /// That a stated share has to be covered is the rule of Commowick et al. (*Scientific Reports*, 2018), theirs of
  /// multiple sclerosis; that it is a tenth is ours.
  public static let usualOverlap = 0.1
  /// Ours: half of what the median lesion measures in the eyes whose lesions are smallest.
  public static let usualLeastDiameter = 5.0

  public init(overlap: Double = Self.usualOverlap, leastDiameter: Double = Self.usualLeastDiameter) {
    precondition(Self.overlaps.contains(overlap) && Self.leastDiameters.contains(leastDiameter), "a rule in its ranges")
    (self.overlap, self.leastDiameter) = (overlap, leastDiameter)
  }

  /// Pixels of the smallest lesion in an image, whose larger side is `side`.
  func leastArea(side: Int) -> Double {
    let diameter = leastDiameter * Double(side) / 512
    return diameter * diameter * .pi / 4
  }

  func isCovered(_ part: Int, of area: Int) -> Bool { part > 0 && Double(part) / Double(area) >= overlap }
}

/// Lesions counted one by one: how many of the true ones are found, and how many of the marked ones are false.
///
/// A lesion is a set of pixels that touch, at corners too, inside the region that is judged. Smaller ones than the rule has
/// are not counted; what they cover of others counts all the same.
public struct LesionCounts: Sendable, Hashable, Codable {
  /// Lesions of the truth, and those of them that are found.
  public let lesions, found: Int
  /// Lesions that were marked, and those of them that are false.
  public let marked, falselyMarked: Int

  public init(lesions: Int = 0, found: Int = 0, marked: Int = 0, falselyMarked: Int = 0) {
    precondition(found <= lesions && falselyMarked <= marked, "a part is no more than the whole")
    (self.lesions, self.found) = (lesions, found)
    (self.marked, self.falselyMarked) = (marked, falselyMarked)
  }

  /// Counts inside `region`, or everywhere. Cost: linear in the pixels.
  public init(prediction: Mask, truth: Mask, within region: Mask? = nil, rule: LesionRule = LesionRule()) {
    precondition(
      prediction.width == truth.width && prediction.height == truth.height, "prediction and truth have one size")
    let (prediction, truth) = (prediction.limited(to: region), truth.limited(to: region))
    let trueOnes = Self.count(truth, coveredBy: prediction, rule)
    let markedOnes = Self.count(prediction, coveredBy: truth, rule)
    self.init(
      lesions: trueOnes.all, found: trueOnes.covered, marked: markedOnes.all,
      falselyMarked: markedOnes.all - markedOnes.covered)
  }

  private static func count(_ mask: Mask, coveredBy other: Mask, _ rule: LesionRule) -> (all: Int, covered: Int) {
    let parts = mask.components(.eight)
    let least = rule.leastArea(side: max(mask.width, mask.height))
    var covered = [Int](repeating: 0, count: parts.count)
    for (index, label) in parts.labels.enumerated() where label > 0 && other.pixels[index] {
      covered[Int(label) - 1] += 1
    }
    let large = zip(parts.areas, covered).filter { Double($0.0) >= least }
    return (large.count, large.count { rule.isCovered($0.1, of: $0.0) })
  }

  /// Found ÷ all, in [0, 1]; `nil` where there is none.
  public var sensitivity: Double? { lesions == 0 ? nil : Double(found) / Double(lesions) }
  /// The share of the marked ones that are true, in [0, 1]; `nil` where none is marked.
  public var precision: Double? { marked == 0 ? nil : Double(marked - falselyMarked) / Double(marked) }

  public static func + (left: LesionCounts, right: LesionCounts) -> LesionCounts {
    LesionCounts(
      lesions: left.lesions + right.lesions, found: left.found + right.found, marked: left.marked + right.marked,
      falselyMarked: left.falselyMarked + right.falselyMarked)
  }
}
