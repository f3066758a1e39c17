/// Columns of a product in panels of four vectors, where there are registers for as many sums, of two and of one, the wide
/// ones first.
struct ColumnPanels<V: TileVector> {
  /// Columns, without those that fill up the last vector.
  let columns: Int

  @inline(__always)
  private static var widest: Int { V.scalarCount == 16 ? 4 : 2 }

  private var vectors: Int { (columns + V.scalarCount - 1) / V.scalarCount }
  private var widestCount: Int { vectors / Self.widest }

  /// Columns filled up to whole vectors.
  var padded: Int { vectors * V.scalarCount }

  var count: Int {
    let rest = vectors % Self.widest
    return widestCount + rest / 2 + rest % 2
  }

  /// A panel's first column, its columns, and its columns filled up to whole vectors.
  subscript(index: Int) -> (first: Int, columns: Int, width: Int) {
    let full = min(index, widestCount)
    // Behind the widest come one of two vectors, if there is one, and one of one.
    var first = full * Self.widest
    var size = index < widestCount ? Self.widest : min(2, vectors - first)
    if index > widestCount {
      first += size
      size = 1
    }
    let columns = min(size * V.scalarCount, self.columns - first * V.scalarCount)
    return (first * V.scalarCount, columns, size * V.scalarCount)
  }

  /// The number of the panel that holds a column, its first column, and its columns filled up to whole vectors.
  @inline(__always)
  func place(of column: Int) -> (index: Int, first: Int, width: Int) {
    let (vector, full) = (column / V.scalarCount, widestCount * Self.widest)
    let index = vector < full ? vector / Self.widest : widestCount + (vector - full) / 2
    let panel = self[index]
    return (index, panel.first, panel.width)
  }
}
