import Kernels

/// One operation of a plan: which maps it reads, which it makes, which parameters it has.
struct Step {
  /// The node whose map it makes.
  let node: Int
  let operation: any Operation
  /// Nodes.
  let inputs: [Int]
  /// Positions in the graph's parameter list.
  let parameters: Range<Int>
}

extension Graph {
  /// The operations in order, those fused that can be: an activation that is the only reader of a batch normalisation
  /// joins it, which saves reading and writing the map once in each direction.
  func steps() -> [Step] {
    var readers = [Int](repeating: 0, count: entries.count)
    for entry in entries { for input in entry.inputs { readers[input] += 1 } }
    for output in outputs.values { readers[output] += 1 }

    var steps: [Step] = []
    for (node, entry) in entries.enumerated() {
      guard let operation = entry.operation else { continue }
      if let activating = operation as? Activating, let previous = steps.last, previous.node == entry.inputs[0],
        readers[previous.node] == 1, var normalization = previous.operation as? BatchNormalization
      {
        normalization.activation = activating.function
        steps[steps.count - 1] = Step(
          node: node, operation: normalization, inputs: previous.inputs, parameters: previous.parameters)
      } else {
        steps.append(Step(node: node, operation: operation, inputs: entry.inputs, parameters: entry.parameters))
      }
    }
    return steps
  }
}
