import Kernels

extension Plane {
  /// The plane without its minima of less than `depth`: each is filled up by `depth`, or until it has none (h-minima).
  public func minimaFilled(by depth: Float, within region: Mask? = nil, connectivity: Connectivity = .eight) -> Plane {
    Plane.inside(region, like: self) { pixels[$0] + depth }
      .reconstructed(over: self, within: region, connectivity: connectivity)
  }

  /// The plane without its maxima of less than `height`: each is lowered by `height`, or until it is none (h-maxima).
  public func maximaLowered(by height: Float, within region: Mask? = nil, connectivity: Connectivity = .eight) -> Plane
  {
    Plane.inside(region, like: self) { pixels[$0] - height }
      .reconstructed(under: self, within: region, connectivity: connectivity)
  }

  /// Plateaus without a lower neighbour, of those in `region`; with a `depth` above 0, those of the plane whose minima
  /// are filled up by it: from each one has to climb by `depth` at least to get to a lower one.
  public func regionalMinima(
    depth: Float = 0, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Mask {
    let plane = depth > 0 ? minimaFilled(by: depth, within: region, connectivity: connectivity) : self
    return plane.maxima(sign: -1, within: region, connectivity)
  }

  /// Plateaus without a higher neighbour, of those in `region`; with a `height` above 0, those of the plane whose maxima
  /// are lowered by it.
  public func regionalMaxima(
    height: Float = 0, within region: Mask? = nil, connectivity: Connectivity = .eight
  ) -> Mask {
    let plane = height > 0 ? maximaLowered(by: height, within: region, connectivity: connectivity) : self
    return plane.maxima(sign: 1, within: region, connectivity)
  }

  private func maxima(sign: Float, within region: Mask?, _ connectivity: Connectivity) -> Mask {
    Mask(
      width: width, height: height,
      pixels: Kernels.regionalMaxima(signed(sign, within: region), width: width, connectivity))
  }
}
