import Kernels

/// Each pixel becomes a block of stride × stride pixels:
/// y[b, s·i + k, s·j + l, o] = bias[o] + Σ x[b, i, j, c] · weights[k, l, c, o], the input gradient of a convolution with
/// kernel = stride whose weights stand transposed.
struct TransposedConvolution: Computation {
  let inChannels: Int
  let outChannels: Int
  let stride: Int
  let hasBias: Bool
  let initialisation: Initialisation

  var title: String { "transposed convolution \(stride)×\(stride) stride \(stride)" }

  var gradientReadsInputs: Bool { true }

  /// The convolution from the large map to the small one.
  private func geometry(_ input: [Int]) -> ConvolutionGeometry {
    ConvolutionGeometry(
      batch: input[0], height: input[1] * stride, width: input[2] * stride, inChannels: outChannels,
      outChannels: inChannels, kernel: stride, stride: stride, dilation: 1, padding: 0, weightsAreTransposed: true)
  }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    [inputs[0][0], inputs[0][1] * stride, inputs[0][2] * stride, outChannels]
  }

  func parameters(layer: String) -> [ParameterSpec] {
    let taps = stride * stride
    let initial = initialisation.weights(fanIn: taps * inChannels, fanOut: taps * outChannels)
    let weights = ParameterSpec(
      name: layer + ".weights", shape: [stride, stride, inChannels, outChannels], initialiser: initial)
    return hasBias
      ? [weights, ParameterSpec(name: layer + ".bias", shape: [outChannels], initialiser: .zeros)] : [weights]
  }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { 2 * output.reduce(1, *) * inChannels }

  func forward(_ site: Site) {
    geometry(site.inputShapes[0]).inputGradient(
      site.map(0), weights: site.parameters[0], bias: hasBias ? site.parameters[1] : nil, into: site.output)
  }

  func backward(_ site: Site) {
    let geometry = geometry(site.inputShapes[0])
    if let gradients = site.parameterGradients {
      let batch = site.part.images.count
      site.sums.add(to: Array(gradients.prefix(hasBias ? 2 : 1))) { image, targets in
        let gradient = site.outputGradient.image(image, of: batch)
        geometry.ofOneImage.weightGradient(
          gradient, outputGradient: site.map(0).image(image, of: batch), addedTo: targets[0])
        if hasBias { Channels.sum(gradient, channels: outChannels, addedTo: targets[1]) }
      }
    }
    if let gradient = site.gradient(0) {
      geometry.forward(
        site.outputGradient, weights: site.parameters[0], bias: nil, into: gradient.region,
        accumulating: gradient.accumulating)
    }
  }
}
