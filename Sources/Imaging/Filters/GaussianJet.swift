import Kernels

/// A plane under a Gaussian, with its derivatives: of values inside a region, or of the weights that say what is inside.
struct GaussianJet {
  let smooth, x, y: [Float]
  /// Second derivatives; empty where they are not asked for.
  let xx, xy, yy: [Float]

  /// Of values that are 0 outside their region.
  init(_ plane: Plane, _ kernel: GaussianKernel, order: Int) {
    let (pixels, width) = (plane.pixels, plane.width)
    let smoothDown = kernel.smooth.down(pixels, width: width)
    let slopeDown = kernel.slope.down(pixels, width: width)
    smooth = kernel.smooth.across(smoothDown, width: width)
    x = kernel.slope.across(smoothDown, width: width)
    y = kernel.smooth.across(slopeDown, width: width)
    let isSecond = order > 1
    xx = isSecond ? kernel.curvature.across(smoothDown, width: width) : []
    xy = isSecond ? kernel.slope.across(slopeDown, width: width) : []
    yy = isSecond ? kernel.smooth.across(kernel.curvature.down(pixels, width: width), width: width) : []
  }

  /// Of the weights of a region: 1 inside, 0 outside.
  init(weightsOf region: Mask?, width: Int, height: Int, _ kernel: GaussianKernel, order: Int) {
    if let region {
      self.init(region.plane, kernel, order: order)
      return
    }
    self.init(kernel, order: order) { down, across in
      SeparableFilter.ofOnes(down: down, across: across, width: width, height: height)
    }
  }

  private init(
    _ kernel: GaussianKernel, order: Int, _ filtered: (_ down: SeparableFilter, _ across: SeparableFilter) -> [Float]
  ) {
    let isSecond = order > 1
    smooth = filtered(kernel.smooth, kernel.smooth)
    x = filtered(kernel.smooth, kernel.slope)
    y = filtered(kernel.slope, kernel.smooth)
    xx = isSecond ? filtered(kernel.smooth, kernel.curvature) : []
    xy = isSecond ? filtered(kernel.slope, kernel.slope) : []
    yy = isSecond ? filtered(kernel.curvature, kernel.smooth) : []
  }
}

/// The derivatives of s = v ÷ w, the plane smoothed inside a region (normalised convolution): v is of the values, w of the
/// weights, so v′ = s′w + sw′ and v″ = s″w + 2s′w′ + sw″.
struct GaussianDerivatives {
  private let v, w: GaussianJet
  let x, y: [Float]

  /// - Parameter order: of the derivatives, 1 or 2.
  init(of plane: Plane, sigma: Double, within region: Mask?, order: Int) {
    let kernel = GaussianKernel(sigma: sigma)
    // About the mean the quotient's terms are small where they cancel.
    let values = plane.values(about: plane.mean(within: region), within: region)
    v = GaussianJet(values, kernel, order: order)
    w = GaussianJet(weightsOf: region, width: plane.width, height: plane.height, kernel, order: order)
    x = quotientSlopes(v.x, w.x, value: v.smooth, weight: w.smooth)
    y = quotientSlopes(v.y, w.y, value: v.smooth, weight: w.smooth)
  }

  /// The second ones: along x, along both, along y.
  var second: (xx: [Float], xy: [Float], yy: [Float]) {
    (
      curvature(v.xx, w.xx, (x, w.x), (x, w.x)), curvature(v.xy, w.xy, (x, w.y), (y, w.x)),
      curvature(v.yy, w.yy, (y, w.y), (y, w.y))
    )
  }

  private func curvature(
    _ value: [Float], _ weight: [Float], _ one: ([Float], [Float]), _ other: ([Float], [Float])
  ) -> [Float] {
    quotientCurvatures(value, weight, value: v.smooth, weight: w.smooth, lessProductsOf: one, and: other)
  }
}
