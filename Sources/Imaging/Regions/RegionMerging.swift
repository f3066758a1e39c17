/// Greedy merging of regions: of all pairs that touch the cheapest becomes one region, again and again.
///
/// What a region and a boundary are is the caller's: say a sum and a count, and `RegionBoundary`. Of equal costs the pair
/// with the lowest labels comes first, so the result depends on nothing else. A merged region keeps the lower label.
/// Cost: a priority queue, O(E log E) for E boundaries and what merging makes of them.
public struct RegionMerging<Region, Boundary> {
  /// By label − 1; nil where a region has become part of another.
  public private(set) var regions: [Region?]
  /// Of each label the regions that it touches.
  private var neighbours: [[Int: Boundary]]
  /// The region each has become part of; itself where it stands.
  private var parents: [Int]
  /// How often each region has changed: what the queue says of an earlier state is void.
  private var versions: [Int]
  private var queue = PriorityQueue<Candidate>()

  /// - Parameters:
  ///   - regions: that of label 1 first.
  ///   - boundaries: of regions that touch.
  public init(regions: [Region], boundaries: [RegionPair: Boundary]) {
    self.regions = regions
    neighbours = Array(repeating: [:], count: regions.count + 1)
    parents = Array(0...regions.count)
    versions = Array(repeating: 0, count: regions.count + 1)
    for (pair, boundary) in boundaries {
      precondition(1 <= pair.first && pair.first < pair.second && pair.second <= regions.count, "a boundary of regions")
      neighbours[pair.first][pair.second] = boundary
      neighbours[pair.second][pair.first] = boundary
    }
  }

  /// Merges until no pair has a cost.
  ///
  /// - Parameters:
  ///   - joinRegions: two regions as one.
  ///   - joinBoundaries: where both touched a third, the two boundaries as one.
  ///   - cost: of merging two regions across their boundary; nil where they are not to be merged. It may only depend on
  ///     these three.
  /// - Returns: the label that each region now has, that of label 1 first.
  public mutating func merge(
    joinRegions: (Region, Region) -> Region, joinBoundaries: (Boundary, Boundary) -> Boundary,
    cost: (Region, Region, Boundary) -> Double?
  ) -> [Int] {
    for (first, others) in neighbours.enumerated() {
      for second in others.keys where second > first { enqueue(RegionPair(first, second), cost) }
    }
    while let next = queue.popLeast() {
      let isCurrent = (versions[next.pair.first], versions[next.pair.second]) == next.versions
      guard isCurrent else { continue }
      join(next.pair, joinRegions, joinBoundaries)
      for other in neighbours[next.pair.first].keys { enqueue(RegionPair(next.pair.first, other), cost) }
    }
    return (1..<parents.count).map(root)
  }

  private mutating func enqueue(_ pair: RegionPair, _ cost: (Region, Region, Boundary) -> Double?) {
    guard let first = regions[pair.first - 1], let second = regions[pair.second - 1],
      let boundary = neighbours[pair.first][pair.second], let price = cost(first, second, boundary)
    else { return }
    queue.insert(Candidate(cost: price, pair: pair, versions: (versions[pair.first], versions[pair.second])))
  }

  private mutating func join(
    _ pair: RegionPair, _ joinRegions: (Region, Region) -> Region, _ joinBoundaries: (Boundary, Boundary) -> Boundary
  ) {
    let (kept, gone) = (pair.first, pair.second)
    guard let first = regions[kept - 1], let second = regions[gone - 1] else { return }
    regions[kept - 1] = joinRegions(first, second)
    regions[gone - 1] = nil
    parents[gone] = kept
    versions[kept] += 1
    versions[gone] += 1
    let inherited = neighbours[gone]
    neighbours[gone] = [:]
    neighbours[kept][gone] = nil
    for (other, boundary) in inherited where other != kept {
      neighbours[other][gone] = nil
      let joined = neighbours[kept][other].map { joinBoundaries($0, boundary) } ?? boundary
      neighbours[kept][other] = joined
      neighbours[other][kept] = joined
    }
  }

  private func root(of label: Int) -> Int {
    var label = label
    while parents[label] != label { label = parents[label] }
    return label
  }

  private struct Candidate: Comparable {
    let cost: Double
    let pair: RegionPair
    let versions: (Int, Int)

    static func < (a: Self, b: Self) -> Bool { (a.cost, a.pair) < (b.cost, b.pair) }
    static func == (a: Self, b: Self) -> Bool { (a.cost, a.pair) == (b.cost, b.pair) }
  }
}
