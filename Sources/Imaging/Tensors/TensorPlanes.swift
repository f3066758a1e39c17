import Kernels

/// What a symmetric 2 × 2 tensor is in each pixel: its eigenvalues, and where the larger one points.
public struct TensorPlanes: Sendable {
  public let larger: Plane
  public let smaller: Plane
  /// Of the larger one's eigenvector, from the x axis towards y (downward), in radians, (−π/2, π/2].
  public let angle: Plane

  init(_ xx: [Float], _ xy: [Float], _ yy: [Float], like plane: Plane, within region: Mask?) {
    let found = symmetricEigenvalues(xx, xy, yy)
    func inside(_ pixels: [Float]) -> Plane {
      Plane(width: plane.width, height: plane.height, pixels: pixels).values(within: region)
    }
    larger = inside(found.larger)
    smaller = inside(found.smaller)
    angle = inside(found.angle)
  }
}
