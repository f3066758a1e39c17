import Angiography
import Imaging

/// Pixels by their probability and their truth: all that reliability and calibration need, in one pass over them.
///
/// Cost: 8 bytes a counted pixel, and a sort of them.
public struct ProbabilityTally: Sendable {
  /// Pixels of one probability.
  public struct Group: Sendable, Hashable {
    public let probability: Double
    public let count: Double
    /// How many of them are true.
    public let positives: Double

    public init(probability: Double, count: Double, positives: Double) {
      (self.probability, self.count, self.positives) = (probability, count, positives)
    }
  }

  /// As `OperatingCurves` sorts them.
  private var codes: [UInt32] = []
  /// Σ (probability − truth)².
  public private(set) var squaredError = 0.0

  public init() {}

  /// How many pixels there are.
  public var count: Int { codes.count }

  /// Counts the pixels of a map.
  ///
  /// - Parameters:
  ///   - map: probabilities; below 0, NaN too, they are 0, above 1 they are 1.
  ///   - truth: of the map's size, as is `graded`: which pixels count; `nil`: all.
  public mutating func add(_ map: Plane, truth: Mask, within graded: Mask?) {
    precondition(truth.pixels.count == map.pixels.count, "a truth has its map's size")
    precondition(graded.map { $0.pixels.count == map.pixels.count } ?? true, "what counts has the map's size")
    for pixel in map.pixels.indices where graded?.pixels[pixel] ?? true {
      let code = OperatingCurves.code(map.pixels[pixel], isTrue: truth.pixels[pixel])
      codes.append(code)
      let error = Self.probability(of: code) - (truth.pixels[pixel] ? 1 : 0)
      squaredError += error * error
    }
  }

  /// Pixels by ascending probability, a group for each that occurs. Cost: a sort, and 24 bytes a group.
  public var groups: [Group] { Self.grouped(sorted) { $0 } }

  /// The same, at most 400 000 groups: those are one, by their mean, that lie within 2⁻¹³ of their distance from the nearer of 0
  /// and 1, never more than 6e-5 apart. Enough for what is smooth in the probability.
  public var coarseGroups: [Group] { Self.grouped(sorted, by: Self.cell) }

  private var sorted: [UInt32] {
    var sorted = codes
    radixSort(&sorted)
    return sorted
  }

  /// - Parameter key: of a probability's bits; it never falls.
  private static func grouped(_ sorted: [UInt32], by key: (UInt32) -> UInt32) -> [Group] {
    var groups: [Group] = []
    var place = 0
    while place < sorted.count {
      let own = key(sorted[place] >> 1)
      var (sum, positives, count) = (0.0, 0, 0)
      while place < sorted.count, key(sorted[place] >> 1) == own {
        sum += probability(of: sorted[place])
        positives += Int(sorted[place] & 1)
        count += 1
        place += 1
      }
      // A sum of equal floats is exact.
      groups.append(
        Group(probability: sum / Double(count), count: Double(count), positives: Double(positives)))
    }
    return groups
  }

  private static func probability(of code: UInt32) -> Double { Double(Float(bitPattern: code >> 1)) }

  /// Of a probability's bits; nearer to 0 or 1 than `least` all is one cell.
  private static func cell(of bits: UInt32) -> UInt32 {
    let probability = Float(bitPattern: bits)
    // 1 − p is exact from ½ on.
    let distance = probability < 0.5 ? probability : 1 - probability
    let place = distance < least ? 0 : (distance.bitPattern - least.bitPattern) >> 10 + 1
    return probability < 0.5 ? place : .max - place
  }

  /// No logit is told from that of this probability, or of 1 less it.
  static let least = Float(sign: .plus, exponent: -24, significand: 1)
}
