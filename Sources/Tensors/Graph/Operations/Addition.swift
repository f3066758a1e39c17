import Kernels

/// The sum of two maps of one shape.
struct Addition: Computation {
  var title: String { "addition" }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    guard inputs[0] == inputs[1] else { throw fault(layer, inputs, needs: "two maps of one shape") }
    return inputs[0]
  }

  func forward(_ site: Site) { Elementwise.combine(site.map(0), .add, site.map(1), into: site.output) }

  func backward(_ site: Site) {
    for case let gradient? in [site.gradient(0), site.gradient(1)] {
      if gradient.accumulating {
        Elementwise.accumulate(site.outputGradient, into: gradient.region)
      } else {
        gradient.region.copy(site.outputGradient)
      }
    }
  }
}
