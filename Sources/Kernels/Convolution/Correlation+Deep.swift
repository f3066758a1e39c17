// Long sums into many channels, as of a large matrix product: numbers of the source are used so often that a copy of them,
// line after line without the source's pitch, pays: a pitch of some KiB leaves a cache few places for a block's lines.

/// The block of a matrix product whose sums stay in a core's second-level cache while the depth passes, piece by piece.
enum DeepProducts<V: TileVector> {
  /// Steps of a piece: a panel's weights for as many, 32 KiB (64 with AVX-512), stay in the first-level cache.
  static var piece: Int { 256 }
  /// Target channels from which copying pays.
  static var fewestChannels: Int { 8 * V.scalarCount }
  /// Numbers left free behind each copied line, so that lines of a piece begin in different sets of the cache.
  static var gap: Int { 16 }

  /// Places of a block: their sums take 768 KiB at most, and their copies 192 KiB.
  static func places(channels: Int) -> Int { max(24, min(192, 196_608 / channels / 6 * 6)) }
}

extension Correlation {
  /// The sums of each block of places over pieces of the depth, each continuing the one before: the same order of sums, and
  /// so the same bits, as in one piece.
  func runDeep<V: TileVector>(
    _ panels: ColumnPanels<V>, _ source: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    biases: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>
  ) {
    let depth = window.depth
    let piece = DeepProducts<V>.piece
    let total = rows * columns
    let most = DeepProducts<V>.places(channels: targetChannels)
    // Blocks alike, of whole rows of the micro-kernel.
    let blocks = (total + most - 1) / most
    let size = (total + 6 * blocks - 1) / (6 * blocks) * 6
    parallel(batch * blocks) { task in
      let (image, block) = task.quotientAndRemainder(dividingBy: blocks)
      let range = (block * size)..<min(total, (block + 1) * size)
      guard !range.isEmpty else { return }
      let lines = (range.lowerBound / columns)..<((range.upperBound - 1) / columns + 1)
      let view = window.view(
        of: source + image * window.height * window.width * window.channels, rows: lines, columns: 0..<columns)
      let count = lines.count * columns
      let offsets = Scratch.integers(.offsets, count: 4 * (count + 8) + window.runCount + 1)
      let (places, targets, lane) = (offsets, offsets + count + 8, offsets + 2 * (count + 8))
      let (runs, start) = (lane + count + 8, lane + count + 8 + window.runCount)
      window.fillRunOffsets(runs, pitch: view.pitch)
      fillOffsets(places, targets, lines, 0..<columns, pitch: view.pitch)
      start[0] = 0
      let skipped = range.lowerBound - lines.lowerBound * columns
      for first in stride(from: 0, to: depth, by: piece) {
        let length = min(piece, depth - first)
        let pitch = length + DeepProducts<V>.gap
        for place in 0..<(range.count + 8) { lane[place] = min(place, range.count - 1) * pitch }
        let copy = Scratch.floats(.transformedInput, count: range.count * pitch)
        gather(
          view.base, places + skipped, count: range.count, runs: runs, steps: first..<(first + length), into: copy,
          pitch: pitch)
        for panel in 0..<panels.count {
          let (column, columns, width) = panels[panel]
          let tileTarget = TileTarget(
            base: target + image * targetHeight * targetWidth * targetChannels + column,
            bias: first + length == depth ? biases + column : nil, accumulating: false, continuing: first > 0)
          Tile<V>.packedPanel(
            TileSource(a: copy, runOffsets: start, runs: 1, length: length), aStep: 1, rows: lane,
            b: packed + column * depth + first * width, into: tileTarget, targets: targets + skipped,
            count: range.count, columns: columns)
        }
      }
    }
  }

  /// copy[place, k] = the source under `place` at the k-th of `steps`.
  private func gather(
    _ base: UnsafePointer<Float>, _ places: UnsafePointer<Int>, count: Int, runs: UnsafePointer<Int>,
    steps: Range<Int>, into copy: UnsafeMutablePointer<Float>, pitch: Int
  ) {
    var step = steps.lowerBound
    while step < steps.upperBound {
      let (run, at) = step.quotientAndRemainder(dividingBy: window.runLength)
      let length = min(window.runLength - at, steps.upperBound - step)
      for place in 0..<count {
        (copy + place * pitch + (step - steps.lowerBound)).update(
          from: base + places[place] + runs[run] + at, count: length)
      }
      step += length
    }
  }
}
