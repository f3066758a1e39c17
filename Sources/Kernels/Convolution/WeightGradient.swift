/// The gradient of a convolution by its weights:
/// `weights[i, j, c, o] += Σ over places of window[place, i, j, c] · outputGradient[place, o]`.
///
/// Rows of the product are the weights of one output channel, columns the output channels, and the sum runs over places.
/// Groups of blocks of places sum into buffers of their own, which are added in their order; groups depend on the shape
/// alone.
struct WeightGradient: VectorWork, Sendable {
  var batch: Int
  var window: Window
  var rows: Int
  var columns: Int
  var targetChannels: Int
  /// The weights' last two axes are exchanged.
  var isTransposed: Bool

  func run(_ input: Region, _ outputGradient: Region, into weights: Region) {
    guard rows > 0, columns > 0 else { return }
    run((UnsafePointer(input.base), UnsafePointer(outputGradient.base), weights.base))
  }

  /// Rows of places handled at once: about 128 places, whose gradients stay in the first-level cache while all weights pass.
  private var blockRows: Int { max(1, min(rows, 128 / columns)) }

  func run<V: TileVector>(
    _ vector: V.Type,
    _ operands: (
      input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, weights: UnsafeMutablePointer<Float>
    )
  ) {
    let (input, gradient, weights) = operands
    let depth = window.depth
    let size = depth * targetChannels
    let blocksPerImage = (rows + blockRows - 1) / blockRows
    let blocks = batch * blocksPerImage
    // Large weights make the buffers costly, and many panels to share out instead.
    let groups = min(blocks, size > 131_072 ? 1 : 8)
    let panels = ColumnPanels<V>(columns: targetChannels)
    let shares = min(panels.count, max(1, 8 / groups))
    let partials = Scratch.floats(.partialSums, count: groups * size)

    parallel(groups * shares) { task in
      let (group, share) = task.quotientAndRemainder(dividingBy: shares)
      let partial = partials + group * size
      let targets = Scratch.integers(.offsets, count: 2 * (depth + 8) + rows)
      for weight in 0..<(depth + 8) { targets[weight] = min(weight, depth - 1) * targetChannels }
      var isFirst = true
      for block in (group * blocks / groups)..<((group + 1) * blocks / groups) {
        let (image, down) = block.quotientAndRemainder(dividingBy: blocksPerImage)
        let blockRange = (down * blockRows)..<min(rows, (down + 1) * blockRows)
        let view = window.view(
          of: input + image * window.height * window.width * window.channels, rows: blockRange, columns: 0..<columns)
        let (sources, runs) = (targets + depth + 8, targets + 2 * (depth + 8))
        fillSources(sources, pitch: view.pitch)
        for row in 0..<blockRange.count { runs[row] = row * window.step * view.pitch }
        let source = TileSource(
          a: view.base, runOffsets: runs, runs: blockRange.count, length: columns, bRunStep: columns * targetChannels)
        let places = gradient + (image * rows + blockRange.lowerBound) * columns * targetChannels
        let aStep = window.step * window.channels
        for panel in (share * panels.count / shares)..<((share + 1) * panels.count / shares) {
          let (column, columns, _) = panels[panel]
          let target = TileTarget(base: partial + column, bias: nil, accumulating: !isFirst)
          Tile<V>.panel(
            source, aStep: aStep, bStep: targetChannels, rows: sources, b: places + column, into: target,
            targets: targets, count: depth, columns: columns)
        }
        isFirst = false
      }
    }
    gather(partials, groups: groups, size: size, into: weights)
  }

  /// For each weight of one output channel the offset in the view of the pixel that place 0 sees through it.
  private func fillSources(_ sources: UnsafeMutablePointer<Int>, pitch: Int) {
    var index = 0
    for row in 0..<window.tapRows {
      for column in 0..<window.tapColumns {
        let tap = row * window.tapStep * pitch + column * window.tapStep * window.channels
        for channel in 0..<window.channels {
          sources[index] = tap + channel
          index += 1
        }
      }
    }
    for extra in index..<(index + 8) { sources[extra] = sources[index - 1] }
  }

  /// Adds the groups' sums, in their order, to the weights.
  private func gather(
    _ partials: UnsafePointer<Float>, groups: Int, size: Int, into weights: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs) = (window.channels, targetChannels)
    forEachBlock(of: size) { block in
      forEachOctet(in: block) { index, used in
        var sum = load(partials + index)
        for group in 1..<groups { sum += load(partials + group &* size + index) }
        if !isTransposed {
          store(load(weights + index) + sum, weights + index, first: used)
        } else {
          for lane in 0..<used {
            let (line, output) = (index + lane).quotientAndRemainder(dividingBy: outputs)
            let (tap, channel) = line.quotientAndRemainder(dividingBy: inputs)
            weights[(tap * outputs + output) * inputs + channel] += sum[lane]
          }
        }
      }
    }
  }
}
