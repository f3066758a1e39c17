import Tensors

/// What a learner's next step depends on, besides its batch.
package struct LearnerState: Sendable {
  package var model: Model
  package var adam: AdamState
}

/// A network that learns: its weights, their gradients, Adam's moments, and one plan a batch shape.
///
/// One half-step is any number of (`forward`, `backward`) whose gradients add up, then `descend`.
package struct Learner {
  package private(set) var model: Model
  private let options: TrainingOptions
  /// Nil where nothing has been gathered and others may have the memory.
  private var gradients: Parameters?
  private let releasesGradients: Bool
  private var adam: AdamState
  private var plans: [[Int]: Plan] = [:]
  /// The plan that went forward last, whose activations the backward pass reads, and what it was given.
  private var plan: Plan?
  private var inputs: [String: Tensor] = [:]
  private let workspace: Workspace
  private let kept: Workspace?

  /// - Parameters:
  ///   - workspace: memory that several learners use in turns.
  ///   - kept: memory for what must stay from a forward to its backward pass; needed by a learner that others interrupt
  ///     between the two.
  ///   - releasesGradients: gives the gradients' memory back after each step, for a learner that takes turns with another.
  init(
    _ model: Model, options: TrainingOptions, workspace: Workspace = Workspace(), kept: Workspace? = nil,
    releasesGradients: Bool = false
  ) {
    self.model = model
    self.options = options
    self.workspace = workspace
    self.kept = kept
    self.releasesGradients = releasesGradients
    adam = AdamState(for: model.parameters)
  }

  /// The outputs in training mode for a part of a batch. The running statistics of batch norm and the power iterations of
  /// spectral normalisation move on if `movesStatistics`.
  mutating func forward(
    _ inputs: [String: Tensor], _ part: BatchPart, movesStatistics: Bool = true
  ) throws(StepError) -> [String: Tensor] {
    let plan = try plan(for: inputs, part)
    self.plan = plan
    self.inputs = inputs
    if movesStatistics { return plan.forward(inputs, &model.parameters) }
    var unmoved = model.parameters
    return plan.forward(inputs, &unmoved)
  }

  /// One output in training mode.
  mutating func forward(_ inputs: [String: Tensor], _ part: BatchPart, output: String) throws(StepError) -> Tensor {
    try forward(inputs, part).named(output)
  }

  /// Adds the weights' gradients of the last forward pass.
  mutating func backward(_ outputGradients: [String: Tensor]) {
    if gradients == nil { gradients = .zeros(like: model.parameters) }
    _ = lastPlan.backward(outputGradients, model.parameters, into: &gradients)
  }

  /// The gradient of the last forward pass with respect to one input; the weights' gradients are not computed.
  func inputGradient(_ outputGradients: [String: Tensor], of input: String) -> Tensor {
    var none: Parameters?
    let wanted = lastPlan.backward(
      outputGradients, model.parameters, into: &none, wanting: [input])
    return wanted.named(input)
  }

  /// One step of Adam along the gradients gathered, which start again from zero. They are those of the whole batch, so that
  /// ranks which share it all take the same step.
  ///
  /// - Parameter rateShare: of the initial learning rate.
  mutating func descend(rateShare: Float = 1) throws(StepError) {
    guard var sum = gradients.take() else { preconditionFailure("a step follows a backward pass") }
    let firstNotFinite = adamStep(
      parameters: &model.parameters, clearing: &sum, state: &adam, rate: options.rate * rateShare, beta1: options.beta1,
      beta2: options.beta2, epsilon: options.epsilon)
    if !releasesGradients { gradients = sum }
    if let firstNotFinite { throw .notFinite(loss: "the gradient", layer: nil, parameter: firstNotFinite) }
  }

  /// The Euclidean norms of the gradients gathered, a parameter each, in the graph's order.
  var gradientNorms: [StepTrace.GradientNorm] {
    guard let gradients else { return [] }
    return gradients.specs.filter(\.isTrainable).map { spec in
      let squares = gradients[spec.name].values.reduce(0.0) { $0 + Double($1) * Double($1) }
      return StepTrace.GradientNorm(parameter: spec.name, norm: squares.squareRoot())
    }
  }

  /// Throws `notFinite` for a loss that is NaN or infinite, naming the first layer that made such a number and the first
  /// weights that hold one.
  func checkFinite(_ loss: Double, named name: String) throws(StepError) {
    guard !loss.isFinite else { return }
    let layer = plan?.firstLayerNotFinite(inputs, model.parameters)
    throw .notFinite(loss: name, layer: layer, parameter: firstNotFinite(in: model.parameters))
  }

  var state: LearnerState { LearnerState(model: model, adam: adam) }

  mutating func restore(_ state: LearnerState) {
    model = state.model
    adam = state.adam
  }

  private func firstNotFinite(in parameters: Parameters) -> String? {
    parameters.names.first { !parameters[$0].isFinite }
  }

  private var lastPlan: Plan {
    guard let plan else { preconditionFailure("a backward pass follows a forward pass") }
    return plan
  }

  /// The plan for batches of this shape, made when the first one comes: an epoch's last batch may be smaller. The key is the
  /// same on all ranks that share batches, whose parts may differ, so that they make theirs together.
  private mutating func plan(for inputs: [String: Tensor], _ part: BatchPart) throws(StepError) -> Plan {
    let shapes = inputs.mapValues(\.shape)
    let key = [part.count] + model.graph.inputNames.flatMap { (shapes[$0] ?? []).dropFirst() }
    if let plan = plans[key] { return plan }
    do throws(NetworkError) {
      let plan = try model.plan(for: shapes, mode: .training, workspace: workspace, kept: kept, part: part)
      plans[key] = plan
      return plan
    } catch {
      throw .network(error)
    }
  }
}

extension [String: Tensor] {
  /// The tensor under a name that is there.
  func named(_ name: String) -> Tensor {
    guard let tensor = self[name] else { preconditionFailure("the network has no \(name)") }
    return tensor
  }
}
