import Kernels

/// A view of stored maps, which is what most nodes of a graph become: the channels of its parts side by side.
struct View {
  var parts: [Part]
  /// Whether no other node's value is read from these maps.
  var isExclusive: Bool

  /// A stored map, each pixel `repeats` × `repeats` times, with the reading that the map has.
  struct Part {
    let map: Int
    var repeats = 1
  }
}

/// A map that a plan stores: an input of the graph, or what a step writes.
struct StoredMap {
  /// The node whose shape it has.
  let node: Int
  let shape: [Int]
  /// The step that writes it; nil for an input.
  let producer: Int?
  /// The step, of a `Reading`, that says what its numbers stand for; nil when for themselves.
  var reading: Int?

  var count: Int { shape.reduce(1, *) }
}

/// One operation of a plan: which maps it reads, which it writes, which parameters it has.
struct Step {
  /// The node it is named after.
  var node: Int
  var operation: any Computation
  /// The parts of each input.
  let inputs: [[View.Part]]
  let inputShapes: [[Int]]
  /// The map it writes; of a reading, the map it is about.
  let output: Int
  let outputShape: [Int]
  /// Positions in the graph's parameter list.
  var parameters: Range<Int>

  var operationCount: Int { operation.operationCount(inputShapes, output: outputShape) }
  var reading: Reading? { operation as? Reading }
}
