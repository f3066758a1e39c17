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

  /// Writes the filters of a piece of the depth (whole octets) and `width` targets from the `first`-th on, point p at
  /// `packed[p · pointStep]`, with zeros for sources and targets that there are not.
  func transform(
    _ weights: UnsafePointer<Float>, depth piece: Range<Int>, first: Int, width: Int,
    into packed: UnsafeMutablePointer<Float>, pointStep: Int
  ) {
    let used = min(width, targets.count - first)
    let origin = weights + origin + (targets.lowerBound + first) * target
    withUnsafeTemporaryAllocation(byteCount: (18 + 9 * 8) * 32, alignment: 32) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      let taps = half + 18 * 8
      for run in runs {
        var octet = max(run.at, piece.lowerBound)
        let end = min(run.at + (run.count + 7) / 8 * 8, piece.upperBound)
        while octet < end {
          let channel = octet - run.at
          var lane = 0
          while lane < width {
            let from = origin + (run.first + channel) * source + lane * target
            let sources = min(8, run.count - channel)
            read(from, sources: sources, targets: min(8, used - lane), into: taps)
            let to = packed + (octet - piece.lowerBound) * width + lane
            for index in 0..<8 { transform(taps + 8 * index, half, into: to + index * width, pointStep: pointStep) }
            lane += 8
          }
          octet += 8
        }
      }
    }
  }

  /// taps[tap, source, target] for an octet of sources and of targets, zeros where there are fewer.
  @inline(__always)
  private func read(
    _ from: UnsafePointer<Float>, sources: Int, targets: Int, into taps: UnsafeMutablePointer<Float>
  ) {
    if sources < 8 || targets < 8 { taps.update(repeating: 0, count: 9 * 64) }
    if targets <= 0 { return }
    for index in 0..<9 {
      let (line, to) = (from + index &* tap, taps + 64 &* index)
      if target == 1 {
        for channel in 0..<sources {
          if targets == 8 {
            store(load(line + channel &* source), to + 8 &* channel)
          } else {
            (to + 8 &* channel).update(from: line + channel &* source, count: targets)
          }
        }
      } else {
        for lane in 0..<targets {
          let column = line + lane &* target
          for channel in 0..<sources { to[8 &* channel &+ lane] = column[channel &* source] }
        }
      }
    }
  }

  /// G w Gᵀ of one source channel and eight targets.
  @inline(__always)
  private func transform(
    _ taps: UnsafePointer<Float>, _ half: UnsafeMutablePointer<Float>, into to: UnsafeMutablePointer<Float>,
    pointStep: Int
  ) {
    for column in 0..<3 {
      let top = taps + 64 &* column
      Winograd.filter(load(top), load(top + 192), load(top + 384)).put(half + 8 &* column, step: 24)
    }
    var out = to
    var row = UnsafePointer(half)
    for _ in 0..<6 {
      Winograd.filter(load(row), load(row + 8), load(row + 16)).put(out, step: pointStep)
      out += 6 &* pointStep
      row += 24
    }
  }
}
