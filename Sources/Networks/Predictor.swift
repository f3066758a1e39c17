import Tensors

/// A network at work on image after image: its plans and their memory stay from one to the next.
///
/// Images run one by one in inference mode, so memory is that of one image and an image's result does not depend on its
/// neighbours in a batch.
public final class Predictor {
  private let model: Model
  private var parameters: Parameters
  private let workspace = Workspace()
  private let filters = KeptFilters()
  /// By the shapes of the inputs.
  private var plans: [[String: [Int]]: Plan] = [:]

  public init(_ model: Model) {
    self.model = model
    parameters = model.parameters
  }

  /// The probability of non-perfusion of every pixel, in [0, 1]: `[batch, height, width, 1]`.
  ///
  /// - Parameter images: `[batch, height, width, channels]`, values in [0, 1].
  /// - Throws: `notAGenerator`, `notABatch`, `channelsDiffer`, `sizeNotSupported`, `pixelsNotFinite`.
  public func predict(images: Tensor) throws(NetworkError) -> Tensor {
    guard model.architecture.isGenerator else { throw .notAGenerator(network: model.architecture.name) }
    return try outputs(for: [NetworkInput.image: images]).named(NetworkOutput.probability)
  }

  /// Every output of the network, by name.
  ///
  /// - Parameter inputs: a tensor `[batch, height, width, channels]` under each of the graph's input names, all of the
  ///   same batch, height and width.
  public func outputs(for inputs: [String: Tensor]) throws(NetworkError) -> [String: Tensor] {
    for tensor in inputs.values where tensor.shape.first == 0 || tensor.shape.first != inputs.values.first?.shape.first
    {
      throw .notABatch(shape: tensor.shape)
    }
    let plan = try plan(for: inputs.mapValues { $0.shape.isEmpty ? [] : [1] + $0.shape.dropFirst() })
    guard inputs.values.allSatisfy(\.isFinite) else { throw .pixelsNotFinite(network: model.architecture.name) }
    var results: [String: [Tensor]] = [:]
    for index in 0..<(inputs.values.first?.shape[0] ?? 0) {
      let item = inputs.mapValues { $0.item(index) }
      for (name, output) in plan.forward(item, &parameters, keeping: filters) {
        results[name, default: []].append(output)
      }
    }
    return results.mapValues { Tensor.stacked($0) }
  }

  private func plan(for shapes: [String: [Int]]) throws(NetworkError) -> Plan {
    if let plan = plans[shapes] { return plan }
    let plan = try model.plan(for: shapes, mode: .inference, workspace: workspace)
    plans[shapes] = plan
    return plan
  }
}

extension Model {
  /// As a `Predictor` does for one batch; who has many images keeps one.
  public func predict(images: Tensor) throws(NetworkError) -> Tensor {
    try Predictor(self).predict(images: images)
  }

  /// As a `Predictor` does for one batch.
  public func outputs(for inputs: [String: Tensor]) throws(NetworkError) -> [String: Tensor] {
    try Predictor(self).outputs(for: inputs)
  }
}
