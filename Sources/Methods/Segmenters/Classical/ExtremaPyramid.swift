import Imaging

/// The largest values of blocks, twice as wide on each level.
struct ExtremaPyramid {
  private let width, height: Int
  /// Level 1 first: cells of 2 × 2 pixels.
  private let levels: [Plane]

  /// A pixel outside the region is the largest of nothing.
  init(_ plane: Plane, within region: Mask, levels count: Int) {
    (width, height) = (plane.width, plane.height)
    var largest = plane
    for i in plane.pixels.indices where !region.pixels[i] { largest.pixels[i] = -.infinity }
    var levels: [Plane] = []
    while levels.count < count, min(largest.width, largest.height) >= 6 {
      largest = Self.halved(largest)
      levels.append(largest)
    }
    self.levels = levels
  }

  private static func halved(_ plane: Plane) -> Plane {
    var result = Plane(width: (plane.width + 1) / 2, height: (plane.height + 1) / 2)
    for y in 0..<result.height {
      for x in 0..<result.width {
        var value = -Float.infinity
        for v in 2 * y...min(2 * y + 1, plane.height - 1) {
          for u in 2 * x...min(2 * x + 1, plane.width - 1) { value = max(value, plane[u, v]) }
        }
        result[x, y] = value
      }
    }
    return result
  }

  /// On each level how far the largest value of a cell lies below the mean of its neighbours' largest values; −1 where it
  /// has no neighbour.
  var troughDepths: [Plane] {
    levels.map { level in
      var depths = Plane(width: level.width, height: level.height, filledWith: -1)
      for y in 0..<depths.height {
        for x in 0..<depths.width where level[x, y].isFinite {
          var (sum, count) = (Float(0), Float(0))
          for v in max(0, y - 1)...min(depths.height - 1, y + 1) {
            for u in max(0, x - 1)...min(depths.width - 1, x + 1)
            where (u, v) != (x, y) && level[u, v].isFinite {
              sum += level[u, v]
              count += 1
            }
          }
          if count > 0 { depths[x, y] = sum / count - level[x, y] }
        }
      }
      return depths
    }
  }

  /// The pixels of cells that are at least `delta` deep on two levels, one above the other.
  func troughs(_ depths: [Plane], delta: Float, within region: Mask) -> Mask {
    var result = Mask(width: width, height: height)
    for level in depths.indices.dropLast() {
      for y in 0..<height {
        for x in 0..<width where region.pixels[y * width + x] {
          let (here, above) = (level + 1, level + 2)
          if depths[level][x >> here, y >> here] >= delta, depths[level + 1][x >> above, y >> above] >= delta {
            result.pixels[y * width + x] = true
          }
        }
      }
    }
    return result
  }

  /// The deepest of all levels in each pixel.
  func plane(of depths: [Plane], within region: Mask) -> Plane {
    var result = Plane(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width where region.pixels[y * width + x] {
        result[x, y] = depths.indices.reduce(0) { max($0, depths[$1][x >> ($1 + 1), y >> ($1 + 1)]) }
      }
    }
    return result
  }
}
