import Kernels

/// The values of a view as a map of their own, for consumers that read plain maps only.
struct WritingOut: ActivatingComputation {
  var outputActivation: Activation?

  var title: String { "writing out" }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { 0 }

  func canRead(_ view: ViewSummary) -> Bool { true }

  private func kernel(_ shape: [Int]) -> PartsWriting {
    PartsWriting(batch: shape[0], height: shape[1], width: shape[2], channels: shape[3])
  }

  func forward(_ site: Site) {
    kernel(site.outputShape).forward(site.inputs[0], activation: outputActivation, into: site.output)
  }

  func backward(_ site: Site) {
    var first = 0
    for (part, gradient) in zip(site.inputs[0], site.inputGradients[0]) {
      if let gradient {
        kernel(site.outputShape).backward(
          site.outputGradient, channels: first..<(first + part.channels), repeats: part.repeats,
          into: gradient.region, accumulating: gradient.accumulating)
      }
      first += part.channels
    }
  }
}
