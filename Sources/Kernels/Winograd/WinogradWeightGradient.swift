/// The gradient of a 3×3 convolution at stride 1 by its weights, by the gradient form of Winograd's F(4×4, 3×3):
/// Gᵀ[Σ over tiles of (Bᵀ d B) ⊙ (A y′ Aᵀ)] G.
///
/// Blocks of tiles go through two stages, each shared by all threads: the transforms of the input and of the output
/// gradient, then for each of the 36 points a matrix product summed over the block's tiles and added to what the blocks
/// before gave. In the end the sums turn into taps. Blocks are those of the shape and come in their order. Sums that would
/// take more than 40 MiB go by groups of output channels, as in `WinogradCorrelation`.
struct WinogradWeightGradient: VectorWork {
  let input: TileInput
  /// Where each part's channels are among the weights' input channels and in the depth.
  let runs: [WinogradFilters.Run]
  let inChannels: Int
  let outChannels: Int

  /// Tiles of one product: panels of input and gradient then fit the first-level cache together.
  private static let blockSize = 192
  /// Channels of a panel of the input: some times the micro-kernel's rows, and whole vectors.
  private static func panelChannels<V: TileVector>(_: V.Type) -> Int { 3 * V.scalarCount }
  /// Tiles transformed by one task.
  private static let taskSize = 12

  func run(_ gradient: Region, into weights: Region, bias: Region?) {
    guard input.grid.count > 0 else { return }
    for channels in Winograd.groups(of: outChannels, depth: input.depth) {
      let first = channels.lowerBound
      run((channels.count, UnsafePointer(gradient.base + first), weights.base + first, bias.map { $0.base + first }))
    }
  }

  func run<V: TileVector>(
    _ vector: V.Type,
    _ operands: (
      outputs: Int, gradient: UnsafePointer<Float>, weights: UnsafeMutablePointer<Float>,
      bias: UnsafeMutablePointer<Float>?
    )
  ) {
    let (outputs, gradient, weights, bias) = operands
    let grid = input.grid
    let depth = input.depth
    let panels = ColumnPanels<V>(columns: outputs)
    let width = panels.padded
    let sums = Scratch.floats(.packedWeights, count: Winograd.points * Winograd.pointStep(depth * width))
    let size = min(WinogradWeightGradient.blockSize, grid.count)
    let transformed = Scratch.floats(.transformedInput, count: Winograd.points * Winograd.pointStep(size * depth))
    let gradients = Scratch.floats(.products, count: Winograd.points * Winograd.pointStep(size * width))
    let tasks = (size + WinogradWeightGradient.taskSize - 1) / WinogradWeightGradient.taskSize
    let biases = Scratch.floats(.window, count: tasks * width)
    var biasSums = [Double](repeating: 0, count: width)

    var first = 0
    while first < grid.count {
      let tiles = first..<min(grid.count, first + size)
      let used = (tiles.count + WinogradWeightGradient.taskSize - 1) / WinogradWeightGradient.taskSize
      parallel(used) { task in
        let start = task * WinogradWeightGradient.taskSize
        let range = (first + start)..<min(tiles.upperBound, first + start + WinogradWeightGradient.taskSize)
        let panel = WinogradWeightGradient.panelChannels(V.self)
        input.transform(
          range, sideBySide: input.offsets.allSatisfy { $0 % V.scalarCount == 0 }, into: transformed,
          pointStep: Winograd.pointStep(size * depth)
        ) { tile, channel in
          address(start &+ tile, channel, panel: panel, of: depth, size)
        }
        TileGradient(grid: grid, channels: outputs, pitch: outChannels).transform(
          range, of: gradient, width: width, into: gradients, pointStep: Winograd.pointStep(size * width),
          sums: biases + task * width
        ) { tile, channel in
          let (panel, _, channels) = panels.panel(of: channel)
          return panel &* size &+ (start &+ tile) &* channels &+ (channel &- panel)
        }
      }
      for task in 0..<used { for channel in 0..<width { biasSums[channel] += Double(biases[task * width + channel]) } }
      multiply(
        panels, transformed, gradients, into: sums, size: size, count: tiles.count,
        accumulating: first > 0)
      first += size
    }
    gather(sums, outputs, width: width, into: weights)
    if let bias { for channel in 0..<outputs { bias[channel] += Float(biasSums[channel]) } }
  }

