import Base
import Kernels

/// A graph made ready to run on inputs of given shapes: order, views and memory are fixed.
///
/// A training plan runs `forward`, then at most once `backward`, which reuses the memory of maps it no longer needs.
public final class Plan {
  public let graph: Graph
  public let inputShapes: [String: [Int]]
  public let mode: Mode
  /// The images that the inputs hold, of which batch.
  let part: BatchPart
  /// Floats that must stay from the forward to the backward pass, if they lie apart; else 0.
  public var keptCount: Int { memory.keptCount }
  /// Floats of everything else: maps, and in training their gradients, with memory shared over time.
  public var arenaCount: Int { memory.transientCount }

  private let lowered: Lowering
  private let memory: PlanMemory
  private let workspace: Workspace
  private let kept: Workspace?
  private let sums: GradientSums
  /// The tensors last given, by map: kept alive, and never written, as a tensor is changed only where nobody shares it.
  private var inputs: [Int: Region] = [:]
  private var holdsForwardPass = false

  /// Throws where shapes do not fit, and names the layer; and where the maps are more than there is memory for, before any
  /// of it is taken.
  ///
  /// - Parameters:
  ///   - workspace: memory that other plans use too, at other times.
  ///   - kept: memory for what the backward pass needs of the forward pass, if other plans run in `workspace` between
  ///     the two.
  ///   - part: the images that the inputs hold, where others hold the rest of the batch; nil means all.
  public convenience init(
    _ graph: Graph, inputShapes: [String: [Int]], mode: Mode, workspace: Workspace = Workspace(),
    kept: Workspace? = nil, part: BatchPart? = nil
  ) throws(GraphError) {
    let lowered = Lowering(graph, shapes: try graph.shapes(for: inputShapes))
    let memory = PlanMemory(lowered, mode: mode, keptApart: kept != nil)
    // Gradients of a layer are summed over images beside the others.
    let largest = lowered.steps.map { $0.parameters.reduce(0) { $0 + graph.parameterSpecs[$1].count } }.max() ?? 0
    let part = part ?? BatchPart(whole: Self.images(in: inputShapes))
    let summed = mode == .training ? largest * GradientSums.mostVectors(of: part.images) : 0
    let floats =
      max(0, memory.transientCount - workspace.count) + max(0, memory.keptCount - (kept?.count ?? 0)) + summed
    do throws(MemoryError) {
      try AvailableMemory.require(
        bytes: floats * MemoryLayout<Float>.stride,
        for: mode == .training ? "a training step of this network" : "this network at work",
        hint: "smaller images, a smaller width" + (mode == .training ? " or a smaller batch need less" : " need less"))
    } catch {
      throw GraphError(error)
    }
    self.init(
      graph, lowered, memory, inputShapes: inputShapes, mode: mode, workspace: workspace, kept: kept, part: part)
  }

  /// A plan without views: every layer's map is written out. For tests of the views.
  package static func withoutViews(
    _ graph: Graph, inputShapes: [String: [Int]], mode: Mode
  ) throws(GraphError) -> Plan {
    let lowered = Lowering(graph, shapes: try graph.shapes(for: inputShapes), avoidsViews: true)
    return Plan(
      graph, lowered, PlanMemory(lowered, mode: mode, keptApart: false), inputShapes: inputShapes, mode: mode,
      workspace: Workspace(), kept: nil, part: BatchPart(whole: images(in: inputShapes)))
  }

  private init(
    _ graph: Graph, _ lowered: Lowering, _ memory: PlanMemory, inputShapes: [String: [Int]], mode: Mode,
    workspace: Workspace, kept: Workspace?, part: BatchPart
  ) {
    precondition(part.images.count == Self.images(in: inputShapes), "the inputs hold the part's images")
    self.part = part
    sums = GradientSums(part, memory: workspace.sums)
    self.graph = graph
    self.inputShapes = inputShapes
    self.mode = mode
    self.lowered = lowered
    self.workspace = workspace
    self.kept = kept
    self.memory = memory
    workspace.reserve(memory.transientCount)
    kept?.reserve(memory.keptCount)
  }

  private static func images(in inputShapes: [String: [Int]]) -> Int { inputShapes.values.first?.first ?? 1 }

