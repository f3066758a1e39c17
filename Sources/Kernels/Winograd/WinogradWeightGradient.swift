/// The gradient of a 3×3 convolution at stride 1 by its weights, by the gradient form of Winograd's F(4×4, 3×3):
/// Gᵀ[Σ over tiles of (Bᵀ d B) ⊙ (A y′ Aᵀ)] G.
///
/// Blocks of tiles go through two stages, each shared by all threads: the transforms of the input and of the output
/// gradient, then for each of the 36 points a matrix product summed over the block's tiles and added to what the blocks
/// before gave. In the end the sums turn into taps. Blocks are those of the shape and come in their order. Sums that would
/// take more than 40 MiB go by groups of output channels, as in `WinogradCorrelation`. Small maps are one block, whose sums
/// never leave a core's cache (`runAtOnce`).
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
  /// Tiles that are summed at once, and the input channels of a task then: what it reads and its sums stay in the second-level
  /// cache.
  private static let mostAtOnce = 256
  private static let channelsAtOnce = 48
  /// Tiles transformed by one task.
  private static let taskSize = 12

  func run(_ gradient: Region, into weights: Region, bias: Region?) {
    guard input.grid.count > 0 else { return }
    if input.grid.count <= Self.mostAtOnce {
      return run((outChannels, UnsafePointer(gradient.base), weights.base, bias?.base))
    }
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
    if grid.count <= Self.mostAtOnce { return runAtOnce(V.self, gradient, into: weights, bias: bias) }
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
          V.self, range, sideBySide: input.offsets.allSatisfy { $0 % V.scalarCount == 0 }, into: transformed,
          pointStep: Winograd.pointStep(size * depth)
        ) { tile, channel in
          address(start &+ tile, channel, panel: panel, of: depth, size)
        }
        TileGradient(grid: grid, channels: outputs, pitch: outChannels).transform(
          V.self, range, of: gradient, width: width, into: gradients, pointStep: Winograd.pointStep(size * width),
          sums: biases + task * width
        ) { tile, channel in
          let (_, first, width) = panels.place(of: channel)
          return first &* size &+ (start &+ tile) &* width &+ (channel &- first)
        }
      }
      for task in 0..<used { for channel in 0..<width { biasSums[channel] += Double(biases[task * width + channel]) } }
      multiply(
        panels, transformed, gradients, into: sums, size: size, count: tiles.count,
        accumulating: first > 0)
      first += size
    }
    gather(V.self, sums, outputs, width: width, into: weights)
    if let bias { for channel in 0..<outputs { bias[channel] += Float(biasSums[channel]) } }
  }

  /// Few tiles: all are transformed, then each task takes the sums of some channels at all points, in its cache, to taps; sums
  /// of all channels would be many times what is read.
  private func runAtOnce<V: TileVector>(
    _: V.Type, _ gradient: UnsafePointer<Float>, into weights: UnsafeMutablePointer<Float>,
    bias: UnsafeMutablePointer<Float>?
  ) {
    let grid = input.grid
    let (depth, tiles) = (input.depth, grid.count)
    let panels = ColumnPanels<V>(columns: outChannels)
    let channels = Self.channelsAtOnce
    let inputPanels = (depth + channels - 1) / channels
    let inputStep = Winograd.pointStep(tiles * channels)
    let width = panels[0].width
    let gradientStep = Winograd.pointStep(tiles * width)
    let transformed = Scratch.floats(.transformedInput, count: inputPanels * Winograd.points * inputStep)
    let gradients = Scratch.floats(.products, count: panels.count * Winograd.points * gradientStep)
    let tasks = (tiles + Self.taskSize - 1) / Self.taskSize
    let biases = Scratch.floats(.window, count: tasks * panels.padded)
    parallel(tasks) { task in
      let range = (task * Self.taskSize)..<min(tiles, (task + 1) * Self.taskSize)
      let start = range.lowerBound
      input.transform(
        V.self, range, sideBySide: input.offsets.allSatisfy { $0 % V.scalarCount == 0 }, into: transformed,
        pointStep: inputStep
      ) { tile, channel in
        let (panel, line) = channel.quotientAndRemainder(dividingBy: channels)
        return panel &* Winograd.points &* inputStep &+ (start &+ tile) &* channels &+ line
      }
      TileGradient(grid: grid, channels: outChannels, pitch: outChannels).transform(
        V.self, range, of: gradient, width: panels.padded, into: gradients, pointStep: gradientStep,
        sums: biases + task * panels.padded
      ) { tile, channel in
        let (index, first, width) = panels.place(of: channel)
        return index &* Winograd.points &* gradientStep &+ (start &+ tile) &* width &+ (channel &- first)
      }
    }
    let shares = min(panels.count, max(1, 16 / inputPanels))
    parallel(inputPanels * shares) { task in
      let (inputPanel, share) = task.quotientAndRemainder(dividingBy: shares)
      let used = min(channels, depth - inputPanel * channels)
      let numbers = Scratch.integers(.offsets, count: 2 * (channels + 8) + 1)
      let (rows, targets, begin) = (numbers, numbers + channels + 8, numbers + 2 * (channels + 8))
      begin[0] = 0
      for row in 0..<(channels + 8) {
        rows[row] = min(row, used - 1)
        targets[row] = min(row, used - 1) * width
      }
      // Of one column of points the sums, of all columns their taps along it.
      let step = Winograd.pointStep(channels * width)
      let sums = Scratch.floats(.partialSums, count: (Winograd.inputs + 18) * step)
      let taps = sums + Winograd.inputs * step
      for index in (share * panels.count / shares)..<((share + 1) * panels.count / shares) {
        let (column, columns, padded) = panels[index]
        for along in 0..<Winograd.inputs {
          for row in 0..<Winograd.inputs {
            let point = row * Winograd.inputs + along
            let source = TileSource(
              a: transformed + (inputPanel * Winograd.points + point) * inputStep, runOffsets: begin, runs: 1,
              length: tiles)
            let target = TileTarget(base: sums + row * step, bias: nil, accumulating: false)
            Tile<V>.packedPanel(
              source, aStep: channels, rows: rows, b: gradients + (index * Winograd.points + point) * gradientStep,
              into: target, targets: targets, count: used, columns: padded)
          }
          foldRows(V.self, sums, step, count: used * width, into: taps + along * step, Winograd.inputs * step)
        }
        for line in 0..<used {
          guard let channel = weightChannel(at: inputPanel * channels + line) else { continue }
          addTaps(
            V.self, taps + line * width, step, outputs: columns, to: weights + channel * outChannels + column)
        }
      }
    }
    guard let bias else { return }
    for channel in 0..<outChannels {
      var sum = 0.0
      for task in 0..<tasks { sum += Double(biases[task * panels.padded + channel]) }
      bias[channel] += Float(sum)
    }
  }

  /// taps[i] = the three taps along a column of six points.
  @inline(never)
  private func foldRows<V: TileVector>(
    _: V.Type, _ sums: UnsafePointer<Float>, _ sumStep: Int, count: Int, into taps: UnsafeMutablePointer<Float>,
    _ tapStep: Int
  ) {
    var place = 0
    while place < count {
      let three = Winograd.filterGradient(Six<V>(at: sums + place, step: sumStep))
      three.0.put(taps + place)
      three.1.put(taps + place + tapStep)
      three.2.put(taps + place + 2 &* tapStep)
      place += V.scalarCount
    }
  }

  /// weights += the taps along rows of what `foldRows` has made of one input channel.
  @inline(never)
  private func addTaps<V: TileVector>(
    _: V.Type, _ taps: UnsafePointer<Float>, _ tapStep: Int, outputs: Int, to weights: UnsafeMutablePointer<Float>
  ) {
    let tap = inChannels * outChannels
    var output = 0
    while output < outputs {
      let used = min(V.scalarCount, outputs - output)
      for row in 0..<3 {
        let three = Winograd.filterGradient(Six<V>(at: taps + output + 6 &* row &* tapStep, step: tapStep))
        let line = weights + (3 * row &* tap + output)
        V(at: line).plus(three.0).put(line, first: used)
        V(at: line + tap).plus(three.1).put(line + tap, first: used)
        V(at: line + 2 &* tap).plus(three.2).put(line + 2 &* tap, first: used)
      }
      output += V.scalarCount
    }
  }

  /// The weights' input channel that lies there in the depth; nil for what fills a part up.
  private func weightChannel(at depth: Int) -> Int? {
    for run in runs where depth >= run.at && depth < run.at + run.count { return run.first + depth - run.at }
    return nil
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
  private func gather<V: TileVector>(
    _: V.Type, _ sums: UnsafePointer<Float>, _ outputs: Int, width: Int, into weights: UnsafeMutablePointer<Float>
  ) {
    let pointStep = Winograd.pointStep(input.depth * width)
    for run in runs {
      parallel(run.count) { channel in
        let taps = Scratch.floats(.partialSums, count: 18 * width)
        for along in 0..<Winograd.inputs {
          foldRows(
            V.self, sums + ((run.at + channel) * width + along * pointStep), Winograd.inputs * pointStep, count: width,
            into: taps + along * width, 6 * width)
        }
        addTaps(V.self, taps, width, outputs: outputs, to: weights + (run.first + channel) * outChannels)
      }
    }
  }
}
