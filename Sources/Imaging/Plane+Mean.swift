extension Plane {
  /// The pixels of two planes of one size, added.
  package func added(to other: Plane) -> Plane {
    precondition(width == other.width && height == other.height, "planes of one size")
    return Plane(width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 + $1 })
  }

  package func multiplied(by factor: Float) -> Plane { mapped { $0 * factor } }

  /// The mean of planes of one size, pixel by pixel.
  package static func mean(of planes: [Plane]) -> Plane {
    precondition(!planes.isEmpty, "a mean of nothing")
    return planes.dropFirst().reduce(planes[0]) { $0.added(to: $1) }.multiplied(by: 1 / Float(planes.count))
  }
}
