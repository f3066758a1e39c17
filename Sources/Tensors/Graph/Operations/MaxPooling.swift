import Kernels

/// The largest of each window of size × size; the gradient goes to the first of equal maxima.
struct MaxPooling: Computation {
  let size: Int

  var title: String { "max pooling \(size)×\(size)" }

  var gradientReadsInputs: Bool { true }

  var isCheap: Bool { true }

  func canRead(_ view: ViewSummary) -> Bool { view.parts == 1 && view.repeats == 1 }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    let shape = inputs[0]
    guard shape[1] >= size, shape[2] >= size else {
      throw fault(layer, inputs, needs: "a map of at least \(size)×\(size) pixels", .tooSmall)
    }
    return [shape[0], shape[1] / size, shape[2] / size, shape[3]]
  }

  private func kernel(_ shape: [Int]) -> MaxPoolingKernel {
    MaxPoolingKernel(batch: shape[0], height: shape[1], width: shape[2], channels: shape[3], size: size)
  }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { inputs[0].reduce(1, *) }

  func forward(_ site: Site) { kernel(site.inputShapes[0]).forward(site.inputs[0][0], into: site.output) }

  func backward(_ site: Site) {
    guard let gradient = site.gradient(0) else { return }
    kernel(site.inputShapes[0]).backward(
      site.inputs[0][0], outputGradient: site.outputGradient, into: gradient.region, accumulating: gradient.accumulating
    )
  }
}
