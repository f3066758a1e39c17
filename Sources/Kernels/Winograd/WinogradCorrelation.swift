/// A 3×3 correlation at stride 1 by Winograd's F(4×4, 3×3): a convolution's forward pass and, with the filters turned, its
/// input gradient.
///
/// Blocks of tiles whose transforms stay in a core's cache go through three stages: Bᵀ d B of the input; for each of the 36
/// points a matrix product of tiles by channels with the transformed filters; Aᵀ m A into the output. Each block is one
/// thread's from start to end. Filters whose transforms would take more than 40 MiB go by groups of target channels; the
/// input is transformed for each, which costs a hundredth of a group's products.
struct WinogradCorrelation: VectorWork {
  let input: TileInput
  var filters: WinogradFilters
  var output: TileOutput
  /// Where the filters are kept for the next time.
  var place: FilterPlace?

  func run(weights: Region, into target: Region) {
    guard input.grid.count > 0 else { return }
    let groups = Winograd.groups(of: output.channels, depth: input.depth)
    for channels in groups {
      var share = group(channels)
      if groups.count > 1 { share.place = nil }
      share.run((weights, target.base + channels.lowerBound))
    }
  }

  /// The same for some of the target channels.
  private func group(_ channels: Range<Int>) -> WinogradCorrelation {
    var share = self
    let first = filters.targets.lowerBound + channels.lowerBound
    share.filters.targets = first..<(first + channels.count)
    share.output.channels = channels.count
    share.output.bias = output.bias.map { $0 + channels.lowerBound }
    return share
  }

  func run<V: TileVector>(
    _ vector: V.Type, _ operands: (weights: Region, target: UnsafeMutablePointer<Float>)
  ) {
    let panels = ColumnPanels<V>(columns: output.channels)
    let stages = WinogradStages<V>(
      correlation: self, panels: panels, weights: operands.weights, target: operands.target)
    if input.depth * panels.padded > WinogradCorrelation.mostFilters { stages.runTogether() } else { stages.runApart() }
  }

  /// Filters whose transforms (4 MiB) each block may read for itself.
  private static let mostFilters = (1 << 20) / Winograd.points
}

/// The three stages over all tiles.
private struct WinogradStages<V: TileVector> {
  let correlation: WinogradCorrelation
  /// The target channels.
  let panels: ColumnPanels<V>
  let weights: Region
  let target: UnsafeMutablePointer<Float>

  private var depth: Int { correlation.input.depth }
  private var grid: TileGrid { correlation.input.grid }
  /// Target channels, filled up to whole vectors.
  private var width: Int { panels.padded }

  /// The filters in the transformed domain, and the distance between points.
  private func packedFilters() -> (UnsafeMutablePointer<Float>, Int) {
    let step = Winograd.pointStep(depth * width)
    let count = Winograd.points * step
    if let place = correlation.place,
      let kept = place.filters.filters(
        of: place.key, weights: weights, depth: depth, width: width, vectorWidth: V.scalarCount, count: count,
        make: { pack(into: $0, step) })
    {
      return (kept, step)
    }
    let packed = Scratch.floats(.packedWeights, count: count)
    pack(into: packed, step)
    return (packed, step)
  }

  private func pack(into packed: UnsafeMutablePointer<Float>, _ step: Int) {
    // Pieces of a panel's depth, so that there is work for all threads.
    let pieces = (depth + 127) / 128
    parallel(panels.count * pieces) { index in
      let (panelIndex, piece) = index.quotientAndRemainder(dividingBy: pieces)
      let (first, _, columns) = panels[panelIndex]
      let depths = (piece * 128)..<min(depth, (piece + 1) * 128)
      let count = depths.count * columns
      let place = packed + first * depth + depths.lowerBound * columns
      // A piece takes a cache's part; written straight to memory, its 36 lines would wait for one another.
      let pieceStep = Winograd.pointStep(count)
      let copy = Scratch.floats(.transformedInput, count: Winograd.points * pieceStep)
      correlation.filters.transform(
        V.self, weights.base, depth: depths, first: first, width: columns, into: copy, pointStep: pieceStep)
      for point in 0..<Winograd.points {
        (place + point * step).update(from: copy + point * pieceStep, count: count)
      }
    }
  }

