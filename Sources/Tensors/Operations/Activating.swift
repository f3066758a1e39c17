import Kernels

/// A pointwise function; its gradient is computed from its result.
struct Activating: Operation {
  let function: Activation

  var title: String { function.name }

  var gradientReadsOutput: Bool { true }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }

  func forward(_ site: Site) { function.forward(site.inputs[0], into: site.output) }

  func backward(_ site: Site) {
    guard let gradient = site.inputGradients[0] else { return }
    function.backward(
      output: site.output, outputGradient: site.outputGradient, into: gradient.region,
      accumulating: gradient.accumulating)
  }
}
