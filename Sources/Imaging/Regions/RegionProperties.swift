/// What can be measured on a region's shape. Lengths are in pixels.
public struct RegionProperties: Sendable, Hashable {
  public let label: Int
  /// In pixels.
  public let area: Int
  /// The mean of its pixels' coordinates; the middle of the picture's upper left pixel is (0, 0).
  public let centroidX, centroidY: Double
  /// The smallest box that holds it.
  public let columns, rows: Range<Int>
  /// The length of its rim, holes included: the way through the middles of its rim pixels, a diagonal step counted as √2
  /// (Benkrid and Crookes 2000; scikit-image's `perimeter`).
  public let perimeter: Double
  /// Area ÷ pixels whose middles lie in the convex hull of the middles of its pixels' sides, in (0, 1]; 1 for a convex one.
  public let solidity: Double
}

extension LabelMap {
  /// The table of regions that have pixels, by label. Cost: linear in the pixels.
  public var properties: [RegionProperties] {
    let perimeters = perimeters
    let hulls = hullAreas
    var sums = [RegionSums](repeating: RegionSums(), count: count + 1)
    for y in 0..<height {
      for x in 0..<width { sums[self[x, y]].add(x, y) }
    }
    return (0..<count).compactMap { index in
      let sum = sums[index + 1]
      guard sum.area > 0 else { return nil }
      let area = Double(sum.area)
      return RegionProperties(
        label: index + 1, area: sum.area, centroidX: Double(sum.x) / area,
        centroidY: Double(sum.y) / area,
        columns: sum.left..<(sum.right + 1), rows: sum.top..<(sum.bottom + 1), perimeter: perimeters[index],
        solidity: area / Double(hulls[index]))
    }
  }
}

/// A region's pixels as they are counted.
private struct RegionSums {
  var area = 0
  var x = 0
  var y = 0
  var left = Int.max
  var right = Int.min
  var top = Int.max
  var bottom = Int.min

  mutating func add(_ x: Int, _ y: Int) {
    area += 1
    self.x += x
    self.y += y
    left = min(left, x)
    right = max(right, x)
    top = min(top, y)
    bottom = max(bottom, y)
  }
}