  /// The shape of an output, which exists.
  public func outputShape(_ name: String) -> [Int] { lowered.maps[outputMap(name)].shape }

  /// The outputs for `inputs`, one tensor for every input of the graph. In training mode the running statistics in
  /// `parameters` move on. Whoever runs many passes with the same parameters gives them the same `filters`, which keep what
  /// is made of the parameters alone.
  public func forward(
    _ inputs: [String: Tensor], _ parameters: inout Parameters, keeping filters: KeptFilters? = nil
  ) -> [String: Tensor] {
    precondition(parameters.specs == graph.parameterSpecs, "the parameters are those of the graph")
    take(inputs)
    workspace.claim(by: self)
    kept?.claim(by: self)
    holdsForwardPass = true
    let regions = parameters.tensors.indices.map { index in
      mode == .training && !parameters.specs[index].isTrainable
        ? parameters.tensors[index].mutableRegion : parameters.tensors[index].region
    }
    for index in lowered.steps.indices {
      let step = lowered.steps[index]
      var site = site(of: index, .forward, parameters: Array(regions[step.parameters]))
      site.filterPlace = filters.map { FilterPlace($0, key: step.parameters.lowerBound) }
      Observer.watching(
        graph.entries[step.node].name, step.operation.title, .forward, floatingPointOperations: step.operationCount
      ) { step.operation.forward(site) }
    }
    var outputs: [String: Tensor] = [:]
    for name in graph.outputNames { outputs[name] = Tensor(outputShape(name), copying: map(outputMap(name), .forward)) }
    return outputs
  }

  /// The first layer whose map, or whose statistics, hold NaN or infinity when the network runs forward on `inputs`; nil if
  /// none do. For finding the cause once a loss is not finite: the pass is run again and then forgotten.
  public func firstLayerNotFinite(_ inputs: [String: Tensor], _ parameters: Parameters) -> String? {
    take(inputs)
    workspace.claim(by: self)
    kept?.claim(by: self)
    holdsForwardPass = false
    var unmoved = parameters
    let regions = unmoved.tensors.indices.map { unmoved.tensors[$0].mutableRegion }
    for index in lowered.steps.indices {
      let step = lowered.steps[index]
      let site = site(of: index, .forward, parameters: Array(regions[step.parameters]))
      step.operation.forward(site)
      let made = step.reading.map { $0.statistics(in: site.saved) } ?? site.output
      if !part.allHold(Reduction.isFinite(made)) { return graph.entries[step.node].name }
    }
    return nil
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
    precondition((kept ?? workspace).isClaimed(by: self), "no other plan has used the memory since the forward pass")
    if let gradients { precondition(gradients.specs == graph.parameterSpecs, "the gradients are those of the graph") }
    holdsForwardPass = false
    workspace.claim(by: self)
    let useful = usefulGradients(ofParameters: gradients != nil, inputs: wanted)
    var written = [Bool](repeating: false, count: lowered.maps.count)
    for name in outputGradients.keys.sorted() { seed(name, outputGradients[name]!, &written) }

    for index in lowered.steps.indices.reversed() {
      for cheap in memory.recomputations[index] ?? [] { recompute(cheap, parameters) }
      let step = lowered.steps[index]
      guard written[step.output], useful[step.output] else { continue }
      var site = site(of: index, .backward, parameters: parameters.tensors[step.parameters].map(\.region))
      site.inputGradients = step.inputs.map { parts in
        parts.map { part in
          guard useful[part.map] else { return nil }
          defer { written[part.map] = true }
          return Gradient(region: gradient(part.map), accumulating: written[part.map])
        }
      }
      if gradients != nil {
        site.parameterGradients = step.parameters.map { gradients!.tensors[$0].mutableRegion }
      }
      Observer.watching(
        graph.entries[step.node].name, step.operation.title, .backward,
        floatingPointOperations: step.operationCount * site.wantedGradients
      ) { step.operation.backward(site) }
      sums.progress()
    }
    if !part.isWhole { Observer.watching("gradients", "waiting for other ranks", .backward) { sums.finish() } }
    return inputGradients(wanted, written)
  }

  // MARK: Memory

