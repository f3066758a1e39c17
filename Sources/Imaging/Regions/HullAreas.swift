extension LabelMap {
  /// Of each region, how many pixels' middles lie in the convex hull of the middles of its pixels' sides; exact, in whole
  /// numbers of half pixels.
  var hullAreas: [Int] {
    var extents = [[RowExtent]](repeating: [], count: count + 1)
    for y in 0..<height {
      var x = 0
      while x < width {
        let label = labels[y * width + x]
        let start = x
        repeat { x += 1 } while x < width && labels[y * width + x] == label
        if label > 0 { extents[Int(label)].note(row: y, start, x - 1) }
      }
    }
    return extents.dropFirst().map(hullArea)
  }
}

/// The outermost pixels of a region in a row.
private struct RowExtent {
  let row: Int
  var left, right: Int
}

extension [RowExtent] {
  fileprivate mutating func note(row: Int, _ left: Int, _ right: Int) {
    if let last = indices.last, self[last].row == row {
      self[last].right = right
    } else {
      append(RowExtent(row: row, left: left, right: right))
    }
  }
}

/// A corner of one side of the hull, in half pixels.
private struct HullPoint {
  let y, x: Int
}

private func hullArea(_ extents: [RowExtent]) -> Int {
  // The right side is the left one of the mirrored region.
  let left = HullSide(extents.map { ($0.row, $0.left) })
  let right = HullSide(extents.map { ($0.row, -$0.right) })
  guard let first = extents.first?.row, let last = extents.last?.row else { return 0 }
  return (first...last).reduce(0) { $0 + max(0, -right.leastPixel(inRow: $1) - left.leastPixel(inRow: $1) + 1) }
}

/// The hull's left side, from top to bottom.
private struct HullSide {
  private var corners: [HullPoint] = []

  init(_ pixels: [(row: Int, column: Int)]) {
    // Of a pixel the middles of its upper, left and lower side, in the order of their heights; where two pixels have one
    // of the same height the outer one counts.
    var points: [HullPoint] = []
    func add(_ y: Int, _ x: Int) {
      if let last = points.last, last.y == y {
        points[points.count - 1] = HullPoint(y: y, x: min(last.x, x))
      } else {
        points.append(HullPoint(y: y, x: x))
      }
    }
    for pixel in pixels {
      add(2 * pixel.row - 1, 2 * pixel.column)
      add(2 * pixel.row, 2 * pixel.column - 1)
      add(2 * pixel.row + 1, 2 * pixel.column)
    }
    for point in points {
      while corners.count > 1, !corners[corners.count - 1].isLeft(of: corners[corners.count - 2], point) {
        corners.removeLast()
      }
      corners.append(point)
    }
  }

  /// The first column whose pixel's middle is not left of the side.
  func leastPixel(inRow row: Int) -> Int {
    let y = 2 * row
    let index = corners.firstIndex { $0.y >= y } ?? corners.count - 1
    let (above, below) = (corners[max(0, index - 1)], corners[index])
    let height = max(1, below.y - above.y)
    let scaled = index == 0 ? below.x * height : above.x * height + (below.x - above.x) * (y - above.y)
    // ⌈scaled ÷ 2 height⌉.
    return -(-scaled).quotientRoundedDown(by: 2 * height)
  }
}

extension HullPoint {
  /// Whether the point lies strictly left of the line between two others.
  fileprivate func isLeft(of above: HullPoint, _ below: HullPoint) -> Bool {
    (x - above.x) * (below.y - above.y) < (below.x - above.x) * (y - above.y)
  }
}

extension Int {
  fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
