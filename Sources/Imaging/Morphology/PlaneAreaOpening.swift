import Kernels

extension Plane {
  /// The area opening: bright components of fewer than `area` pixels are lowered until they join a larger one, whatever
  /// their shape; scikit-image's `area_opening`. Outside `region` nothing is joined, and the result is 0.
  ///
  /// Cost: linear in the pixels.
  public func areaOpened(_ area: Int, within region: Mask? = nil, connectivity: Connectivity = .four) -> Plane {
    areaFiltered(area, within: region, connectivity, sign: 1)
  }

  /// The area closing: dark components of fewer than `area` pixels are raised until they join a larger one.
  public func areaClosed(_ area: Int, within region: Mask? = nil, connectivity: Connectivity = .four) -> Plane {
    areaFiltered(area, within: region, connectivity, sign: -1)
  }

  private func areaFiltered(_ area: Int, within region: Mask?, _ connectivity: Connectivity, sign: Float) -> Plane {
    let found = Kernels.areaOpened(signed(sign, within: region), width: width, area: area, connectivity)
    return Plane.inside(region, like: self) { sign * found[$0] }
  }
}