  private func region(_ place: PlanMemory.Place) -> Region {
    let arena = place.isKept ? kept ?? workspace : workspace
    return Region(arena.storage, offset: place.offset, count: place.count)
  }

  private enum Pass { case forward, backward }

  private func map(_ index: Int, _ pass: Pass) -> Region {
    if let input = inputs[index] { return input }
    let again = pass == .backward ? memory.recomputedMaps[index] : nil
    return region(again ?? memory.maps[index])
  }

  private func gradient(_ map: Int) -> Region { region(memory.gradients[map]) }

  private func site(of index: Int, _ pass: Pass, parameters: [Region]) -> Site {
    let step = lowered.steps[index]
    return Site(
      mode: mode, part: part, sums: sums, inputShapes: step.inputShapes, outputShape: step.outputShape,
      inputs: step.inputs.map { $0.map { part($0, pass) } }, output: map(step.output, pass),
      saved: region(memory.saved[index]), parameters: parameters, outputGradient: gradient(step.output))
  }

  /// A part as kernels read it.
  private func part(_ part: View.Part, _ pass: Pass) -> MapPart {
    let stored = lowered.maps[part.map]
    guard let index = stored.reading, let reading = lowered.steps[index].reading else {
      return MapPart(map(part.map, pass), channels: stored.shape[3], repeats: part.repeats)
    }
    return reading.part(
      map(part.map, pass), channels: stored.shape[3], notes: region(memory.saved[index]), repeats: part.repeats)
  }

  /// Runs a step of the forward pass again for the backward pass.
  private func recompute(_ index: Int, _ parameters: Parameters) {
    let step = lowered.steps[index]
    let site = site(of: index, .backward, parameters: parameters.tensors[step.parameters].map(\.region))
    Observer.watching(
      graph.entries[step.node].name, step.operation.title + " again", .backward,
      floatingPointOperations: step.operationCount
    ) { step.operation.forward(site) }
  }

  // MARK: Inputs and outputs

  private func take(_ tensors: [String: Tensor]) {
    for (index, map) in lowered.maps.enumerated() where map.producer == nil {
      let name = graph.entries[map.node].name
      guard let tensor = tensors[name] else { preconditionFailure("input \(name) is given") }
      precondition(tensor.shape == map.shape, "input \(name) has the plan's shape \(map.shape)")
      inputs[index] = tensor.region
    }
  }

  private func outputMap(_ name: String) -> Int {
    guard let node = graph.outputs[name], let map = lowered.outputs[node] else {
      preconditionFailure("the graph has an output \(name)")
    }
    return map
  }

  private func seed(_ name: String, _ gradient: Tensor, _ written: inout [Bool]) {
    let map = outputMap(name)
    precondition(gradient.shape == lowered.maps[map].shape, "the gradient of \(name) has its shape")
    if written[map] {
      Elementwise.accumulate(gradient.region, into: self.gradient(map))
    } else {
      self.gradient(map).copy(gradient.region)
    }
    written[map] = true
  }

  /// For each map whether its gradient leads to a parameter or an input that is wanted.
  private func usefulGradients(ofParameters: Bool, inputs: Set<String>) -> [Bool] {
    var useful = lowered.maps.map { $0.producer == nil && inputs.contains(graph.entries[$0.node].name) }
    for step in lowered.steps {
      if ofParameters && !step.parameters.isEmpty || step.inputs.joined().contains(where: { useful[$0.map] }) {
        useful[step.output] = true
      }
    }
    return useful
  }

  private func inputGradients(_ wanted: Set<String>, _ written: [Bool]) -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for (index, map) in lowered.maps.enumerated() where map.producer == nil {
      let name = graph.entries[map.node].name
      guard wanted.contains(name) else { continue }
      result[name] = written[index] ? Tensor(map.shape, copying: gradient(index)) : Tensor(map.shape)
    }
    return result
  }
}

extension Site {
  /// How often the backward pass does the forward pass's work: for the inputs, for the weights.
  fileprivate var wantedGradients: Int {
    (inputGradients.joined().contains { $0 != nil } ? 1 : 0) + (parameterGradients?.isEmpty == false ? 1 : 0)
  }
}
