import Kernels

extension Mask {
  /// The Euclidean distance, in pixels, from each pixel's centre to the nearest pixel of the set; 0 on the set itself,
  /// infinite everywhere when it is empty. SciPy's `distance_transform_edt` of the complement.
  ///
  /// Exact: the squares are whole numbers. Cost: linear in the number of pixels.
  public var distances: Plane {
    guard let squares = squaredDistances(to: pixels, width: width) else {
      return Plane(width: width, height: height, filledWith: .infinity)
    }
    return Plane(width: width, height: height, pixels: squares.map { Float($0).squareRoot() })
  }
}
