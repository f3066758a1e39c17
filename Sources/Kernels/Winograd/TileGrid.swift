/// The output of a 3×3 convolution at stride 1, cut into tiles of 4×4 pixels numbered row by row, image by image. The last
/// tiles of a row or column may reach beyond the map.
struct TileGrid: Sendable {
  let batch: Int
  /// The output.
  let rows: Int
  let columns: Int
  /// The input as the convolution sees it, and the zeros around it.
  let height: Int
  let width: Int
  let padding: Int
  let across: Int
  let down: Int

  init(batch: Int, rows: Int, columns: Int, height: Int, width: Int, padding: Int) {
    self.batch = batch
    self.rows = rows
    self.columns = columns
    self.height = height
    self.width = width
    self.padding = padding
    across = (columns + Winograd.outputs - 1) / Winograd.outputs
    down = (rows + Winograd.outputs - 1) / Winograd.outputs
  }

  var count: Int { batch * across * down }

  struct Place {
    var image: Int
    /// The first output pixel.
    var y: Int
    var x: Int
  }

  @inline(__always)
  subscript(index: Int) -> Place {
    let (line, column) = index.quotientAndRemainder(dividingBy: across)
    let (image, row) = line.quotientAndRemainder(dividingBy: down)
    return Place(image: image, y: row &* Winograd.outputs, x: column &* Winograd.outputs)
  }
}
