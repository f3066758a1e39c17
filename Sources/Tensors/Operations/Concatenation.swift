import Kernels

/// The channels of all inputs side by side.
struct Concatenation: Operation {
  let channels: [Int]

  var title: String { "concatenation" }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] {
    guard inputs.allSatisfy({ $0.prefix(3) == inputs[0].prefix(3) }) else {
      throw fault(layer, inputs, needs: "maps of one batch, height and width")
    }
    return inputs[0].prefix(3) + [channels.reduce(0, +)]
  }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { 0 }

  func forward(_ site: Site) {
    let all = channels.reduce(0, +)
    var first = 0
    for (input, count) in zip(site.inputs, channels) {
      Channels.copy(input, channels: count, from: 0, count: count, into: site.output, channels: all, at: first)
      first += count
    }
  }

  func backward(_ site: Site) {
    let all = channels.reduce(0, +)
    var first = 0
    for (gradient, count) in zip(site.inputGradients, channels) {
      if let gradient {
        Channels.copy(
          site.outputGradient, channels: all, from: first, count: count, into: gradient.region, channels: count, at: 0,
          accumulating: gradient.accumulating)
      }
      first += count
    }
  }
}
