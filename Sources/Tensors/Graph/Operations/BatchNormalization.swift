import Kernels

/// y = scale · (x − mean) / √(variance + ε) + offset, channel by channel: part of how the map
/// below it is read (`Reading`).
struct BatchNormalization: Operation {
  let channels: Int
  let epsilon: Float
  let momentum: Float

  var title: String { "batch normalization" }
  var isEnding: Bool { true }

  var kernel: NormalizationKernel { NormalizationKernel(channels: channels, epsilon: epsilon) }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }

  func parameters(layer: String) -> [ParameterSpec] {
    [
      ParameterSpec(name: layer + ".scale", shape: [channels], initialiser: .ones),
      ParameterSpec(name: layer + ".offset", shape: [channels], initialiser: .zeros),
      ParameterSpec(name: layer + ".running-mean", shape: [channels], initialiser: .zeros, isTrainable: false),
      ParameterSpec(name: layer + ".running-variance", shape: [channels], initialiser: .ones, isTrainable: false),
    ]
  }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { 2 * output.reduce(1, *) }
}
