import Kernels

/// A graph as a plan runs it: few stored maps, and views of them for everything else.
///
/// A batch normalisation only measures the map below it. It and the activation after it become the map's *reading*:
/// whoever reads the map computes f(factor·x + term) on the way. Nearest-neighbour upsampling and concatenation become
/// parts of a view. An activation right after a convolution is applied as the convolution writes. So where consumers can
/// read views, a convolution leaves one stored map, whatever surrounds it; for the others, and where two consumers need
/// different readings of one map, a `WritingOut` step stores the view.
struct Lowering {
  private(set) var maps: [StoredMap] = []
  private(set) var steps: [Step] = []
  /// The stored map of each output of the graph, by its node.
  private(set) var outputs: [Int: Int] = [:]

  private let graph: Graph
  private let shapes: [[Int]]
  /// By node.
  private var views: [View] = []
  private var readers: [Int]
  private var written: [Int: Int] = [:]
  private let avoidsViews: Bool

  /// - Parameter avoidsViews: writes every view out, so that tests can compare.
  init(_ graph: Graph, shapes: [[Int]], avoidsViews: Bool = false) {
    self.graph = graph
    self.shapes = shapes
    self.avoidsViews = avoidsViews
    readers = [Int](repeating: 0, count: graph.entries.count)
    for entry in graph.entries {
      for (position, input) in entry.inputs.enumerated() where entry.operation?.reads(input: position) == true {
        readers[input] += 1
      }
    }
    for output in graph.outputs.values { readers[output] += 1 }
    for node in graph.entries.indices {
      let view = lower(node)
      views.append(avoidsViews && !isPlain(view) ? self.view(ofMap: writeOut(view, node)) : view)
    }
    for output in graph.outputs.values { outputs[output] = storedMap(of: output) }
  }

  private mutating func lower(_ node: Int) -> View {
    let entry = graph.entries[node]
    switch entry.operation {
    case nil:
      return view(ofMap: store(node, producer: nil))
    case let operation as BatchNormalization:
      let map = mapToRead(entry.inputs[0]) { $0.activation == nil && $0.normalization == nil }
      setReading(of: map, node, entry.parameters) { $0.normalization = operation }
      return view(ofMap: map)
    case let operation as Activating:
      let map = mapToRead(entry.inputs[0]) { $0.activation == nil }
      activate(map, operation.function, node)
      return view(ofMap: map)
    case is Concatenation:
      return View(
        parts: entry.inputs.flatMap { views[$0].parts },
        isExclusive: entry.inputs.count == 1 && isExclusive(entry.inputs[0]))
    case let operation as Upsampling where operation.mode == .nearest:
      let source = views[entry.inputs[0]]
      let isUpsampled = source.parts.contains { $0.repeats > 1 }
      let parts = isUpsampled ? [View.Part(map: storedMap(of: entry.inputs[0]))] : source.parts
      return View(
        parts: parts.map { View.Part(map: $0.map, repeats: operation.factor) },
        isExclusive: !isUpsampled && isExclusive(entry.inputs[0]))
    case let operation as any Computation:
      return view(ofMap: compute(operation, node, entry))
    case let operation?:
      preconditionFailure("\(operation.title) is either computed or a view")
    }
  }

  // MARK: Views

  private func view(ofMap map: Int) -> View { View(parts: [View.Part(map: map)], isExclusive: true) }

  /// Whether a node is all that reads the maps of this one.
  private func isExclusive(_ node: Int) -> Bool { views[node].isExclusive && readers[node] == 1 }

  /// Whether a view is a map as it is stored.
  private func isPlain(_ view: View) -> Bool {
    guard view.parts.count == 1, view.parts[0].repeats == 1 else { return false }
    return reading(of: view.parts[0].map)?.isPlain ?? true
  }

  private func summary(_ view: View) -> ViewSummary {
    ViewSummary(
      parts: view.parts.count, channels: view.parts.reduce(0) { $0 + maps[$1.map].shape[3] },
      repeats: view.parts.map(\.repeats).max() ?? 1)
  }

  // MARK: Maps

  private mutating func store(_ node: Int, producer: Int?) -> Int {
    maps.append(StoredMap(node: node, shape: shapes[node], producer: producer))
    return maps.count - 1
  }

  /// The map that `operation` makes of its inputs, by a new step.
  private mutating func compute(_ operation: any Computation, _ node: Int, _ entry: Graph.Entry) -> Int {
    let inputs = entry.inputs.enumerated().map { position, input -> [View.Part] in
      guard operation.reads(input: position) else { return [] }
      let view = views[input]
      return isPlain(view) || operation.canRead(summary(view)) ? view.parts : [View.Part(map: storedMap(of: input))]
    }
    let map = store(node, producer: steps.count)
    steps.append(
      Step(
        node: node, operation: operation, inputs: inputs, inputShapes: entry.inputs.map { shapes[$0] }, output: map,
        outputShape: shapes[node], parameters: entry.parameters))
    return map
  }

  /// A new map that holds the values of a node's view.
  private mutating func writeOut(_ view: View, _ node: Int) -> Int {
    let map = store(node, producer: steps.count)
    steps.append(
      Step(
        node: node, operation: WritingOut(), inputs: [view.parts], inputShapes: [shapes[node]], output: map,
        outputShape: shapes[node], parameters: 0..<0))
    return map
  }

  /// The map that holds a node's values as they are, written once for all who need it.
  private mutating func storedMap(of node: Int) -> Int {
    if isPlain(views[node]) { return views[node].parts[0].map }
    if let map = written[node] { return map }
    let map = writeOut(views[node], node)
    written[node] = map
    return map
  }

  // MARK: Readings

  private func reading(of map: Int) -> Reading? { maps[map].reading.flatMap { steps[$0].reading } }

  /// The map below a node whose reading a following layer may extend: the node's own one, if nobody else reads it and
  /// its reading has room, else a copy.
  private mutating func mapToRead(_ node: Int, ifRoom hasRoom: (Reading) -> Bool) -> Int {
    let view = views[node]
    if isExclusive(node), view.parts.count == 1, view.parts[0].repeats == 1,
      hasRoom(reading(of: view.parts[0].map) ?? Reading())
    {
      return view.parts[0].map
    }
    return writeOut(view, node)
  }

  /// Applies an activation to the values of a map: as it is written, if nothing comes between.
  private mutating func activate(_ map: Int, _ function: Activation, _ node: Int) {
    if maps[map].reading == nil, !avoidsViews, let producer = maps[map].producer,
      var operation = steps[producer].operation as? any ActivatingComputation
    {
      operation.outputActivation = function
      steps[producer].operation = operation
      setReading(of: map, node, 0..<0) { $0.applied = function }
    } else {
      setReading(of: map, node, 0..<0) { $0.activation = function }
    }
  }

  private mutating func setReading(
    of map: Int, _ node: Int, _ parameters: Range<Int>, _ change: (inout Reading) -> Void
  ) {
    var reading = reading(of: map) ?? Reading()
    change(&reading)
    if let index = maps[map].reading {
      steps[index].operation = reading
      if !parameters.isEmpty { (steps[index].node, steps[index].parameters) = (node, parameters) }
    } else {
      maps[map].reading = steps.count
      steps.append(
        Step(
          node: node, operation: reading, inputs: [], inputShapes: [maps[map].shape], output: map,
          outputShape: maps[map].shape, parameters: parameters))
    }
  }
}
