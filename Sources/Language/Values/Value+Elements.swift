extension Value {
  /// A plain number without a fraction, as an integer.
  var wholeNumber: Int? {
    guard case .number(let number, .one) = self, number == number.rounded(), abs(number) < 1e15 else { return nil }
    return Int(number)
  }

  /// How many elements `for` goes through; `nil` when it can't.
  var elementCount: Int? {
    switch self {
    case .list(let elements): elements.count
    case .range(let range): range.count
    case .object(let object): object.count
    default: nil
    }
  }

  /// The element at an index below `elementCount`.
  func element(at index: Int) throws -> Value {
    switch self {
    case .list(let elements): elements[index]
    case .range(let range): .number(Double(range.lowerBound + index))
    case .object(let object): try object.element(at: index)
    default: throw ValueProblem.notIndexable(Known(self))
    }
  }

  /// `value[index]`: an element, the elements of a range, or the field of a record.
  func element(at index: Value) throws -> Value {
    if case .record(let record) = self {
      guard case .text(let name) = index else { throw ValueProblem.indexKind(Known(index), expected: "a field's name") }
      guard let field = record[name] else { throw ValueProblem.unknownField(name, fields: record.names) }
      return field
    }
    guard let count = elementCount else { throw ValueProblem.notIndexable(Known(self)) }
    func checked(_ position: Int) throws -> Int {
      guard (0..<count).contains(position) else { throw ValueProblem.indexOutOfRange(position, count: count) }
      return position
    }
    if case .range(let range) = index {
      _ = try checked(range.lowerBound)
      _ = try checked(range.upperBound)
      return .list(try range.map { try element(at: $0) })
    }
    guard let position = index.wholeNumber else {
      throw ValueProblem.indexKind(Known(index), expected: "a whole number or a range")
    }
    return try element(at: checked(position))
  }

  /// `value.name`: a field of a record, a declared member, or `count` of what has elements.
  func member(_ name: String) throws -> Value {
    switch self {
    case .record(let record):
      if let field = record[name] { return field }
      if name == "count" { return .number(Double(record.names.count)) }
      throw ValueProblem.noMember(name, Known(self), members: record.names)
    case .object(let object):
      let type = type(of: object)
      if type.members.contains(where: { $0.name == name }) { return try object.member(name) }
      if name == "count", let count = object.count { return .number(Double(count)) }
      throw ValueProblem.noMember(name, Known(self), members: type.members.map(\.name))
    case .text(let text) where name == "count": return .number(Double(text.count))
    default:
      if name == "count", let count = elementCount { return .number(Double(count)) }
      throw ValueProblem.noMember(name, Known(self), members: kind.plainMembers)
    }
  }
}

extension Kind {
  /// What may stand after the dot of a value that is not plugged in.
  var plainMembers: [String] {
    switch self {
    case .list, .text, .range, .record: ["count"]
    default: []
    }
  }
}
