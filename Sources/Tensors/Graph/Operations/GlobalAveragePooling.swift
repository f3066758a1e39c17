import Kernels

/// The mean over height and width.
struct GlobalAveragePooling: Computation {
  var title: String { "global average pooling" }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { [inputs[0][0], 1, 1, inputs[0][3]] }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { inputs[0].reduce(1, *) }

  func forward(_ site: Site) {
    let shape = site.inputShapes[0]
    for image in 0..<shape[0] {
      let size = shape[1] * shape[2] * shape[3]
      Channels.mean(
        site.map(0).part(image * size, size), channels: shape[3], into: site.output.part(image * shape[3], shape[3]))
    }
  }

  func backward(_ site: Site) {
    guard let gradient = site.gradient(0) else { return }
    let shape = site.inputShapes[0]
    let size = shape[1] * shape[2] * shape[3]
    for image in 0..<shape[0] {
      Channels.spread(
        site.outputGradient.part(image * shape[3], shape[3]), channels: shape[3],
        times: 1 / Float(shape[1] * shape[2]), into: gradient.region.part(image * size, size),
        accumulating: gradient.accumulating)
    }
  }
}
