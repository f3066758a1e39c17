import Kernels

extension Plane {
  /// The mean around each pixel over a square of `side` pixels, an odd number, counting only pixels inside `region`
  /// and inside the image; 0 where the square holds none of them.
  ///
  /// By an integral image. Cost: a fixed number of additions a pixel, whatever the side.
  public func windowMean(side: Int, within region: Mask? = nil) -> Plane {
    precondition(side > 0 && side % 2 == 1, "a window has a middle pixel")
    precondition(region.map { $0.width == width && $0.height == height } ?? true, "the region has the plane's size")
    let sums = SummedArea(pixels, width: width, within: region?.pixels)
    return Plane(width: width, height: height, pixels: sums.means(side: side))
  }
}