  /// Where channel c of tile t lies in panels `[panel, size, channels of the panel]`.
  @inline(__always)
  private func address(_ tile: Int, _ channel: Int, panel: Int, of channels: Int, _ size: Int) -> Int {
    let first = channel / panel &* panel
    return first &* size &+ tile &* min(panel, channels &- first) &+ (channel &- first)
  }

  /// sums[point, input channel, output channel] = (or +=) Σ over the block's tiles of input · gradient.
  private func multiply<V: TileVector>(
    _ panels: ColumnPanels<V>, _ transformed: UnsafePointer<Float>, _ gradients: UnsafePointer<Float>,
    into sums: UnsafeMutablePointer<Float>, size: Int, count: Int, accumulating: Bool
  ) {
    let width = panels.padded
    let depth = input.depth
    let panelChannels = WinogradWeightGradient.panelChannels(V.self)
    // Input panels of a task stay in the second-level cache while the gradient's panels pass.
    let taskChannels = 288 / panelChannels * panelChannels
    let shares = (depth + taskChannels - 1) / taskChannels
    parallel(Winograd.points * shares) { task in
      let (point, share) = task.quotientAndRemainder(dividingBy: shares)
      let channels = (share * taskChannels)..<min(depth, (share + 1) * taskChannels)
      let numbers = Scratch.integers(.offsets, count: 2 * (panelChannels + 8) + 1)
      let (rows, targets, start) = (numbers, numbers + panelChannels + 8, numbers + 2 * (panelChannels + 8))
      start[0] = 0
      for panel in 0..<panels.count {
        let (column, _, columns) = panels[panel]
        let b = gradients + point * Winograd.pointStep(size * width) + column * size
        var channel = channels.lowerBound
        while channel < channels.upperBound {
          let used = min(panelChannels, depth - channel)
          for row in 0..<(used + 8) {
            rows[row] = min(row, used - 1)
            targets[row] = min(row, used - 1) * width
          }
          let source = TileSource(
            a: transformed + point * Winograd.pointStep(size * depth) + channel * size, runOffsets: start, runs: 1,
            length: count)
          let target = TileTarget(
            base: sums + point * Winograd.pointStep(depth * width) + channel * width + column, bias: nil,
            accumulating: accumulating)
          Tile<V>.packedPanel(
            source, aStep: used, rows: rows, b: b, into: target, targets: targets, count: used, columns: columns)
          channel += panelChannels
        }
      }
    }
  }

  /// weights[i, j, c, o] += Gᵀ sums G.
  private func gather(
    _ sums: UnsafePointer<Float>, _ outputs: Int, width: Int, into weights: UnsafeMutablePointer<Float>
  ) {
    let pointStep = Winograd.pointStep(input.depth * width)
    let tap = inChannels * outChannels
    for run in runs {
      parallel(run.count) { channel in
        let from = sums + (run.at + channel) * width
        let to = weights + (run.first + channel) * outChannels
        withUnsafeTemporaryAllocation(byteCount: 18 * 32, alignment: 32) { memory in
          let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
          var output = 0
          while output < outputs {
            let used = min(8, outputs - output)
            for column in 0..<6 {
              let taps = Winograd.filterGradient(
                Six<Lanes>(at: from + output + column &* pointStep, step: 6 &* pointStep))
              store(taps.0, half + 8 &* column)
              store(taps.1, half + 48 + 8 &* column)
              store(taps.2, half + 96 + 8 &* column)
            }
            for row in 0..<3 {
              let taps = Winograd.filterGradient(Six<Lanes>(at: half + 48 &* row))
              let line = to + (3 * row &* tap + output)
              store(load(line) + taps.0, line, first: used)
              store(load(line + tap) + taps.1, line + tap, first: used)
              store(load(line + 2 * tap) + taps.2, line + 2 * tap, first: used)
            }
            output += 8
          }
        }
      }
    }
  }
}
