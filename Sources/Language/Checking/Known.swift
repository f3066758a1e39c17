/// What is known of a value without running, or all of it where it is constant.
struct Known: Sendable {
  var kind: Kind
  var constant: Value?
  /// The unit of a number, where it is known.
  var unit: Unit?
  /// What a call of it takes and gives, where it is a known function.
  var callable: Callable?

  static let any = Known(.any)

  init(_ kind: Kind, unit: Unit? = nil, callable: Callable? = nil) {
    self.kind = kind
    self.unit = unit
    self.callable = callable
  }

  init(_ value: Value) {
    kind = value.kind
    constant = value
    if case .number(_, let unit) = value { self.unit = unit }
    if case .function(let function) = value { callable = Callable(function) }
  }

  /// What is known of a value that is either this or the other.
  func joined(with other: Known) -> Known {
    var result = Known(kind.joined(with: other.kind))
    if unit == other.unit { result.unit = unit }
    return result
  }

  /// The same without its value: that of a later turn of a loop may differ.
  var widened: Known { Known(kind, unit: unit, callable: callable) }
}

/// A function whose parameters are known.
indirect enum Callable: Sendable {
  case command(Command)
  case definition(Signature, result: Known)

  init(_ function: Function) {
    switch function.target {
    case .command(let command): self = .command(command)
    case .definition(let definition, _, _): self = .definition(Signature(definition), result: .any)
    }
  }

  var signature: Signature {
    switch self {
    case .command(let command): Signature(command)
    case .definition(let signature, _): signature
    }
  }
}

extension Value {
  /// The kind of a value at hand.
  public var kind: Kind {
    switch self {
    case .none: .none
    case .truth: .truth
    case .number: .number
    case .text: .text
    case .list(let elements):
      .list(of: elements.isEmpty ? .any : elements.dropFirst().reduce(elements[0].kind) { $0.joined(with: $1.kind) })
    case .record: .record
    case .range: .range
    case .function: .function
    case .object(let object): .object(type(of: object).typeName)
    }
  }
}

extension Kind {
  /// The kind of a value that is of one or the other.
  func joined(with other: Kind) -> Kind {
    if self == other { return self }
    if self == .any || other == .any { return .any }
    var alternatives: [Kind] = []
    for kind in self.alternatives + other.alternatives where !alternatives.contains(kind) { alternatives.append(kind) }
    return alternatives.count > 8 ? .any : .oneOf(alternatives)
  }

  var alternatives: [Kind] {
    if case .oneOf(let kinds) = self { kinds } else { [self] }
  }
}
