/// Places buffers in one arena so that those in use at the same time never overlap.
struct ArenaLayout {
  /// A buffer and the span of steps, both ends included, in which its contents matter.
  struct Demand {
    let count: Int
    let lifetime: ClosedRange<Int>
  }

  /// Where each buffer starts, in the order of the demands.
  let offsets: [Int]
  /// Floats in the whole arena.
  let count: Int

  /// Greedy by size: the largest buffers first, each in the smallest gap that the overlapping lifetimes leave it.
  init(_ demands: [Demand]) {
    var offsets = [Int](repeating: 0, count: demands.count)
    var total = 0
    var placed: [Int] = []
    for index in demands.indices.sorted(by: { (demands[$0].count, $1) > (demands[$1].count, $0) }) {
      let demand = demands[index]
      let size = ArenaLayout.rounded(demand.count)
      let neighbours = placed.filter { demands[$0].lifetime.overlaps(demand.lifetime) }
        .sorted { (offsets[$0], $0) < (offsets[$1], $1) }
      var best: (offset: Int, gap: Int)?
      var end = 0
      for neighbour in neighbours {
        let gap = offsets[neighbour] - end
        if gap >= size, gap < best?.gap ?? .max { best = (end, gap) }
        end = max(end, offsets[neighbour] + ArenaLayout.rounded(demands[neighbour].count))
      }
      offsets[index] = best?.offset ?? end
      total = max(total, offsets[index] + size)
      placed.append(index)
    }
    self.offsets = offsets
    count = total
  }

  /// Floats that a buffer takes, whose neighbour starts on a cache line.
  static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
