/// What is known of a value without running, or all of it where it is constant.
///
/// Values that are not constant may still be known in part: a plugged-in value by its facts, a list by what is known of
/// each element, a record by what is known of each field.
public struct Known: Sendable {
  public internal(set) var kind: Kind
  public internal(set) var constant: Value?
  /// The unit of a number, where it is known.
  var unit: Unit?
  /// What a call of it takes and gives, where it is a known function.
  var callable: Callable?
  /// What is known inside of a value that is not constant.
  private var inside: Inside?

  private indirect enum Inside: Sendable {
    case facts(any Facts)
    case elements([Known])
    case fields(names: [String], [String: Known])
  }

  /// Nothing at all.
  public static let any = Known(Kind.any)

  /// Elements of longer lists are not told apart.
  static let mostElements = 1000

  init(_ kind: Kind, unit: Unit?) {
    self.kind = kind
    self.unit = unit
  }

  init(callable: Callable) {
    kind = .function
    self.callable = callable
  }

  /// A value of that kind; of a plugged-in type with what is known of it.
  public init(_ kind: Kind, facts: (any Facts)? = nil) {
    self.kind = kind
    inside = facts.map { .facts($0) }
  }

  public init(_ value: Value) {
    kind = value.kind
    constant = value
    if case .number(_, let unit) = value { self.unit = unit }
    if case .function(let function) = value { callable = Callable(function) }
  }

  /// A list of as many elements.
  public init(elements: [Known]) {
    let constants = elements.compactMap(\.constant)
    if constants.count == elements.count, elements.count <= Self.mostElements {
      self.init(.list(constants))
      return
    }
    let kinds = elements.map(\.kind)
    self.init(.list(of: kinds.dropFirst().reduce(kinds.first ?? .any) { $0.joined(with: $1) }))
    if elements.count <= Self.mostElements { inside = .elements(elements) }
  }

  /// A record with these fields, in their order; of a repeated name the last counts.
  public init(fields: [(name: String, value: Known)]) {
    var record = Record()
    var values: [String: Known] = [:]
    for (name, value) in fields {
      record[name] = value.constant ?? Value.none
      values[name] = value
    }
    if values.values.allSatisfy({ $0.constant != nil }) {
      self.init(.record(record))
    } else {
      self.init(.record)
      inside = .fields(names: record.names, values)
    }
  }

  /// What is known of a plugged-in value.
  public var facts: (any Facts)? {
    if case .facts(let facts) = inside { return facts }
    if case .object(let object) = constant { return object.facts }
    return nil
  }

  /// What is known of each element of a list, where their number is known.
  public var elements: [Known]? {
    if case .elements(let elements) = inside { return elements }
    guard case .list(let values) = constant, values.count <= Self.mostElements else { return nil }
    return values.map { Known($0) }
  }

  /// What is known of each field of a record, where their names are known.
  public var fields: [(name: String, value: Known)]? {
    if case .fields(let names, let values) = inside { return names.map { ($0, values[$0] ?? .any) } }
    guard case .record(let record) = constant else { return nil }
    return record.names.map { ($0, Known(record[$0] ?? .none)) }
  }

  /// A field of a record whose fields are known.
  func field(_ name: String) -> Known? {
    if case .fields(_, let values) = inside { return values[name] }
    guard case .record(let record) = constant else { return nil }
    return record[name].map { Known($0) }
  }
}

/// What is known of a plugged-in value without having it. The language carries facts from call to call and doesn't look
/// inside.
public protocol Facts: Sendable {
  /// What is known of a value of which these or the other facts hold; `nil` where that is nothing.
  func joined(with other: any Facts) -> (any Facts)?
  /// What is known of a declared member, and what is wrong with asking for it; the declared kind where it is `nil`.
  func member(_ name: String) -> (known: Known?, finding: CheckFinding?)
  /// What is known of every element.
  var element: Known? { get }
  /// Which of the declared members there are, where that depends on the value.
  var members: [String]? { get }
}

extension Facts {
  public func member(_ name: String) -> (known: Known?, finding: CheckFinding?) { (nil, nil) }
  public var element: Known? { nil }
  public var members: [String]? { nil }
}

extension Known {
  /// What is known of a value that is either this or the other.
  func joined(with other: Known) -> Known {
    if isSame(as: other) { return self }
    var result = Known(kind.joined(with: other.kind))
    if unit == other.unit { result.unit = unit }
    if let mine = facts, let theirs = other.facts {
      result.inside = mine.joined(with: theirs).map { .facts($0) }
    } else if let mine = elements, let theirs = other.elements, mine.count == theirs.count {
      result.inside = .elements(zip(mine, theirs).map { $0.joined(with: $1) })
    } else if let mine = fields, let theirs = other.fields, mine.map(\.name) == theirs.map(\.name) {
      let values = zip(mine, theirs).map { ($0.name, $0.value.joined(with: $1.value)) }
      result.inside = .fields(names: mine.map(\.name), Dictionary(values) { first, _ in first })
    }
    return result
  }

  /// Whether both say the same, as far as that can be told cheaply.
  private func isSame(as other: Known) -> Bool {
    guard kind == other.kind, unit == other.unit, inside == nil, other.inside == nil else { return false }
    switch (constant, other.constant) {
    case (nil, nil): return callable == nil && other.callable == nil
    case (.some(.none), .some(.none)): return true
    case (.some(.number(let first, _)), .some(.number(let second, _))): return first == second
    case (.some(.text(let first)), .some(.text(let second))): return first == second
    case (.some(.truth(let first)), .some(.truth(let second))): return first == second
    case (.some(.function(let first)), .some(.function(let second))): return first.name == second.name
    default: return false
    }
  }

  /// Whether something can be said of it beyond that it is a value.
  var saysSomething: Bool { constant != nil || inside != nil || kind != .any }

  /// Nothing but what a call of it takes and gives: for a place that doesn't run with the values at hand.
  var withoutValue: Known { callable == nil ? .any : self }
}
