/// The 3×3 filters in the transformed domain, G w Gᵀ, in panels for the micro-kernel: for each of 36 points, panels of two
/// vectors of target channels (the last may be one), each `[depth, panel]`.
struct WinogradFilters: Sendable {
  /// Source channels in runs (a part each): where a run starts among the weights' source channels, how many there are,
  /// and where it starts in the depth.
  struct Run: Sendable {
    let first: Int
    let count: Int
    let at: Int
  }
  let runs: [Run]
  let depth: Int
  let targets: Range<Int>
  /// Where the weight of tap (i, j), source s and target t lies: origin + (3i + j)·tap + s·source + t·target. A negative
  /// `tap` turns the filter by 180°.
  let origin: Int
  let tap: Int
  let source: Int
  let target: Int

  /// Floats of one point.
  func pointSize(width: Int) -> Int { (targets.count + width - 1) / width * width * depth }

  /// Writes all points with vectors of `width` floats.
  func transform(_ weights: UnsafePointer<Float>, width: Int, into packed: UnsafeMutablePointer<Float>) {
    let pointStep = pointSize(width: width)
    let padded = (targets.count + width - 1) / width * width
    parallel(padded / 8) { octet in
      let first = octet * 8
      let panel = first / (2 * width)
      let panelWidth = min(2 * width, padded - panel * 2 * width)
      let to = packed + panel * 2 * width * depth + first % (2 * width)
      let used = max(0, min(8, targets.count - first))
      let from = weights + origin + (targets.lowerBound + first) * target
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 27) { memory in
        let (taps, half) = (memory.baseAddress!, memory.baseAddress! + 9)
        for run in runs {
          for channel in 0..<run.count {
            let line = from + (run.first + channel) * source
            for index in 0..<9 { taps[index] = read(line + index * tap, used) }
            for column in 0..<3 {
              half.put(Winograd.filter(taps[column], taps[3 + column], taps[6 + column]), at: column, step: 3)
            }
            var out = to + (run.at + channel) * panelWidth
            for row in 0..<6 {
              out.put(Winograd.filter(half[3 * row], half[3 * row + 1], half[3 * row + 2]), step: pointStep)
              out += 6 * pointStep
            }
          }
          // The sources that fill up a run's last octet are zeros, and so are their weights.
          for extra in run.count..<((run.count + 7) / 8 * 8) {
            for point in 0..<Winograd.points {
              store(Lanes(repeating: 0), to + point * pointStep + (run.at + extra) * panelWidth)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func read(_ line: UnsafePointer<Float>, _ used: Int) -> Lanes {
    if target == 1 && used == 8 { return load(line) }
    var lanes = Lanes(repeating: 0)
    for lane in 0..<used { lanes[lane] = line[lane &* target] }
    return lanes
  }
}
