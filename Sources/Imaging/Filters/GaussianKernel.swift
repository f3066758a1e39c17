import Kernels

/// A sampled Gaussian and its derivatives, cut at 4 σ, as SciPy's `gaussian_filter` has them.
struct GaussianKernel {
  /// They sum to 1.
  let smooth: SeparableFilter
  /// First derivative.
  let slope: SeparableFilter
  /// Second derivative.
  let curvature: SeparableFilter

  /// - Parameter sigma: in pixels, above 0.
  init(sigma: Double) {
    precondition(sigma > 0, "a Gaussian has a width")
    let reach = max(1, Int(4 * sigma + 0.5))
    let variance = sigma * sigma
    let raw = (0...reach).map { Elementary.exp(-0.5 * Double($0 * $0) / variance) }
    let total = 2 * raw.reduce(0, +) - raw[0]
    smooth = SeparableFilter(raw.map { Float($0 / total) })
    slope = SeparableFilter(raw.indices.map { Float(Double($0) / variance * raw[$0] / total) }, isOdd: true)
    curvature = SeparableFilter(
      raw.indices.map { Float((Double($0 * $0) / variance - 1) / variance * raw[$0] / total) })
  }
}

extension Plane {
  /// Filtered along the columns, then along the rows; beyond the plane lies 0.
  func filtered(down: SeparableFilter, across: SeparableFilter) -> Plane {
    Plane(width: width, height: height, pixels: across.across(down.down(pixels, width: width), width: width))
  }

  /// The plane less `centre` inside the region, 0 outside it.
  func values(about centre: Float = 0, within region: Mask?) -> Plane {
    precondition(region.map { $0.width == width && $0.height == height } ?? true, "the region has the plane's size")
    guard let region else { return centre == 0 ? self : mapped { $0 - centre } }
    let inside = masked(pixels, by: region.pixels, less: centre)
    return Plane(width: width, height: height, pixels: inside)
  }

  /// What `filtered` makes of 1 inside the region and 0 outside it.
  static func filteredWeights(
    of region: Mask?, like plane: Plane, down: SeparableFilter, across: SeparableFilter
  ) -> Plane {
    if let region { return region.plane.filtered(down: down, across: across) }
    let pixels = SeparableFilter.ofOnes(down: down, across: across, width: plane.width, height: plane.height)
    return Plane(width: plane.width, height: plane.height, pixels: pixels)
  }

  /// `change` of each value.
  public func mapped(_ change: (Float) -> Float) -> Plane {
    Plane(width: width, height: height, pixels: pixels.map(change))
  }
}

extension Plane {
  /// `value` at each pixel of the region, by its place, 0 outside it.
  static func inside(_ region: Mask?, like plane: Plane, _ value: (Int) -> Float) -> Plane {
    var result = Plane(width: plane.width, height: plane.height)
    if let region {
      for i in result.pixels.indices where region.pixels[i] { result.pixels[i] = value(i) }
    } else {
      for i in result.pixels.indices { result.pixels[i] = value(i) }
    }
    return result
  }
}
