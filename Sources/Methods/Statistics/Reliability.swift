/// How far probabilities are what they say: of the pixels called 30 %, are 30 % true?
public struct Reliability: Sendable, Hashable, Codable {
  /// What a bin is.
  public enum Binning: String, Sendable, Hashable, Codable, CaseIterable {
    /// Equal parts of 0…1.
    case width
    /// About as many pixels each; pixels of one probability are never parted.
    case count
  }

  /// The pixels of one bin.
  public struct Bin: Sendable, Hashable, Codable {
    /// Where it starts and ends: of equal width the parts of 0…1, of equal count the least and the greatest probability in it.
    public let range: ClosedRange<Double>
    public let count: Double
    /// The mean probability and the share that is true; both `nil` in an empty bin.
    public let predicted, observed: Double?
  }

  public let bins: [Bin]
  public let binning: Binning
  /// How many pixels there are.
  public let count: Double
  /// Expected calibration error: the mean distance between predicted and observed, bins weighed by their pixels (Naeini,
  /// Cooper & Hauskrecht 2015).
  public let expectedError: Double
  /// Maximum calibration error: the largest of these distances.
  public let maximumError: Double
  /// The mean squared distance between probability and truth (Brier 1950), in [0, 1].
  public let brier: Double

  /// How many bins there may be.
  public static let binCounts = 2...1000

  /// - Parameter bins: how many; of equal count there may be fewer.
  /// - Returns: `nil` without pixels.
  public init?(_ tally: ProbabilityTally, bins wanted: Int = 15, by binning: Binning = .width) {
    precondition(Self.binCounts.contains(wanted), "two bins at least")
    let groups = tally.groups
    guard !groups.isEmpty else { return nil }
    let all = groups.reduce(0) { $0 + $1.count }
    (self.binning, count, brier) = (binning, all, tally.squaredError / all)
    let bins: [Bin]
    switch binning {
    case .width:
      var members = [[ProbabilityTally.Group]](repeating: [], count: wanted)
      for group in groups { members[min(Int(group.probability * Double(wanted)), wanted - 1)].append(group) }
      bins = members.enumerated().map { place, members in
        Bin(members[...], from: Double(place) / Double(wanted), to: Double(place + 1) / Double(wanted))
      }
    case .count:
      bins = Self.partedByCount(groups, into: wanted, all: all)
    }
    self.bins = bins
    let gaps = bins.map { bin in bin.observed.flatMap { seen in bin.predicted.map { abs(seen - $0) } } ?? 0 }
    expectedError = zip(gaps, bins).reduce(0) { $0 + $1.0 * $1.1.count } / all
    maximumError = gaps.max() ?? 0
  }

  /// A bin ends with the group that brings the pixels up to its part of all.
  private static func partedByCount(_ groups: [ProbabilityTally.Group], into wanted: Int, all: Double) -> [Bin] {
    var bins: [Bin] = []
    var (start, before) = (0, 0)
    for (place, group) in groups.enumerated() {
      let taken = before + Int(group.count)
      let isFull = taken * wanted / Int(all) > before * wanted / Int(all)
      before = taken
      guard isFull || place == groups.count - 1 else { continue }
      let members = groups[start...place]
      bins.append(Bin(members, from: groups[start].probability, to: group.probability))
      start = place + 1
    }
    return bins
  }
}

extension Reliability.Bin {
  fileprivate init(_ members: ArraySlice<ProbabilityTally.Group>, from lower: Double, to upper: Double) {
    count = members.reduce(0) { $0 + $1.count }
    let probability = members.reduce(0) { $0 + $1.probability * $1.count }
    let positives = members.reduce(0) { $0 + $1.positives }
    range = lower...upper
    predicted = count > 0 ? probability / count : nil
    observed = count > 0 ? positives / count : nil
  }
}
