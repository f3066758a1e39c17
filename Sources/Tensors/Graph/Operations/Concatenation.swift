import Kernels

/// The channels of all inputs side by side: a view of several parts.
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
}
