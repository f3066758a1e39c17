import Kernels

extension Plane {
  /// The watershed from markers: basins grow from dark to bright, each pixel to the basin whose flood comes first; among
  /// equal values first come, first served. Every pixel of `region` that a path joins with a marker gets a label.
  ///
  /// Meyer's priority flood, without a line between basins: scikit-image's `watershed`. Cost: linear in the pixels, by a
  /// radix sort and a queue of ranks.
  public func watershed(
    from markers: LabelMap, within region: Mask? = nil, connectivity: Connectivity = .four
  ) -> LabelMap {
    precondition(markers.width == width && markers.height == height, "markers have the plane's size")
    let labels = flooded(pixels, width: width, from: markers.labels, within: region?.pixels, connectivity)
    return LabelMap(width: width, height: height, labels: labels, count: markers.count)
  }

  /// The watershed from the plane's minima that are at least `depth` deep, numbered in raster order.
  public func watershed(
    depth: Float, within region: Mask? = nil, connectivity: Connectivity = .four
  ) -> LabelMap {
    let minima = regionalMinima(depth: depth, within: region, connectivity: connectivity)
    return watershed(from: minima.components(connectivity), within: region, connectivity: connectivity)
  }
}
