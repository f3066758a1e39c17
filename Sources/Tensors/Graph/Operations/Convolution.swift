import Kernels

/// y[b, i, j, o] = bias[o] + Σ x[b, i·stride − p + k·dilation, j·stride − p + l·dilation, c] · weights[k, l, c, o].
struct Convolution: ActivatingComputation {
  let inChannels: Int
  let outChannels: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let hasBias: Bool
  /// The weights are divided by their largest singular value before use.
  let isSpectrallyNormalized: Bool
  let initialisation: Initialisation
  /// Set by a plan where an activation follows.
  var outputActivation: Activation?

  var title: String {
    "convolution \(kernel)×\(kernel)" + (stride > 1 ? " stride \(stride)" : "")
      + (dilation > 1 ? " dilation \(dilation)" : "")
  }

  var gradientReadsInputs: Bool { true }

  /// The first layer of an image of a few channels is bound by the memory it writes.
  var isCheap: Bool { kernel * kernel * inChannels <= 32 && !isSpectrallyNormalized }

  /// The 3×3 convolutions at stride 1 read parts at no cost, and so do heads of one or two channels one part. A
  /// concatenation of a few channels is cheaper written out than each part padded to whole vectors.
  func canRead(_ view: ViewSummary) -> Bool {
    guard stride == 1 && dilation == 1 else { return false }
    if kernel == 1 { return outChannels <= 2 && view.parts == 1 && view.repeats == 1 }
    return kernel == 3 && view.repeats <= 2 && (view.parts == 1 || view.channels >= 8)
  }

  func geometry(_ input: [Int]) -> ConvolutionGeometry {
    ConvolutionGeometry(
      batch: input[0], height: input[1], width: input[2], inChannels: inChannels, outChannels: outChannels,
      kernel: kernel, stride: stride, dilation: dilation, padding: dilation * (kernel - 1) / 2)
  }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    let geometry = geometry(inputs[0])
    guard geometry.outHeight > 0, geometry.outWidth > 0 else {
      throw fault(
        layer, inputs, needs: "a map as large as its kernel, \(dilation * (kernel - 1) + 1) pixels", .tooSmall)
    }
    return [inputs[0][0], geometry.outHeight, geometry.outWidth, outChannels]
  }

  func parameters(layer: String) -> [ParameterSpec] {
    let taps = kernel * kernel
    let initial = initialisation.weights(fanIn: taps * inChannels, fanOut: taps * outChannels)
    let weights = ParameterSpec(
      name: layer + ".weights", shape: [kernel, kernel, inChannels, outChannels], initialiser: initial)
    var specs = [weights]
    if hasBias { specs.append(ParameterSpec(name: layer + ".bias", shape: [outChannels], initialiser: .zeros)) }
    if isSpectrallyNormalized {
      specs.append(
        ParameterSpec(
          name: layer + ".singular-vector", shape: [outChannels], initialiser: .normal(deviation: 1),
          isTrainable: false))
    }
    return specs
  }

  private var spectral: SpectralNormalizationKernel {
    SpectralNormalizationKernel(inputs: kernel * kernel * inChannels, outputs: outChannels)
  }

  /// The normalised weights and what their gradient needs, and room for the gradient by them.
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int {
    guard isSpectrallyNormalized else { return 0 }
    return spectral.notesCount + (mode == .training ? kernel * kernel * inChannels * outChannels : 0)
  }

  /// The weights the convolution uses.
  private func weights(_ site: Site) -> Region {
    isSpectrallyNormalized ? spectral.weights(in: site.saved) : site.parameters[0]
  }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int {
    2 * output.reduce(1, *) * kernel * kernel * inChannels
  }

  func forward(_ site: Site) {
    if isSpectrallyNormalized {
      spectral.forward(
        site.parameters[0], vector: site.parameters[site.parameters.count - 1], keeping: site.mode == .training,
        notes: site.saved.part(0, spectral.notesCount))
    }
    geometry(site.inputShapes[0]).forward(
      site.inputs[0], weights: weights(site), bias: hasBias ? site.parameters[1] : nil, activation: outputActivation,
      into: site.output, keepingFiltersAt: isSpectrallyNormalized ? nil : site.filterPlace)
  }

  func backward(_ site: Site) {
    let geometry = geometry(site.inputShapes[0])
    if let gradients = site.parameterGradients {
      let bias = hasBias ? gradients[1] : nil
      let batch = site.part.images.count
      func add(_ image: Int, _ targets: [Region]) {
        geometry.ofOneImage.weightGradient(
          site.inputs[0].map { $0.image(image, of: batch) },
          outputGradient: site.outputGradient.image(image, of: batch),
          addedTo: targets[0], bias: hasBias ? targets[1] : nil)
      }
      if isSpectrallyNormalized {
        let notes = site.saved.part(0, spectral.notesCount)
        let gradient = site.saved.part(spectral.notesCount, gradients[0].count)
        gradient.fill(0)
        site.sums.add(to: [gradient] + (bias.map { [$0] } ?? []), add)
        // The gradient of the weights themselves is not a sum over images: nothing goes on while this is exchanged.
        site.sums.finish()
        spectral.backward(normalisedGradient: gradient, notes: notes, addedTo: gradients[0])
      } else {
        site.sums.add(to: [gradients[0]] + (bias.map { [$0] } ?? []), add)
      }
    }
    var first = 0
    for (part, gradient) in zip(site.inputs[0], site.inputGradients[0]) {
      if let gradient {
        geometry.inputGradient(
          site.outputGradient, weights: weights(site), channels: first..<(first + part.channels),
          repeats: part.repeats, into: gradient.region, accumulating: gradient.accumulating)
      }
      first += part.channels
    }
  }
}
