import Tensors

/// The retina cut into cells that end at vessels: a flood from scattered seeds that crosses vessels only where it cannot
/// go round, as the watershed of Jasiobedzki (1993) finds its primary regions.
struct VesselBoundCells {
  /// Cell of each pixel, −1 where there is none.
  private(set) var label: [Int32]
  /// How long the flood took to reach each pixel.
  private(set) var arrival: [Int32]
  /// Seeds, as fractions of the side; cell k grew from seed k.
  let seeds: [SIMD2<Float>]

  private static let buckets = 512

  /// - Parameters:
  ///   - spacing: mean distance of the seeds, as a fraction of the side.
  ///   - barrier: 0 in free tissue to 1 on a vessel, [side · side].
  ///   - allowed: where cells may be, [side · side].
  init(side: Int, spacing: Float, barrier: [Float], allowed: [Bool], stream: inout RandomStream) {
    let columns = max(2, Int((1 / spacing).rounded()))
    seeds = (0..<columns * columns).map { index in
      let place = SIMD2(Float(index % columns), Float(index / columns))
      return (place + 0.5 + SIMD2(stream.uniform() - 0.5, stream.uniform() - 0.5) * 0.9) / Float(columns)
    }
    // Uneven ground frays the borders.
    let roughness = smoothField(side: side, cells: min(side / 4, 90), stream: &stream)
    let cost = zip(barrier, roughness).map { Int32(10 * (0.6 + 9 * $0 + min(max(0.9 + 1.1 * $1, 0), 3.5))) }
    label = [Int32](repeating: -1, count: side * side)
    arrival = [Int32](repeating: .max, count: side * side)
    flood(side: side, cost: cost, allowed: allowed)
  }

  /// Dijkstra's algorithm over eight neighbours with Dial's buckets: integer times, so the same cells everywhere.
  private mutating func flood(side: Int, cost: [Int32], allowed: [Bool]) {
    var queue = [[Int32]](repeating: [], count: VesselBoundCells.buckets)
    var waiting = 0
    for (number, seed) in seeds.enumerated() {
      let index = min(Int(seed.y * Float(side)), side - 1) * side + min(Int(seed.x * Float(side)), side - 1)
      guard allowed[index], arrival[index] > 0 else { continue }
      arrival[index] = 0
      label[index] = Int32(number)
      queue[0].append(Int32(index))
      waiting += 1
    }
    var time: Int32 = 0
    while waiting > 0 {
      let bucket = Int(time) % VesselBoundCells.buckets
      while let entry = queue[bucket].popLast() {
        waiting -= 1
        let index = Int(entry)
        guard arrival[index] == time else { continue }
        let (x, y) = (index % side, index / side)
        for dy in max(-1, -y)...min(1, side - 1 - y) {
          for dx in max(-1, -x)...min(1, side - 1 - x) where dx != 0 || dy != 0 {
            let neighbour = index + dy * side + dx
            guard allowed[neighbour] else { continue }
            let length: Int32 = dx != 0 && dy != 0 ? 7 : 5
            let reached = time + max(1, cost[neighbour] * length / 5)
            if reached < arrival[neighbour] {
              arrival[neighbour] = reached
              label[neighbour] = label[index]
              queue[Int(reached) % VesselBoundCells.buckets].append(Int32(neighbour))
              waiting += 1
            }
          }
        }
      }
      time += 1
    }
  }
}
