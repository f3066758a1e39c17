extension Mask {
  /// The smallest box that holds the set; nil when it is empty.
  public var boundingBox: (columns: Range<Int>, rows: Range<Int>)? {
    var (columns, rows) = (width..<width, height..<height)
    for y in 0..<height {
      let row = pixels[y * width..<(y + 1) * width]
      guard let first = row.firstIndex(of: true), let last = row.lastIndex(of: true) else { continue }
      let (left, right) = (first - y * width, last - y * width + 1)
      columns = min(columns.lowerBound, left)..<(rows.isEmpty ? right : max(columns.upperBound, right))
      rows = (rows.isEmpty ? y : rows.lowerBound)..<(y + 1)
    }
    return rows.isEmpty ? nil : (columns, rows)
  }
}
