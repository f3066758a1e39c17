import Base

/// What is wrong with the use of a value: the data, without words.
enum ValueProblem: Sendable {
  case operatorKinds(Operator, Known, Known)
  case unitMismatch(Operator, Unit, Unit)
  case unitProduct(Operator, Unit, Unit)
  case divisionByZero
  case notFinite(Operator)
  case negationKind(Known)
  case conditionKind(Known)
  case truthKind(Operator, Known)
  case notIterable(Known)
  case noMember(String, Known, members: [String])
  case notIndexable(Known)
  case indexKind(Known, expected: String)
  case indexOutOfRange(Int, count: Int?)
  case unknownField(String, fields: [String])
  case rangeEnd(Known)
  case rangeReversed(Int, Int)
  case unpackKind(Known, names: Int)
  case unpackCount(found: Int, names: Int)
  case nothingToContinue
  case interrupted
  case nestedTooDeep(limit: Int)
  case tooLarge
  case unreadable
}

extension ValueProblem: CataloguedError {
  var entry: DiagnosticCode {
    switch self {
    case .operatorKinds, .truthKind, .negationKind: .operatorKinds
    case .unitMismatch: .unitMismatch
    case .unitProduct: .unitProduct
    case .divisionByZero: .divisionByZero
    case .notFinite: .notFinite
    case .conditionKind: .conditionKind
    case .notIterable: .notIterable
    case .noMember: .unknownMember
    case .notIndexable: .notIndexable
    case .indexKind: .indexKind
    case .indexOutOfRange: .indexOutOfRange
    case .unknownField: .unknownField
    case .rangeEnd: .rangeEnd
    case .rangeReversed: .rangeReversed
    case .unpackKind, .unpackCount: .unpackMismatch
    case .nothingToContinue: .nothingToContinue
    case .interrupted: .interrupted
    case .nestedTooDeep: .nestedTooDeep
    case .tooLarge: .valueTooLarge
    case .unreadable: .unreadable
    }
  }

  var message: String {
    switch self {
    case .operatorKinds(let symbol, let left, let right):
      "`\(symbol.rawValue)` can't take \(describe(left)) and \(describe(right))"
    case .unitMismatch(let symbol, let left, let right):
      "`\(symbol.rawValue)` needs the same unit on both sides, found \(name(left)) and \(name(right))"
    case .unitProduct(.multiply, let left, let right):
      "a product of \(name(left)) and \(name(right)) has no unit of the language"
    case .unitProduct(let symbol, let left, let right):
      "`\(symbol.rawValue)` of \(name(left)) and \(name(right)) has no unit of the language"
    case .divisionByZero: "division by zero"
    case .notFinite(let symbol): "the result of `\(symbol.rawValue)` is no finite number"
    case .negationKind(let found): "`-` can't take \(describe(found))"
    case .conditionKind(let found): "a condition is true or false, found \(describe(found))"
    case .truthKind(let symbol, let found): "`\(symbol.rawValue)` can't take \(describe(found))"
    case .notIterable(let found): "`for` can't go through \(describe(found))"
    case .noMember(let member, let found, _): "\(describe(found)) has no member `\(member)`"
    case .notIndexable(let found): "\(describe(found)) has no elements"
    case .indexKind(let found, let expected): "the index is \(expected), found \(describe(found))"
    case .indexOutOfRange(let index, nil): "there is no element \(index)"
    case .indexOutOfRange(let index, let count?):
      count == 0
        ? "there is no element \(index): nothing is in it"
        : "there is no element \(index): the last of \(count) is \(count - 1)"
    case .unknownField(let name, _): "the record has no field `\(name)`"
    case .rangeEnd(let found): "a range runs between whole numbers, found \(describe(found))"
    case .rangeReversed(let lower, let upper): "the range \(lower)..\(upper) runs backwards"
    case .unpackKind(let found, let names): "\(counted(names, "name")) can't be bound to \(describe(found))"
    case .unpackCount(let found, let names): "\(counted(names, "name")) can't be bound to \(counted(found, "value"))"
    case .nothingToContinue: "there is no last value for this line to continue from"
    case .interrupted: "interrupted"
    case .nestedTooDeep(let limit): "lists and records nest more than \(limit) levels deep"
    case .tooLarge:
      "this value is too large: it has more than \(Value.largest) elements, or \(Value.largest * 8) bytes of text"
    case .unreadable: "this part could not be read"
    }
  }

  var hint: String? {
    switch self {
    case .operatorKinds(_, let left, let right) where left.isList || right.isList:
      "lists have no arithmetic: `for x in list { x * 2 }` gives a list"
    case .operatorKinds(.add, let left, let right) where left.kind == .text || right.kind == .text:
      "write \"…{x}…\" to put a value into a text"
    case .unitProduct: "one side must be a plain number"
    case .unitMismatch: "write both sides in one unit; a plain number has none"
    case .conditionKind(let found) where found.kind == .number: "compare it, as in `x > 0`"
    case .conditionKind(let found) where found.kind == .text: "compare it, as in `x == \"a\"`"
    case .notIterable(let found) where found.kind == .number: "write `for i in 0..9 { … }`; both ends are included"
    case .noMember(let member, _, let members):
      OtherLanguages.advice(onMember: member) ?? closest(to: member, in: members).map { "did you mean `.\($0)`?" }
        ?? (members.isEmpty ? nil : "its members are \(members.map { ".\($0)" }.joined(separator: " "))")
    case .indexOutOfRange(let index, let count):
      index < 0 || (index > 0 && index == count) ? "indices start at 0" : nil
    case .unknownField(let name, let fields):
      closest(to: name, in: fields).map { "did you mean `\($0)`?" }
        ?? (fields.isEmpty ? nil : "its fields are \(fields.joined(separator: ", "))")
    case .rangeReversed: "write the lower end first"
    case .unpackCount(let found, let names):
      found > names ? "write \(counted(found, "name")), or take elements by their index" : "take out the names too many"
    case .unpackKind: "the right side must be a list or a record of as many values"
    default: nil
    }
  }

  private func name(_ unit: Unit) -> String { unit == .one ? "a plain number" : unit.rawValue }
}

extension Known {
  var isList: Bool {
    if case .list = kind { true } else { false }
  }
}