  /// Small filters: blocks of tiles whose transforms and products stay in a core's cache (about 768 KiB), each one
  /// thread's from start to end.
  func runApart() {
    let (packed, filterStep) = packedFilters()
    let fitting = 196_608 / (Winograd.points * (depth + width))
    let sharing = (grid.count + 15) / 16
    let size = max(6, min(max(24, min(96, fitting)), sharing) / 6 * 6)
    let (inputStep, productStep) = (Winograd.pointStep(size * depth), Winograd.pointStep(size * width))
    parallel((grid.count + size - 1) / size) { block in
      let tiles = (block * size)..<min(grid.count, (block + 1) * size)
      let transformed = Scratch.floats(.transformedInput, count: Winograd.points * inputStep)
      let products = Scratch.floats(.products, count: Winograd.points * productStep)
      correlation.input.transform(V.self, tiles, sideBySide: true, into: transformed, pointStep: inputStep) {
        tile, channel in
        tile &* depth &+ channel
      }
      let lines = Lines(tiles.count, depth: depth, width: width)
      for point in 0..<Winograd.points {
        for panel in 0..<panels.count {
          let (first, _, columns) = panels[panel]
          multiply(
            transformed + point * inputStep, packed + point * filterStep + first * depth,
            products + point * productStep + first, lines, columns: columns)
        }
      }
      correlation.output.write(V.self, tiles, products, pointStep: productStep, tileStep: width, to: target)
    }
  }

  /// Large filters: blocks of tiles that fill a processor's shared cache (about 24 MiB), so that the filters pass few
  /// times; all threads share each stage.
  func runTogether() {
    let (packed, filterStep) = packedFilters()
    let fitting = max(96, 6_291_456 / (Winograd.points * (depth + width)))
    let blocks = (grid.count + fitting - 1) / fitting
    let size = (grid.count + blocks - 1) / blocks
    let (inputStep, productStep) = (Winograd.pointStep(size * depth), Winograd.pointStep(size * width))
    let transformed = Scratch.floats(.transformedInput, count: Winograd.points * inputStep)
    let products = Scratch.floats(.products, count: Winograd.points * productStep)
    let shares = min(4, panels.count)
    for first in stride(from: 0, to: grid.count, by: size) {
      let tiles = first..<min(grid.count, first + size)
      let parts = (tiles.count + 5) / 6
      func part(_ index: Int) -> Range<Int> { (first + 6 * index)..<min(tiles.upperBound, first + 6 * index + 6) }
      parallel(parts) { index in
        correlation.input.transform(V.self, part(index), sideBySide: true, into: transformed, pointStep: inputStep) {
          tile, channel in
          (6 &* index &+ tile) &* depth &+ channel
        }
      }
      parallel(Winograd.points * shares) { task in
        let (point, share) = task.quotientAndRemainder(dividingBy: shares)
        let lines = Lines(tiles.count, depth: depth, width: width)
        for index in (share * panels.count / shares)..<((share + 1) * panels.count / shares) {
          let (column, _, columns) = panels[index]
          multiply(
            transformed + point * inputStep, packed + point * filterStep + column * depth,
            products + point * productStep + column, lines, columns: columns)
        }
      }
      parallel(parts) { index in
        correlation.output.write(
          V.self, part(index), products + 6 * index * width, pointStep: productStep, tileStep: width, to: target)
      }
    }
  }

  /// The offsets of a block's tiles in the input and in the products, and seven more that repeat the last.
  private struct Lines {
    let count: Int
    let inputs: UnsafeMutablePointer<Int>
    let products: UnsafeMutablePointer<Int>
    /// A zero: the sum is one run.
    let start: UnsafeMutablePointer<Int>

    init(_ count: Int, depth: Int, width: Int) {
      self.count = count
      inputs = Scratch.integers(.offsets, count: 2 * (count + 8) + 1)
      products = inputs + count + 8
      start = products + count + 8
      for tile in 0..<(count + 8) {
        inputs[tile] = min(tile, count - 1) * depth
        products[tile] = min(tile, count - 1) * width
      }
      start[0] = 0
    }
  }

  /// products[tile, target channel] = Σ input[tile, source channel] · filters[source channel, target channel], the sum in
  /// pieces whose filters stay in the first-level cache.
  private func multiply(
    _ input: UnsafePointer<Float>, _ filters: UnsafePointer<Float>, _ products: UnsafeMutablePointer<Float>,
    _ lines: Lines, columns: Int
  ) {
    let piece = 256
    for first in stride(from: 0, to: depth, by: piece) {
      let source = TileSource(
        a: input + first, runOffsets: lines.start, runs: 1, length: min(piece, depth - first))
      let target = TileTarget(base: products, bias: nil, accumulating: first > 0)
      Tile<V>.packedPanel(
        source, aStep: 1, rows: lines.inputs, b: filters + first * columns, into: target, targets: lines.products,
        count: lines.count, columns: columns)
    }
  }
}
