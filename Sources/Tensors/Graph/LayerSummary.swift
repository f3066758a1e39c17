/// A layer of a network on given sizes, for tables and diagrams.
public struct LayerSummary: Sendable, Equatable {
  public let name: String
  /// As `convolution 3×3`.
  public let operation: String
  /// Names of the layers it reads.
  public let inputs: [String]
  /// `[batch, height, width, channels]`
  public let outputShape: [Int]
  /// Numbers in its parameters, running statistics included.
  public let parameterCount: Int
  /// Floating-point operations of a forward pass, a multiplication and an addition counted as two.
  public let operationCount: Int
  /// Whether it ends the layer before it, value by value: a normalisation or an activation.
  public let isEnding: Bool
  /// The name under which the network gives its map out.
  public let outputName: String?
}

extension Graph {
  /// The shape of every node's map.
  func shapes(for inputShapes: [String: [Int]]) throws(GraphError) -> [[Int]] {
    for name in inputShapes.keys.sorted() where !inputNames.contains(name) {
      throw GraphError(
        .unknownInput, operation: "the network", layer: name, shapes: [],
        needed: "one of its inputs: \(inputNames.joined(separator: ", "))")
    }
    var shapes: [[Int]] = []
    for entry in entries {
      guard let operation = entry.operation else {
        guard let shape = inputShapes[entry.name] else {
          throw GraphError(
            .unknownInput, operation: "the network", layer: entry.name, shapes: [], needed: "a shape for this input")
        }
        guard shape.count == 4, shape.allSatisfy({ $0 > 0 }), shape[3] == entry.channels else {
          throw GraphError(
            .shapeMismatch, operation: "the input", layer: entry.name, shapes: [shape],
            needed: "[batch, height, width, \(entry.channels)]")
        }
        shapes.append(shape)
        continue
      }
      shapes.append(try operation.outputShape(entry.inputs.map { shapes[$0] }, layer: entry.name))
    }
    return shapes
  }

  /// The layers in order, for inputs `[batch, height, width, channels]`.
  public func layers(for inputShapes: [String: [Int]]) throws(GraphError) -> [LayerSummary] {
    let shapes = try shapes(for: inputShapes)
    return entries.enumerated().map { index, entry in
      LayerSummary(
        name: entry.name, operation: entry.operation?.title ?? "input", inputs: entry.inputs.map { entries[$0].name },
        outputShape: shapes[index], parameterCount: parameterSpecs[entry.parameters].reduce(0) { $0 + $1.count },
        operationCount: entry.operation?.operationCount(entry.inputs.map { shapes[$0] }, output: shapes[index]) ?? 0,
        isEnding: entry.operation?.isEnding ?? false, outputName: outputNames.first { outputs[$0] == index })
    }
  }
}
