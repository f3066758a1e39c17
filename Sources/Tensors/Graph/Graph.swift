/// A place in a graph: the map an operation produces.
public struct Node: Sendable, Hashable {
  let index: Int
  /// Channels of the map.
  public let channels: Int
}

/// A network as a static graph of operations on maps `[batch, height, width, channels]`, free of any size but the channels.
///
/// Build it node by node, each with a name of its own; a `Plan` runs it on given shapes.
public struct Graph: Sendable {
  public let name: String
  var entries: [Entry] = []
  public private(set) var inputNames: [String] = []
  public private(set) var outputNames: [String] = []
  var outputs: [String: Int] = [:]
  public private(set) var parameterSpecs: [ParameterSpec] = []

  struct Entry: Sendable {
    let name: String
    /// Nil for an input of the graph.
    let operation: (any Operation)?
    let inputs: [Int]
    let channels: Int
    /// Positions of its parameters in `parameterSpecs`.
    let parameters: Range<Int>
  }

  public init(name: String) { self.name = name }

  /// The maps the network is given under that name.
  public mutating func input(_ name: String, channels: Int) -> Node {
    precondition(!inputNames.contains(name) && channels > 0, "an input has a name of its own and channels")
    inputNames.append(name)
    return append(Entry(name: name, operation: nil, inputs: [], channels: channels, parameters: 0..<0))
  }

  /// Gives a map out under a name.
  public mutating func output(_ name: String, _ x: Node) {
    precondition(outputs[name] == nil, "an output has a name of its own")
    outputNames.append(name)
    outputs[name] = x.index
  }

  /// The node that `operation` makes of `inputs`.
  mutating func add(_ operation: any Operation, _ inputs: [Node], channels: Int, name: String?) -> Node {
    let name = name ?? "\(operation.title.prefix { $0 != " " })-\(entries.count)"
    let specs = operation.parameters(layer: name)
    let start = parameterSpecs.count
    for spec in specs {
      precondition(!parameterSpecs.contains { $0.name == spec.name }, "two layers are called \(name)")
    }
    parameterSpecs += specs
    return append(
      Entry(
        name: name, operation: operation, inputs: inputs.map(\.index), channels: channels,
        parameters: start..<parameterSpecs.count))
  }

  private mutating func append(_ entry: Entry) -> Node {
    entries.append(entry)
    return Node(index: entries.count - 1, channels: entry.channels)
  }
}
