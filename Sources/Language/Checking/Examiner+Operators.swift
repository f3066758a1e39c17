import Base

extension Examiner {
  /// What is known of `left operator right`; constants are computed, so that ranges of sums are checked too.
  mutating func combine(_ symbol: Operator, _ left: Known, _ right: Known, at span: Span) -> Known {
    if let first = left.constant, let second = right.constant, first.isFoldable, second.isFoldable {
      do { return Known(try Language.combine(symbol, first, second)) } catch let problem as ValueProblem {
        report(problem, at: span)
      } catch {}
      return .any
    }
    if symbol == .divide, case .number(0, _) = right.constant, left.kind == .number {
      report(ValueProblem.divisionByZero, at: span)
      return .any
    }
    if left.isOpen || right.isOpen { return .any }
    do throws(ValueProblem) {
      return try Self.result(symbol, left, right)
    } catch {
      report(error, at: span)
      return .any
    }
  }

  private static func result(_ symbol: Operator, _ left: Known, _ right: Known) throws(ValueProblem) -> Known {
    switch (left.kind, right.kind) {
    case (.number, .number) where symbol.level >= Operator.equal.level:
      let isComparison = symbol.level == Operator.equal.level
      guard let first = left.unit, let second = right.unit else { return Known(isComparison ? .truth : .number) }
      let unit = try resultUnit(symbol, first, second)
      return isComparison ? Known(.truth) : Known(.number, unit: unit)
    case (.truth, .truth) where symbol.level < Operator.not.level || symbol == .equal || symbol == .notEqual:
      return Known(.truth)
    case (.text, .text) where symbol == .add: return Known(.text)
    case (.text, .text) where symbol.level == Operator.equal.level: return Known(.truth)
    case (.list, .list), (.record, .record), (.range, .range), (.none, _), (_, .none):
      if symbol == .equal || symbol == .notEqual { return Known(.truth) }
    default: break
    }
    throw .operatorKinds(symbol, left, right)
  }

  mutating func path(_ base: Known, _ steps: [Step]) -> Known {
    var value = base
    for step in steps {
      switch step {
      case .member(let name): value = member(name, of: value)
      case .element(let index, let span): value = element(of: value, at: examine(index), span)
      }
    }
    return value
  }

  private mutating func member(_ name: Name, of value: Known) -> Known {
    switch value.kind {
    case .any, .oneOf: return .any
    case .record:
      guard let fields = value.fields else { return .any }
      if let field = value.field(name.text) { return field }
      if name.text == "count" { return Known(.number(Double(fields.count))) }
      report(ValueProblem.noMember(name.text, Known(value.kind), members: fields.map(\.name)), at: name.span)
    case .object(let typeName):
      guard let type = registry.types[typeName] else { return .any }
      if let member = type.members.first(where: { $0.name == name.text }) {
        return self.member(member, name, of: value)
      }
      // Whether its values have elements is known only when they are there.
      if name.text == "count" { return Known(.number, unit: .one) }
      let members = value.facts?.members ?? type.members.map(\.name)
      report(ValueProblem.noMember(name.text, Known(value.kind), members: members), at: name.span)
    case .list, .text, .range:
      if name.text == "count" {
        return value.elements.map { Known(.number(Double($0.count))) } ?? Known(.number, unit: .one)
      }
      report(ValueProblem.noMember(name.text, Known(value.kind), members: value.kind.plainMembers), at: name.span)
    default: report(ValueProblem.noMember(name.text, value, members: []), at: name.span)
    }
    return .any
  }

  private mutating func member(_ member: MemberDeclaration, _ name: Name, of value: Known) -> Known {
    guard let facts = value.facts else { return Known(member.kind) }
    let (known, finding) = facts.member(member.name)
    if let finding { report(finding, at: name.span) }
    return known ?? Known(member.kind)
  }

  private mutating func element(of value: Known, at index: Known, _ span: Span) -> Known {
    if let whole = value.constant, let position = index.constant, whole.isFoldable {
      do { return Known(try whole.element(at: position)) } catch let problem as ValueProblem {
        report(problem, at: span)
      } catch {}
      return .any
    }
    switch value.kind {
    case .any, .oneOf: return .any
    case .record: return field(of: value, at: index, span)
    case .list(let kind):
      if let elements = value.elements, let position = index.constant {
        return element(of: elements, at: position, span)
      }
      return index.kind == .range ? Known(.list(of: kind)) : checkedIndex(index, Known(kind), span)
    case .range: return checkedIndex(index, index.kind == .range ? .any : Known(.number, unit: .one), span)
    case .object:
      let element = index.kind == .number ? value.facts?.element : nil
      return checkedIndex(index, element ?? .any, span)
    default:
      report(ValueProblem.notIndexable(value), at: span)
      return .any
    }
  }

  private mutating func field(of value: Known, at index: Known, _ span: Span) -> Known {
    guard let fields = value.fields, case .text(let name) = index.constant else { return .any }
    if let field = value.field(name) { return field }
    report(ValueProblem.unknownField(name, fields: fields.map(\.name)), at: span)
    return .any
  }

  /// An element, or the elements of a range, of a list whose elements are known in part.
  private mutating func element(of elements: [Known], at index: Value, _ span: Span) -> Known {
    // Places are found as in a list at hand.
    let places = Value.list(elements.indices.map { .number(Double($0)) })
    do {
      switch try places.element(at: index) {
      case .number(let place, _): return elements[Int(place)]
      case .list(let chosen): return Known(elements: chosen.compactMap { $0.wholeNumber.map { elements[$0] } })
      default: return .any
      }
    } catch let problem as ValueProblem {
      report(problem, at: span)
    } catch {}
    return .any
  }

  private mutating func checkedIndex(_ index: Known, _ element: Known, _ span: Span) -> Known {
    let whole = Accepts.either([.integer(Bounds()), .range])
    let fits =
      index.constant.map { $0.wholeNumber != nil || index.kind == .range } ?? whole.mayFit(index.kind, unit: index.unit)
    if !fits { report(ValueProblem.indexKind(index, expected: "a whole number or a range"), at: span) }
    if case .number(let position, _) = index.constant, position < 0 {
      report(ValueProblem.indexOutOfRange(Int(max(position, -1e15)), count: nil), at: span)
    }
    return element
  }
}

extension Known {
  /// Whether an operator may do with it what is not known here: plugged-in values have their own.
  var isOpen: Bool {
    switch kind {
    case .any, .object, .oneOf: true
    default: false
    }
  }
}

extension Value {
  /// Whether the checker may compute with it: no plugged-in value, and not so large that it takes time.
  var isFoldable: Bool {
    switch self {
    case .object, .function: false
    case .text(let text): text.utf8.count <= 10_000
    case .list(let elements): elements.count <= 1000 && elements.allSatisfy(\.isFoldable)
    case .record(let record): record.names.allSatisfy { record[$0]?.isFoldable ?? true }
    default: true
    }
  }
}
