import Imaging

extension Registration {
  /// A picture of the follow-up's size as the baseline's frame shows it, 0 where the follow-up has no pixels.
  ///
  /// Bilinear, with antialiasing where the follow-up has more pixels.
  public func warped(_ plane: Plane) -> Plane {
    precondition(plane.width == followUpWidth && plane.height == followUpHeight, "the follow-up's size")
    return plane.resampled(width: width, height: height, through: transform.straight, displacedBy: bend)
  }

  /// A mask of the follow-up's size in the baseline's frame: pixels of which more than half lie in it.
  public func warped(_ mask: Mask) -> Mask { Mask(warped(mask.plane), atLeast: 0.5) }

  /// The baseline's pixels whose middles lie in the follow-up's picture.
  public var covered: Mask { warped(Mask(width: followUpWidth, height: followUpHeight, filledWith: true)) }

  /// What the straight map leaves to a quadratic one; `nil` for others.
  private var bend: Displacement? {
    guard model == .quadratic else { return nil }
    let straight = transform.straight
    var (right, down) = (Plane(width: width, height: height), Plane(width: width, height: height))
    for y in 0..<height {
      for x in 0..<width {
        let point = SIMD2(Double(x) + 0.5, Double(y) + 0.5)
        guard let seen = straight.undone(transform(point)) else { continue }
        right[x, y] = Float(seen.x - point.x)
        down[x, y] = Float(seen.y - point.y)
      }
    }
    return Displacement(right: right, down: down)
  }
}
