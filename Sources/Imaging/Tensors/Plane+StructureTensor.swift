import Kernels

extension Plane {
  /// The structure tensor: products of the gradient under a Gaussian of `sigma` pixels, averaged by one of `rho` pixels,
  /// both counting only pixels inside `region`; 0 outside it. The larger eigenvalue's angle runs across edges and ridges;
  /// (larger − smaller) ÷ (larger + smaller) says how clear the direction is.
  public func structureTensor(sigma: Double, rho: Double, within region: Mask? = nil) -> TensorPlanes {
    let slopes = GaussianDerivatives(of: self, sigma: sigma, within: region, order: 1)
    let kernel = GaussianKernel(sigma: rho)
    let weight = Plane.filteredWeights(of: region, like: self, down: kernel.smooth, across: kernel.smooth)
    func averaged(_ a: [Float], _ b: [Float]) -> [Float] {
      let products = Plane(width: width, height: height, pixels: products(a, b)).values(within: region)
      return quotients(products.filtered(down: kernel.smooth, across: kernel.smooth).pixels, by: weight.pixels)
    }
    return TensorPlanes(
      averaged(slopes.x, slopes.x), averaged(slopes.x, slopes.y), averaged(slopes.y, slopes.y), like: self,
      within: region)
  }
}
