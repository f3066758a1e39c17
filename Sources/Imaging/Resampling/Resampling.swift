extension Plane {
  /// The plane seen through `map`, which leads from the output's pixels to this plane's; outside it lies 0.
  ///
  /// Bilinear, with antialiasing where the map shrinks: an output pixel is the weighted mean of the source pixels
  /// around the point its centre maps to, weights falling linearly to 0 at 1 source pixel or at 1 output pixel,
  /// whichever is larger, along each source axis; at the border the mean is over what exists. For upright maps this is
  /// Pillow's `BILINEAR` and PyTorch's `interpolate(mode: "bilinear", antialias: true)`. Whole-pixel shifts, flips and
  /// quarter turns copy pixels exactly. Cost: 4 · shrinkage² multiplications an output pixel.
  ///
  /// With a displacement, of the output's size, each output pixel looks there first and then through the map.
  public func resampled(
    width: Int, height: Int, through map: AffineMap, displacedBy displacement: Displacement? = nil
  ) -> Plane {
    var result = [Float](repeating: 0, count: width * height)
    var horizontal = TriangleWeights(reach: (map.xx * map.xx + map.xy * map.xy).squareRoot(), limit: self.width)
    var vertical = TriangleWeights(reach: (map.yx * map.yx + map.yy * map.yy).squareRoot(), limit: self.height)
    for y in 0..<height {
      for x in 0..<width {
        let (dx, dy) = displacement?[x, y] ?? (0, 0)
        let (u, v) = map(Double(x) + 0.5 + dx, Double(y) + 0.5 + dy)
        guard u >= 0 && v >= 0 && u < Double(self.width) && v < Double(self.height) else { continue }
        horizontal.centre(at: u)
        vertical.centre(at: v)
        var sum = 0.0
        for j in 0..<vertical.count {
          let row = (vertical.first + j) * self.width + horizontal.first
          var rowSum = 0.0
          for i in 0..<horizontal.count { rowSum += horizontal.weights[i] * Double(pixels[row + i]) }
          sum += vertical.weights[j] * rowSum
        }
        result[y * width + x] = Float(sum / (horizontal.total * vertical.total))
      }
    }
    return Plane(width: width, height: height, pixels: result)
  }

  /// The plane at another size, whatever its proportions: bilinear, antialiased (see `resampled`).
  public func resized(width: Int, height: Int) -> Plane {
    if width == self.width && height == self.height { return self }
    return resampled(
      width: width, height: height, through: stretch(from: (self.width, self.height), to: (width, height)))
  }
}

extension Mask {
  /// The mask seen through `map`: each pixel takes the source pixel that its centre falls into; outside lies nothing.
  public func resampled(
    width: Int, height: Int, through map: AffineMap, displacedBy displacement: Displacement? = nil
  ) -> Mask {
    var result = [Bool](repeating: false, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (dx, dy) = displacement?[x, y] ?? (0, 0)
        let (u, v) = map(Double(x) + 0.5 + dx, Double(y) + 0.5 + dy)
        guard u >= 0 && v >= 0 && u < Double(self.width) && v < Double(self.height) else { continue }
        result[y * width + x] = pixels[Int(v) * self.width + Int(u)]
      }
    }
    return Mask(width: width, height: height, pixels: result)
  }

  /// The mask at another size, whatever its proportions: nearest neighbour.
  public func resized(width: Int, height: Int) -> Mask {
    if width == self.width && height == self.height { return self }
    return resampled(
      width: width, height: height, through: stretch(from: (self.width, self.height), to: (width, height)))
  }
}

/// How far each pixel's source lies from it, in pixels: a smooth distortion.
public struct Displacement: Sendable, Hashable {
  public let right, down: Plane

  public init(right: Plane, down: Plane) {
    precondition(right.width == down.width && right.height == down.height, "both directions have one size")
    self.right = right
    self.down = down
  }

  subscript(x: Int, y: Int) -> (dx: Double, dy: Double) { (Double(right[x, y]), Double(down[x, y])) }
}

/// The map from an output of size `to` back to a source of size `from`.
private func stretch(from: (width: Int, height: Int), to: (width: Int, height: Int)) -> AffineMap {
  .scaling(x: Double(from.width) / Double(to.width), y: Double(from.height) / Double(to.height))
}

/// Weights of a triangle along one axis: 1 at its centre, 0 at `reach` on either side.
private struct TriangleWeights {
  let reach: Double
  let limit: Int
  private(set) var first = 0
  private(set) var count = 0
  private(set) var total = 0.0
  private(set) var weights: [Double]

  init(reach: Double, limit: Int) {
    self.reach = max(1, reach)
    self.limit = limit
    weights = [Double](repeating: 0, count: 2 * Int(self.reach.rounded(.up)) + 2)
  }

  mutating func centre(at position: Double) {
    first = max(0, Int(position - reach + 0.5))
    count = min(limit, Int(position + reach + 0.5)) - first
    total = 0
    for i in 0..<count {
      let weight = max(0, 1 - abs(Double(first + i) + 0.5 - position) / reach)
      weights[i] = weight
      total += weight
    }
  }
}
