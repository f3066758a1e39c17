/// Two regions that touch, the lower label first.
public struct RegionPair: Sendable, Hashable, Comparable {
  public let first, second: Int

  public init(_ a: Int, _ b: Int) {
    first = min(a, b)
    second = max(a, b)
  }

  public static func < (a: Self, b: Self) -> Bool { (a.first, a.second) < (b.first, b.second) }
}

/// Where two regions touch.
public struct RegionBoundary: Sendable, Hashable {
  /// Sides of pixels, one of which is in each region.
  public var sides: Int
  /// The sum of a plane's values on both sides of each.
  public var sum: Double

  public init(sides: Int, sum: Double) {
    self.sides = sides
    self.sum = sum
  }

  /// The plane's mean along the boundary.
  public var mean: Double { sum / Double(2 * sides) }

  /// Both boundaries as one.
  public func joined(_ other: RegionBoundary) -> RegionBoundary {
    RegionBoundary(sides: sides + other.sides, sum: sum + other.sum)
  }
}

extension LabelMap {
  /// The region adjacency graph: all pairs of regions that share a side of a pixel, with what `plane` is along it.
  public func boundaries(of plane: Plane) -> [RegionPair: RegionBoundary] {
    precondition(plane.width == width && plane.height == height, "a plane has its label map's size")
    var found: [RegionPair: RegionBoundary] = [:]
    forEachSide { one, other in
      let (a, b) = (Int(labels[one]), Int(labels[other]))
      guard a > 0 && b > 0 else { return }
      let pair = RegionPair(a, b)
      var boundary = found[pair] ?? RegionBoundary(sides: 0, sum: 0)
      boundary.sides += 1
      boundary.sum += Double(plane.pixels[one]) + Double(plane.pixels[other])
      found[pair] = boundary
    }
    return found
  }
}
