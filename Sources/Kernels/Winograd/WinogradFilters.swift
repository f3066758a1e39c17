/// The 3×3 filters in the transformed domain, G w Gᵀ, in panels of a few target channels for the micro-kernel: for each of
/// 36 points `[depth, panel]`.
struct WinogradFilters: Sendable {
  /// Source channels in runs (a part each): where a run starts among the weights' source channels, how many there are,
  /// and where it starts in the depth, of which it takes whole octets.
  struct Run: Sendable {
    let first: Int
    let count: Int
    let at: Int
  }
  let runs: [Run]
  let depth: Int
  var targets: Range<Int>
  /// Where the weight of tap (i, j), source s and target t lies: origin + (3i + j)·tap + s·source + t·target. A negative
  /// `tap` turns the filter by 180°.
  let origin: Int
  let tap: Int
  let source: Int
  let target: Int

  /// Writes the filters of a piece of the depth (whole octets) and `width` targets (whole vectors) from the `first`-th on,
  /// point p at `packed[p · pointStep]`, with zeros for sources and targets that there are not.
  func transform<V: TileVector>(
    _ vector: V.Type, _ weights: UnsafePointer<Float>, depth piece: Range<Int>, first: Int, width: Int,
    into packed: UnsafeMutablePointer<Float>, pointStep: Int
  ) {
    let used = min(width, targets.count - first)
    let origin = weights + origin + (targets.lowerBound + first) * target
    withUnsafeTemporaryAllocation(byteCount: (18 + 9 * 8) * 64, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      let taps = half + 18 * V.scalarCount
      for run in runs {
        var octet = max(run.at, piece.lowerBound)
        let end = min(run.at + (run.count + 7) / 8 * 8, piece.upperBound)
        while octet < end {
          let channel = octet - run.at
          for lane in stride(from: 0, to: width, by: V.scalarCount) {
            let from = origin + (run.first + channel) * source + lane * target
            read(
              vector, from, sources: min(8, run.count - channel), targets: min(V.scalarCount, used - lane), into: taps)
            let to = packed + (octet - piece.lowerBound) * width + lane
            for index in 0..<8 {
              transform(vector, taps + V.scalarCount * index, half, into: to + index * width, pointStep: pointStep)
            }
          }
          octet += 8
        }
      }
    }
  }

  /// taps[tap, source, target] for an octet of sources and a vector of targets, zeros where there are fewer.
  @inline(__always)
  private func read<V: TileVector>(
    _: V.Type, _ from: UnsafePointer<Float>, sources: Int, targets: Int, into taps: UnsafeMutablePointer<Float>
  ) {
    let width = V.scalarCount
    if sources < 8 || targets < width { taps.update(repeating: 0, count: 9 * 8 * width) }
    if targets <= 0 { return }
    for index in 0..<9 {
      let (line, to) = (from + index &* tap, taps + 8 &* width &* index)
      if target == 1 {
        for channel in 0..<sources {
          if targets == width {
            V(at: line + channel &* source).put(to + width &* channel)
          } else {
            (to + width &* channel).update(from: line + channel &* source, count: targets)
          }
        }
      } else {
        for lane in 0..<targets {
          let column = line + lane &* target
          for channel in 0..<sources { to[width &* channel &+ lane] = column[channel &* source] }
        }
      }
    }
  }

  /// G w Gᵀ of one source channel and a vector of targets.
  @inline(__always)
  private func transform<V: TileVector>(
    _: V.Type, _ taps: UnsafePointer<Float>, _ half: UnsafeMutablePointer<Float>,
    into to: UnsafeMutablePointer<Float>, pointStep: Int
  ) {
    let width = V.scalarCount
    for column in 0..<3 {
      let top = taps + 8 * width &* column
      Winograd.filter(V(at: top), V(at: top + 24 * width), V(at: top + 48 * width)).put(
        half + width &* column, step: 3 * width)
    }
    var out = to
    var row = UnsafePointer(half)
    for _ in 0..<6 {
      Winograd.filter(V(at: row), V(at: row + width), V(at: row + 2 * width)).put(out, step: pointStep)
      out += 6 &* pointStep
      row += 3 * width
    }
  }
}
