import Tensors

extension Model {
  /// The probability of non-perfusion of every pixel, in [0, 1]: `[batch, height, width, 1]`.
  ///
  /// Runs in inference mode, one image after the other over one plan, so memory is that of one image and an image's
  /// result does not depend on its neighbours in the batch.
  ///
  /// - Parameter images: `[batch, height, width, channels]`, values in [0, 1].
  /// - Throws: `notAGenerator`, `notABatch`, `channelsDiffer`, `sizeNotSupported`,
  ///   `pixelsNotFinite`.
  public func predict(images: Tensor) throws(NetworkError) -> Tensor {
    guard architecture.isGenerator else { throw .notAGenerator(network: architecture.name) }
    return try outputs(for: [NetworkInput.image: images]).named(NetworkOutput.probability)
  }

  /// Every output of the network in inference mode, by name.
  ///
  /// - Parameter inputs: a tensor `[batch, height, width, channels]` under each of the graph's input names, all of the
  ///   same batch, height and width.
  public func outputs(for inputs: [String: Tensor]) throws(NetworkError) -> [String: Tensor] {
    let single = inputs.mapValues { $0.shape.isEmpty ? [] : [1] + $0.shape.dropFirst() }
    let plan = try plan(for: single, mode: .inference)
    guard inputs.values.allSatisfy(\.isFinite) else { throw .pixelsNotFinite(network: architecture.name) }
    // In inference mode nothing is written to the parameters.
    var weights = parameters
    var results: [String: [Tensor]] = [:]
    let batch = inputs.values.first?.shape[0] ?? 0
    for index in 0..<batch {
      for (name, output) in plan.forward(inputs.mapValues { $0.item(index) }, &weights) {
        results[name, default: []].append(output)
      }
    }
    return results.mapValues { Tensor.stacked($0) }
  }
}
