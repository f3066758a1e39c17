import Kernels

/// Maps `factor` times as high and wide. Nearest-neighbour upsampling is a view (`Lowering`), never computed here.
struct Upsampling: Computation {
  let factor: Int
  let mode: Interpolation

  var title: String { "upsampling ×\(factor) \(mode)" }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    [inputs[0][0], inputs[0][1] * factor, inputs[0][2] * factor, inputs[0][3]]
  }

  func forward(_ site: Site) { site.resampling(mode).forward(site.map(0), into: site.output) }

  func backward(_ site: Site) { site.resampleGradient(mode) }
}

/// Maps of the height and width of the second input, whose values do not matter.
struct Resizing: Computation {
  let mode: Interpolation

  var title: String { "resizing \(mode)" }

  func reads(input: Int) -> Bool { input == 0 }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    guard inputs[0][0] == inputs[1][0] else { throw fault(layer, inputs, needs: "maps of one batch") }
    return [inputs[0][0], inputs[1][1], inputs[1][2], inputs[0][3]]
  }

  func forward(_ site: Site) { site.resampling(mode).forward(site.map(0), into: site.output) }

  func backward(_ site: Site) { site.resampleGradient(mode) }
}

extension Site {
  fileprivate func resampling(_ mode: Interpolation) -> ResamplingKernel {
    let (from, to) = (inputShapes[0], outputShape)
    return ResamplingKernel(
      batch: from[0], channels: from[3], rows: ResamplingAxis(from: from[1], to: to[1], mode),
      columns: ResamplingAxis(from: from[2], to: to[2], mode))
  }

  fileprivate func resampleGradient(_ mode: Interpolation) {
    guard let gradient = gradient(0) else { return }
    resampling(mode).backward(outputGradient, into: gradient.region, accumulating: gradient.accumulating)
  }
}
