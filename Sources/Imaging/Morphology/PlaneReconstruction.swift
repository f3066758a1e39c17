import Kernels

extension Plane {
  /// Reconstruction by dilation: the plane, as a marker, grown from pixel to pixel as far as `mask` allows; scikit-image's
  /// `reconstruction`. Where it is above the mask it is lowered to it first.
  ///
  /// Pixels outside `region` pass nothing on; there the result is 0. Vincent's hybrid algorithm (1993). Cost: linear in
  /// the pixels for usual images.
  public func reconstructed(
    under mask: Plane, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Plane {
    rebuilt(against: mask, within: region, connectivity, sign: 1)
  }

  /// Reconstruction by erosion: the plane, as a marker, lowered from pixel to pixel as far as `mask` allows.
  public func reconstructed(
    over mask: Plane, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Plane {
    rebuilt(against: mask, within: region, connectivity, sign: -1)
  }

  /// The opening by reconstruction: bright components that hold no disc of `radius` pixels go, others stay as they are.
  public func openedByReconstruction(
    radius: Int, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Plane {
    eroded(radius: radius, within: region).reconstructed(under: self, within: region, connectivity: connectivity)
  }

  /// The closing by reconstruction: dark components that hold no disc of `radius` pixels go, others stay as they are.
  public func closedByReconstruction(
    radius: Int, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Plane {
    dilated(radius: radius, within: region).reconstructed(over: self, within: region, connectivity: connectivity)
  }

  private func rebuilt(against mask: Plane, within region: Mask?, _ connectivity: Connectivity, sign: Float) -> Plane {
    precondition(mask.width == width && mask.height == height, "a marker has its mask's size")
    let found = Kernels.reconstructed(
      signed(sign, within: region), under: mask.signed(sign, within: region), width: width, connectivity)
    return Plane.inside(region, like: self) { sign * found[$0] }
  }
}
