/// At each place of a grid, the products of the window's pixels with weights, for every target channel:
/// `target[y·targetStep + targetTop, x·targetStep + targetLeft, o] = bias[o] + Σ window[i, j, c] · weights[i, j, c, o]`.
///
/// A convolution is one correlation; its input gradient is one for each phase of the stride.
struct Correlation: VectorWork, Sendable {
  var batch: Int
  var window: Window
  /// Places.
  var rows: Int
  var columns: Int
  /// The target map, `[batch, targetHeight, targetWidth, targetChannels]`.
  var targetHeight: Int
  var targetWidth: Int
  var targetChannels: Int
  var targetStep = 1
  var targetTop = 0
  var targetLeft = 0
  var weights: WeightLayout

  /// Where the weight of tap (i, j), source channel c and target channel o lies:
  /// origin + i·row + j·column + c·source + o·target.
  struct WeightLayout: Sendable {
    var origin = 0
    var row: Int
    var column: Int
    var source: Int
    var target: Int
  }

  func run(
    _ source: Region, weights: Region, bias: Region?, into target: Region, accumulating: Bool
  ) {
    guard rows > 0, columns > 0 else { return }
    run(
      (
        UnsafePointer(source.base), UnsafePointer(weights.base), bias.map { UnsafePointer($0.base) }, target.base,
        accumulating
      ))
  }

  func run<V: TileVector>(
    _ vector: V.Type,
    _ operands: (
      source: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
      target: UnsafeMutablePointer<Float>, accumulating: Bool
    )
  ) {
    let (source, weights, bias, target, accumulating) = operands
    let depth = window.depth
    let panels = ColumnPanels<V>(columns: targetChannels)
    let padded = panels.padded
    let packed = Scratch.floats(.packedWeights, count: (depth + 1) * padded)
    let biases = packed + depth * padded
    for channel in 0..<padded { biases[channel] = channel < targetChannels ? bias?[channel] ?? 0 : 0 }
    pack(weights, panels, into: packed)

    if depth > DeepProducts<V>.piece && targetChannels >= DeepProducts<V>.fewestChannels && !accumulating {
      return runDeep(panels, source, packed: packed, biases: biases, into: target)
    }
    let blocks = PlaceBlocks(rows: rows, columns: columns, window: window, batch: batch)
    // Few blocks are shared out by panels as well, so that all threads have work.
    let groups = min(panels.count, max(1, 8 / (batch * blocks.count)))
    parallel(batch * blocks.count * groups) { task in
      let (place, group) = task.quotientAndRemainder(dividingBy: groups)
      let (image, block) = place.quotientAndRemainder(dividingBy: blocks.count)
      let (rows, columns) = blocks[block]
      let view = window.view(
        of: source + image * window.height * window.width * window.channels, rows: rows, columns: columns)
      let count = rows.count * columns.count
      let offsets = Scratch.integers(.offsets, count: 2 * (count + 8) + window.runCount)
      let (places, targets, runs) = (offsets, offsets + count + 8, offsets + 2 * (count + 8))
      window.fillRunOffsets(runs, pitch: view.pitch)
      fillOffsets(places, targets, rows, columns, pitch: view.pitch)
      for panel in (group * panels.count / groups)..<((group + 1) * panels.count / groups) {
        let (column, columns, _) = panels[panel]
        let source = TileSource(a: view.base, runOffsets: runs, runs: window.runCount, length: window.runLength)
        let tileTarget = TileTarget(
          base: target + image * targetHeight * targetWidth * targetChannels + column, bias: biases + column,
          accumulating: accumulating)
        Tile<V>.packedPanel(
          source, aStep: 1, rows: places, b: packed + column * depth, into: tileTarget, targets: targets, count: count,
          columns: columns)
      }
    }
  }

  /// For each place its offset in the view and in the target, and seven more that repeat the last.
  func fillOffsets(
    _ places: UnsafeMutablePointer<Int>, _ targets: UnsafeMutablePointer<Int>, _ rows: Range<Int>,
    _ columns: Range<Int>, pitch: Int
  ) {
    var index = 0
    for y in rows {
      let line = (y - rows.lowerBound) * window.step * pitch
      let targetLine = (y * targetStep + targetTop) * targetWidth + targetLeft
      for x in columns {
        places[index] = line + (x - columns.lowerBound) * window.step * window.channels
        targets[index] = (targetLine + x * targetStep) * targetChannels
        index += 1
      }
    }
    for extra in index..<(index + 8) {
      places[extra] = places[index - 1]
      targets[extra] = targets[index - 1]
    }
  }

  /// Weights in panels of target channels, each `[taps, source channels, panel]`, zeros beyond the last channel.
  private func pack<V: TileVector>(
    _ weights: UnsafePointer<Float>, _ panels: ColumnPanels<V>, into packed: UnsafeMutablePointer<Float>
  ) {
    let layout = self.weights
    let channels = window.channels
    let taps = window.tapRows * window.tapColumns
    parallel(panels.count) { index in
      let (first, used, width) = panels[index]
      var to = packed + first * taps * channels
      for tap in 0..<taps {
        let (row, column) = tap.quotientAndRemainder(dividingBy: window.tapColumns)
        let from = weights + layout.origin + row * layout.row + column * layout.column + first * layout.target
        for channel in 0..<channels {
          let line = from + channel &* layout.source
          if layout.target == 1 {
            to.update(from: line, count: used)
          } else {
            for lane in 0..<used { to[lane] = line[lane &* layout.target] }
          }
          if used < width { (to + used).update(repeating: 0, count: width - used) }
          to += width
        }
      }
    }
  }
}

/// Cuts a grid of places into blocks whose window on the source fits a core's cache, by the shape alone.
struct PlaceBlocks: Sendable {
  let rows: Int
  let columns: Int
  let blockRows: Int
  let blockColumns: Int

  /// Floats of the source under a block: 128 KiB, a quarter of a usual second-level cache.
  private static let most = 32768
  /// Blocks wanted at least, so that threads can share the work evenly.
  private static let fewest = 16

  init(rows: Int, columns: Int, window: Window, batch: Int) {
    var width = columns
    while width > 16 && window.sourceRows(1) * window.sourceColumns(width) * window.channels > PlaceBlocks.most {
      width = (width + 1) / 2
    }
    var height = 1
    while height < rows
      && window.sourceRows(height + 1) * window.sourceColumns(width) * window.channels
        <= PlaceBlocks.most
    {
      height += 1
    }
    // Cutting finer than four rows costs more in rows seen twice than sharing gains.
    let across = (columns + width - 1) / width
    let wanted = (PlaceBlocks.fewest + batch * across - 1) / (batch * across)
    height = min(height, max(min(4, rows), (rows + wanted - 1) / wanted))
    self.rows = rows
    self.columns = columns
    blockRows = height
    blockColumns = width
  }

  private var across: Int { (columns + blockColumns - 1) / blockColumns }
  var count: Int { (rows + blockRows - 1) / blockRows * across }

  subscript(index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (down, side) = index.quotientAndRemainder(dividingBy: across)
    return (
      (down * blockRows)..<min(rows, (down + 1) * blockRows),
      (side * blockColumns)..<min(columns, (side + 1) * blockColumns)
    )
  }
}
