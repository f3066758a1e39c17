/// How a grid of places looks at a source map: place (y, x) with tap (i, j) reads the pixel
/// (y·step + top + i·tapStep, x·step + left + j·tapStep), or zero where that lies outside.
struct Window: Sendable {
  /// The source map, `[batch, height, width, channels]`.
  var height: Int
  var width: Int
  var channels: Int
  var step: Int
  var top: Int
  var left: Int
  var tapRows: Int
  var tapColumns: Int
  var tapStep: Int

  /// Products summed at each place.
  var depth: Int { tapRows * tapColumns * channels }

  /// Rows and columns of the source that a block of places looks at.
  func sourceRows(_ rows: Int) -> Int { (rows - 1) * step + max(0, tapRows - 1) * tapStep + 1 }
  func sourceColumns(_ columns: Int) -> Int { (columns - 1) * step + max(0, tapColumns - 1) * tapStep + 1 }

  /// The source pixels under a block of places, as a pointer to its first and the distance of two rows: the map itself
  /// where the block lies inside, else a copy with zeros around, which stays in the cache for the whole block.
  func view(
    of image: UnsafePointer<Float>, rows: Range<Int>, columns: Range<Int>
  ) -> (base: UnsafePointer<Float>, pitch: Int) {
    let (firstRow, firstColumn) = (rows.lowerBound * step + top, columns.lowerBound * step + left)
    let (rowCount, columnCount) = (sourceRows(rows.count), sourceColumns(columns.count))
    if firstRow >= 0, firstColumn >= 0, firstRow + rowCount <= height, firstColumn + columnCount <= width {
      return (image + (firstRow * width + firstColumn) * channels, width * channels)
    }
    let pitch = columnCount * channels
    let copy = Scratch.floats(.window, count: rowCount * pitch)
    let inside = max(0, -firstColumn)..<max(max(0, -firstColumn), min(columnCount, width - firstColumn))
    for row in 0..<rowCount {
      let line = copy + row * pitch
      let sourceRow = firstRow + row
      if sourceRow < 0 || sourceRow >= height || inside.isEmpty {
        line.update(repeating: 0, count: pitch)
        continue
      }
      line.update(repeating: 0, count: inside.lowerBound * channels)
      (line + inside.lowerBound * channels).update(
        from: image + (sourceRow * width + firstColumn + inside.lowerBound) * channels, count: inside.count * channels)
      (line + inside.upperBound * channels).update(repeating: 0, count: (columnCount - inside.upperBound) * channels)
    }
    return (UnsafePointer(copy), pitch)
  }

  /// Offsets of the taps' runs of consecutive numbers in a view: whole rows of taps where these lie side by side.
  var runLength: Int { tapStep == 1 ? tapColumns * channels : channels }
  var runCount: Int { tapStep == 1 ? tapRows : tapRows * tapColumns }

  func fillRunOffsets(_ offsets: UnsafeMutablePointer<Int>, pitch: Int) {
    for row in 0..<tapRows {
      if tapStep == 1 {
        offsets[row] = row * pitch
      } else {
        for column in 0..<tapColumns {
          offsets[row * tapColumns + column] = row * tapStep * pitch + column * tapStep * channels
        }
      }
    }
  }
}
