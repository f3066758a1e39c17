/// A 3×3 correlation at stride 1 by Winograd's F(4×4, 3×3): a convolution's forward pass and, with the filters turned, its
/// input gradient.
///
/// Blocks of tiles whose transforms stay in a core's cache go through three stages: Bᵀ d B of the input; for each of the 36
/// points a matrix product of tiles by channels with the transformed filters; Aᵀ m A into the output. Each block is one
/// thread's from start to end.
struct WinogradCorrelation {
  let input: TileInput
  let filters: WinogradFilters
  let output: TileOutput

  func run(weights: Region, into target: Region) {
    if Machine.vectorWidth == 16 {
      run(SIMD16<Float>.self, weights.base, target.base)
    } else {
      run(SIMD8<Float>.self, weights.base, target.base)
    }
  }

  /// Tiles whose transforms and products together take about 768 KiB, but never so few that the filters, read once a
  /// block, cost more than the products.
  private func blockSize(depth: Int, width: Int) -> Int {
    let fitting = 196_608 / (Winograd.points * (depth + width))
    let sharing = (input.grid.count + 7) / 8
    return max(6, min(max(24, min(96, fitting)), sharing) / 6 * 6)
  }

  private func run<V: TileVector>(
    _ vector: V.Type, _ weights: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    let (depth, grid) = (input.depth, input.grid)
    let width = (output.channels + V.scalarCount - 1) / V.scalarCount * V.scalarCount
    let filterStep = filters.pointSize(width: V.scalarCount)
    let packed = Scratch.floats(.packedWeights, count: Winograd.points * filterStep)
    filters.transform(weights, width: V.scalarCount, into: packed)
    let size = blockSize(depth: depth, width: width)
    parallel((grid.count + size - 1) / size) { block in
      let tiles = (block * size)..<min(grid.count, (block + 1) * size)
      let (inputStep, productStep) = (size * depth, size * width)
      let transformed = Scratch.floats(.transformedInput, count: Winograd.points * inputStep)
      let products = Scratch.floats(.products, count: Winograd.points * productStep)
      input.transform(tiles, into: transformed, pointStep: inputStep) { tile, channel in tile &* depth &+ channel }
      let offsets = Scratch.integers(.offsets, count: 2 * (tiles.count + 8))
      let (rows, targets) = (offsets, offsets + tiles.count + 8)
      for tile in 0..<(tiles.count + 8) {
        rows[tile] = min(tile, tiles.count - 1) * depth
        targets[tile] = min(tile, tiles.count - 1) * width
      }
      for point in 0..<Winograd.points {
        multiply(
          vector, transformed + point * inputStep, packed + point * filterStep, products + point * productStep,
          depth: depth, width: width, rows: rows, targets: targets, count: tiles.count)
      }
      output.write(tiles, products, pointStep: productStep, tileStep: width, to: target)
    }
  }

  /// products[tile, target channel] = Σ input[tile, source channel] · filters[source channel, target channel], the sum in
  /// pieces whose panel of filters stays in the first-level cache.
  private func multiply<V: TileVector>(
    _ vector: V.Type, _ input: UnsafePointer<Float>, _ filters: UnsafePointer<Float>,
    _ products: UnsafeMutablePointer<Float>, depth: Int, width: Int, rows: UnsafePointer<Int>,
    targets: UnsafePointer<Int>, count: Int
  ) {
    let piece = 256
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 1) { start in
      let start = start.baseAddress!
      start[0] = 0
      var panel = 0
      while panel < width {
        let columns = min(2 * V.scalarCount, width - panel)
        var first = 0
        while first < depth {
          let source = TileSource(
            a: input + first, runOffsets: start, runs: 1, length: min(piece, depth - first), bRunStep: 0)
          let b = filters + panel * depth + first * columns
          let target = TileTarget(base: products + panel, bias: nil, accumulating: first > 0)
          if columns > V.scalarCount {
            Tile<V>.panelOfTwo(
              source, aStep: 1, bStep: 2 * V.scalarCount, rows: rows, b: b, into: target, targets: targets,
              count: count, columns: columns)
          } else {
            Tile<V>.panelOfOne(
              source, aStep: 1, bStep: V.scalarCount, rows: rows, b: b, into: target, targets: targets, count: count,
              columns: columns)
          }
          first += piece
        }
        panel += 2 * V.scalarCount
      }
    }
  }
}
