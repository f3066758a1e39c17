import Kernels

extension Plane {
  /// The natural logarithms; of a value below `darkest` that of `darkest`.
  func logarithms(atLeast darkest: Float) -> Plane {
    Plane(width: width, height: height, pixels: applied(.log, to: pixels.map { max($0, darkest) }))
  }
}
