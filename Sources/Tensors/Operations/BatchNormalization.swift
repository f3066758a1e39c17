import Kernels

/// y = scale · (x − mean) / √(variance + ε) + offset, channel by channel; the activation that follows it may be fused in.
struct BatchNormalization: Operation {
  let channels: Int
  let epsilon: Float
  let momentum: Float
  /// Set by a plan where an activation is all that reads the result.
  var activation: Activation?

  var title: String { "batch normalization" }

  var gradientReadsInputs: Bool { true }
  var gradientReadsOutput: Bool { activation != nil }

  private var kernel: NormalizationKernel {
    NormalizationKernel(channels: channels, epsilon: epsilon, activation: activation)
  }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }

  func parameters(layer: String) -> [ParameterSpec] {
    [
      ParameterSpec(name: layer + ".scale", shape: [channels], initialiser: .ones),
      ParameterSpec(name: layer + ".offset", shape: [channels], initialiser: .zeros),
      ParameterSpec(name: layer + ".running-mean", shape: [channels], initialiser: .zeros, isTrainable: false),
      ParameterSpec(name: layer + ".running-variance", shape: [channels], initialiser: .ones, isTrainable: false),
    ]
  }

  /// The batch's mean and 1 / √(variance + ε).
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int { 2 * channels }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { 2 * output.reduce(1, *) }

  func forward(_ site: Site) {
    switch site.mode {
    case .training:
      kernel.measure(
        site.inputs[0], into: site.saved, momentum: momentum, runningMean: site.parameters[2],
        runningVariance: site.parameters[3])
    case .inference:
      kernel.recall(runningMean: site.parameters[2], runningVariance: site.parameters[3], into: site.saved)
    }
    kernel.normalise(
      site.inputs[0], statistics: site.saved, scale: site.parameters[0], offset: site.parameters[1], into: site.output)
  }

  func backward(_ site: Site) {
    kernel.backward(
      site.inputs[0], output: site.output, outputGradient: site.outputGradient, statistics: site.saved,
      scale: site.parameters[0], inputGradient: site.inputGradients[0]?.region,
      accumulating: site.inputGradients[0]?.accumulating ?? false, scaleGradient: site.parameterGradients?[0],
      offsetGradient: site.parameterGradients?[1])
  }
}
