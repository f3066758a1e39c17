import Kernels

/// A graph made ready to run on inputs of given shapes: order, fusions and memory are fixed, one arena holds all maps.
///
/// A training plan runs `forward`, then at most once `backward`, which reuses the memory of maps it no longer needs.
public final class Plan {
  public let graph: Graph
  public let inputShapes: [String: [Int]]
  public let mode: Mode
  /// Floats in the arena: all maps, and in training their gradients, with memory shared over time.
  public let arenaCount: Int

  private let shapes: [[Int]]
  private let steps: [Step]
  private var sites: [Site]
  /// The map of each node; of an input, the tensor last given.
  private var maps: [Region]
  private let gradients: [Region]
  private var holdsForwardPass = false

  /// Throws where shapes do not fit; the error names the layer.
  public init(_ graph: Graph, inputShapes: [String: [Int]], mode: Mode) throws(GraphError) {
    self.graph = graph
    self.inputShapes = inputShapes
    self.mode = mode
    shapes = try graph.shapes(for: inputShapes)
    steps = graph.steps()
    let memory = PlanMemory(steps: steps, shapes: shapes, outputs: Set(graph.outputs.values), mode: mode)
    arenaCount = memory.arenaCount
    maps = memory.maps
    gradients = memory.gradients
    sites = []
    for (index, step) in steps.enumerated() {
      sites.append(
        Site(
          mode: mode, inputShapes: step.inputs.map { shapes[$0] }, outputShape: shapes[step.node],
          inputs: step.inputs.map { maps[$0] }, output: maps[step.node], saved: memory.saved[index],
          outputGradient: gradients[step.node]))
    }
  }

  /// The shape of an output, which exists.
  public func outputShape(_ name: String) -> [Int] { shapes[graph.outputs[name]!] }

  /// The outputs for `inputs`, one tensor for every input of the graph. In training mode the running statistics in
  /// `parameters` move on.
  public func forward(_ inputs: [String: Tensor], _ parameters: inout Parameters) -> [String: Tensor] {
    precondition(parameters.specs == graph.parameterSpecs, "the parameters are those of the graph")
    take(inputs)
    holdsForwardPass = true
    let regions = parameters.tensors.indices.map { index in
      mode == .training && !parameters.specs[index].isTrainable
        ? parameters.tensors[index].mutableRegion : parameters.tensors[index].region
    }
    for (index, step) in steps.enumerated() {
      sites[index].parameters = Array(regions[step.parameters])
      Observer.watching(
        graph.entries[step.node].name, step.operation.title, .forward, floatingPointOperations: operationCount(step)
      ) { step.operation.forward(sites[index]) }
    }
    return graph.outputs.mapValues { Tensor(shapes[$0], copying: maps[$0]) }
  }

  /// Gradients of the last forward pass: of `Σ outputGradients · outputs`. Outputs without a gradient count as zero.
  ///
  /// Adds the parameters' gradients to `gradients` unless it is nil, and returns those of the `wanted` inputs. What
  /// nobody wants is not computed. `parameters` are those of the forward pass.
  public func backward(
    _ outputGradients: [String: Tensor], _ parameters: Parameters, into gradients: inout Parameters?,
    wanting wanted: Set<String> = []
  ) -> [String: Tensor] {
    precondition(mode == .training && holdsForwardPass, "a backward pass follows a forward pass of a training plan")
    holdsForwardPass = false
    if let gradients { precondition(gradients.specs == graph.parameterSpecs, "the gradients are those of the graph") }
    let useful = usefulGradients(ofParameters: gradients != nil, inputs: wanted)
    var written = [Bool](repeating: false, count: shapes.count)
    for name in outputGradients.keys.sorted() { seed(name, outputGradients[name]!, &written) }

    for index in steps.indices.reversed() {
      let step = steps[index]
      guard written[step.node], useful[step.node] else { continue }
      var site = sites[index]
      site.parameters = parameters.tensors[step.parameters].map(\.region)
      site.inputGradients = step.inputs.enumerated().map { position, input in
        guard useful[input], step.operation.hasGradient(input: position) else { return nil }
        defer { written[input] = true }
        return Gradient(region: self.gradients[input], accumulating: written[input])
      }
      if gradients != nil {
        site.parameterGradients = step.parameters.map { gradients!.tensors[$0].mutableRegion }
      }
      Observer.watching(
        graph.entries[step.node].name, step.operation.title, .backward,
        floatingPointOperations: operationCount(step) * site.wantedGradients
      ) { step.operation.backward(site) }
    }
    return inputGradients(wanted, written)
  }

  private func operationCount(_ step: Step) -> Int {
    step.operation.operationCount(step.inputs.map { shapes[$0] }, output: shapes[step.node])
  }

  private func take(_ inputs: [String: Tensor]) {
    for (node, entry) in graph.entries.enumerated() where entry.operation == nil {
      guard let tensor = inputs[entry.name] else { preconditionFailure("input \(entry.name) is given") }
      precondition(tensor.shape == shapes[node], "input \(entry.name) has the plan's shape \(shapes[node])")
      maps[node] = tensor.region  // kept alive, and never written: a tensor is changed only where nobody shares it
    }
    for (index, step) in steps.enumerated() {
      for (position, input) in step.inputs.enumerated() where graph.entries[input].operation == nil {
        sites[index].inputs[position] = maps[input]
      }
    }
  }

  private func seed(_ name: String, _ gradient: Tensor, _ written: inout [Bool]) {
    guard let node = graph.outputs[name] else { preconditionFailure("the graph has an output \(name)") }
    precondition(gradient.shape == shapes[node], "the gradient of \(name) has its shape")
    if written[node] {
      Elementwise.accumulate(gradient.region, into: gradients[node])
    } else {
      gradients[node].copy(gradient.region)
    }
    written[node] = true
  }

  /// For each node whether its gradient leads to a parameter or an input that is wanted.
  private func usefulGradients(ofParameters: Bool, inputs: Set<String>) -> [Bool] {
    var useful = graph.entries.map { $0.operation == nil && inputs.contains($0.name) }
    for step in steps {
      useful[step.node] =
        (ofParameters && !step.parameters.isEmpty)
        || step.inputs.enumerated().contains { useful[$1] && step.operation.hasGradient(input: $0) }
    }
    return useful
  }

  private func inputGradients(_ wanted: Set<String>, _ written: [Bool]) -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for (node, entry) in graph.entries.enumerated() where entry.operation == nil && wanted.contains(entry.name) {
      result[entry.name] = written[node] ? Tensor(shapes[node], copying: gradients[node]) : Tensor(shapes[node])
    }
    return result
  }
}

extension Site {
  /// How often the backward pass does the forward pass's work: for the inputs, for the weights.
  fileprivate var wantedGradients: Int {
    (inputGradients.contains { $0 != nil } ? 1 : 0) + (parameterGradients?.isEmpty == false ? 1 : 0)
  }
}
