import Kernels

/// What a plane's values are in a region.
public struct RegionStatistics: Sendable, Hashable {
  public let mean: Double
  /// Of the region as a whole, not as a sample: ÷ n.
  public let deviation: Double
}

extension LabelMap {
  /// The mean and standard deviation of a plane in each region, that of label 1 first; 0 where a region has no pixel.
  public func statistics(of plane: Plane) -> [RegionStatistics] {
    precondition(plane.width == width && plane.height == height, "a plane has its label map's size")
    return labelMoments(labels, count: count, of: plane.pixels).dropFirst().map {
      RegionStatistics(mean: $0.mean, deviation: $0.variance.squareRoot())
    }
  }

  /// Of the sides between each region's pixels and pixels that are not of it, the share whose other pixel is in `mask`;
  /// that of label 1 first, 0 where a region has no such side. Sides on the picture's rim have no other pixel.
  public func borderShares(on mask: Mask) -> [Double] {
    precondition(mask.width == width && mask.height == height, "a mask has its label map's size")
    var sides = [Int](repeating: 0, count: count + 1)
    var marked = sides
    func note(_ inner: Int, _ outer: Int) {
      sides[Int(labels[inner])] += 1
      if mask.pixels[outer] { marked[Int(labels[inner])] += 1 }
    }
    forEachSide { one, other in
      note(one, other)
      note(other, one)
    }
    return (1..<sides.count).map { sides[$0] > 0 ? Double(marked[$0]) / Double(sides[$0]) : 0 }
  }

  /// Visits each side between two pixels with different labels, by their places; the left or upper one first.
  func forEachSide(_ visit: (Int, Int) -> Void) {
    for y in 0..<height {
      for i in (y * width)..<((y + 1) * width) {
        if i + 1 < (y + 1) * width && labels[i] != labels[i + 1] { visit(i, i + 1) }
        if y + 1 < height && labels[i] != labels[i + width] { visit(i, i + width) }
      }
    }
  }
}
