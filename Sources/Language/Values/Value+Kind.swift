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
