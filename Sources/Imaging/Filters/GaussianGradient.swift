import Kernels

/// A sampled Gaussian and its derivative, cut at 4 σ.
private struct GaussianKernel {
  /// From offset 0 on; the other side mirrors it. They sum to 1 over both sides.
  let weights: [Float]
  /// Of the derivative at offsets 0, 1, …; the other side has the opposite sign.
  let slopes: [Float]

  init(sigma: Double) {
    let reach = max(1, Int(4 * sigma + 0.5))
    let raw = (0...reach).map { Elementary.exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let total = 2 * raw.reduce(0, +) - raw[0]
    weights = raw.map { Float($0 / total) }
    slopes = raw.indices.map { Float(Double($0) / (sigma * sigma) * raw[$0] / total) }
  }
}

extension Plane {
  /// The plane under a Gaussian of `sigma` pixels, counting only pixels inside `region`; 0 outside it.
  ///
  /// Where the Gaussian lies inside the region it is SciPy's `gaussian_filter`.
  public func gaussianMean(sigma: Double, within region: Mask? = nil) -> Plane {
    let kernel = GaussianKernel(sigma: sigma)
    var weights = Plane(width: width, height: height, filledWith: 1)
    var values = self
    for i in pixels.indices where !(region?.pixels[i] ?? true) {
      weights.pixels[i] = 0
      values.pixels[i] = 0
    }
    func smooth(_ plane: Plane) -> Plane {
      plane.filteredDown(kernel.weights, isOdd: false).filteredAcross(kernel.weights, isOdd: false)
    }
    let (value, weight) = (smooth(values), smooth(weights))
    var result = Plane(width: width, height: height)
    for i in pixels.indices where region?.pixels[i] ?? true {
      result.pixels[i] = value.pixels[i] / weight.pixels[i]
    }
    return result
  }

  /// The magnitude of the gradient of the plane under a Gaussian of `sigma` pixels, in values a pixel, counting only
  /// pixels inside `region`; 0 outside it.
  ///
  /// Smoothed = Σ g·w·v ÷ Σ g·w over the region (w = 1 inside); the gradient is that quotient's own. Where the Gaussian
  /// lies inside the region it is SciPy's `gaussian_gradient_magnitude`. Cost: 6 passes of 8 σ additions a pixel.
  public func gaussianGradient(sigma: Double, within region: Mask? = nil) -> Plane {
    let kernel = GaussianKernel(sigma: sigma)
    var weights = Plane(width: width, height: height, filledWith: 1)
    var values = self
    // About the mean the quotient's two terms are small where they cancel.
    let centre = mean(within: region)
    for i in pixels.indices {
      let isInside = region?.pixels[i] ?? true
      weights.pixels[i] = isInside ? 1 : 0
      values.pixels[i] = isInside ? pixels[i] - centre : 0
    }
    let (value, valueAcross, valueDown) = values.filtered(kernel)
    let (weight, weightAcross, weightDown) = weights.filtered(kernel)
    var result = Plane(width: width, height: height)
    for i in pixels.indices where region?.pixels[i] ?? true {
      let total = weight.pixels[i]
      let smooth = value.pixels[i] / total
      let across = (valueAcross.pixels[i] - smooth * weightAcross.pixels[i]) / total
      let down = (valueDown.pixels[i] - smooth * weightDown.pixels[i]) / total
      result.pixels[i] = (across * across + down * down).squareRoot()
    }
    return result
  }

  /// Smoothed; differentiated to the right; differentiated downward. Outside the plane lies 0.
  private func filtered(_ kernel: GaussianKernel) -> (smooth: Plane, across: Plane, down: Plane) {
    let down = filteredDown(kernel.weights, isOdd: false)
    return (
      down.filteredAcross(kernel.weights, isOdd: false), down.filteredAcross(kernel.slopes, isOdd: true),
      filteredDown(kernel.slopes, isOdd: true).filteredAcross(kernel.weights, isOdd: false)
    )
  }

  /// Σ weights[k] · (right ± left neighbour at distance k), row by row.
  private func filteredAcross(_ weights: [Float], isOdd: Bool) -> Plane {
    let reach = weights.count - 1
    let sign: Float = isOdd ? -1 : 1
    var result = Plane(width: width, height: height)
    var row = [Float](repeating: 0, count: width + 2 * reach)
    for y in 0..<height {
      for x in 0..<width { row[reach + x] = pixels[y * width + x] }
      for x in 0..<width {
        var sum = isOdd ? 0 : weights[0] * row[reach + x]
        for k in 1...reach { sum += weights[k] * (row[reach + x + k] + sign * row[reach + x - k]) }
        result.pixels[y * width + x] = sum
      }
    }
    return result
  }

  /// The same, column by column, over whole rows at a time.
  private func filteredDown(_ weights: [Float], isOdd: Bool) -> Plane {
    let sign: Float = isOdd ? -1 : 1
    var result = Plane(width: width, height: height)
    for y in 0..<height {
      if !isOdd { for x in 0..<width { result.pixels[y * width + x] = weights[0] * pixels[y * width + x] } }
      for k in 1..<weights.count {
        if y + k < height { addRow(y + k, times: weights[k], to: y, of: &result) }
        if y >= k { addRow(y - k, times: sign * weights[k], to: y, of: &result) }
      }
    }
    return result
  }

  private func addRow(_ source: Int, times weight: Float, to row: Int, of result: inout Plane) {
    for x in 0..<width { result.pixels[row * width + x] += weight * pixels[source * width + x] }
  }
}
