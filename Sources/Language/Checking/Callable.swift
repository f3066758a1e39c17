/// A function whose parameters are known.
enum Callable: Sendable {
  case command(Command)
  indirect case definition(KnownDefinition)

  init(_ function: Function) {
    switch function.target {
    case .command(let command): self = .command(command)
    case .definition(let definition, let captured, let defaults):
      self = .definition(KnownDefinition(definition, captured: captured, defaults: defaults))
    }
  }

  var signature: Signature {
    switch self {
    case .command(let command): command.signature
    case .definition(let known): known.signature
    }
  }
}

/// A `def` with what is known of the outer names its body reads, of its defaults, and of what it gives.
struct KnownDefinition: Sendable {
  let definition: Definition
  let signature: Signature
  let captured: [String: Known]
  let defaults: [String: Known]
  /// For arguments of which nothing is known.
  var result: Known

  init(_ definition: Definition, captured: [String: Known], defaults: [String: Known], result: Known) {
    self.definition = definition
    self.captured = captured
    self.defaults = defaults
    self.result = result
    signature = Signature(definition)
  }

  /// One that a session holds.
  init(_ definition: Definition, captured: Record, defaults: Record) {
    func known(_ record: Record) -> [String: Known] {
      Dictionary(uniqueKeysWithValues: record.names.map { ($0, Known(record[$0] ?? .none)) })
    }
    self.init(definition, captured: known(captured), defaults: known(defaults), result: .any)
  }
}
