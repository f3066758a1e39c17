/// The value of `left operator right`.
///
/// Numbers keep a unit only under same-unit sums and under scaling; a ratio of one unit is plain, and mm · mm are mm².
/// Texts are joined by `+` and compared by their code points. Operators on plugged-in values are theirs.
///
/// - Throws: `ValueProblem`, or the error of a plugged-in type.
func combine(_ symbol: Operator, _ left: Value, _ right: Value) throws -> Value {
  if let result = try combineObjects(symbol, left, right) { return result }
  switch (left, right) {
  case (.number(let first, let firstUnit), .number(let second, let secondUnit)):
    return try combine(symbol, first, firstUnit, second, secondUnit)
  case (.truth(let first), .truth(let second)):
    switch symbol {
    case .and: return .truth(first && second)
    case .or: return .truth(first || second)
    case .xor, .notEqual: return .truth(first != second)
    case .equal: return .truth(first == second)
    default: break
    }
  case (.text(let first), .text(let second)):
    switch symbol {
    case .add:
      let joined = Value.text(first + second)
      try joined.checkSize()
      return joined
    case .less: return .truth(precedes(first, second))
    case .lessOrEqual: return .truth(!precedes(second, first))
    case .greater: return .truth(precedes(second, first))
    case .greaterOrEqual: return .truth(!precedes(first, second))
    default: break
    }
  default: break
  }
  if symbol == .equal || symbol == .notEqual, let isEqual = try areEqual(left, right) {
    return .truth(isEqual == (symbol == .equal))
  }
  throw ValueProblem.operatorKinds(symbol, Known(left), Known(right))
}

private func combineObjects(_ symbol: Operator, _ left: Value, _ right: Value) throws -> Value? {
  if case .object(let object) = left, let result = try type(of: object).apply(symbol, left, right) { return result }
  if case .object(let object) = right, let result = try type(of: object).apply(symbol, left, right) { return result }
  return nil
}

private func combine(
  _ symbol: Operator, _ first: Double, _ firstUnit: Unit, _ second: Double, _ secondUnit: Unit
) throws(ValueProblem) -> Value {
  let unit = try resultUnit(symbol, firstUnit, secondUnit)
  let result: Double
  switch symbol {
  case .add: result = first + second
  case .subtract: result = first - second
  case .multiply: result = first * second
  case .divide:
    if second == 0 { throw .divisionByZero }
    result = first / second
  case .power: result = power(first, second)
  case .equal: return .truth(first == second)
  case .notEqual: return .truth(first != second)
  case .less: return .truth(first < second)
  case .lessOrEqual: return .truth(first <= second)
  case .greater: return .truth(first > second)
  case .greaterOrEqual: return .truth(first >= second)
  case .or, .xor, .and, .not:
    throw .operatorKinds(symbol, Known(.number(first, firstUnit)), Known(.number(second, secondUnit)))
  }
  // A measure may be undefined and travel on as NaN; finite numbers must not turn into it unseen.
  if !result.isFinite, first.isFinite, second.isFinite { throw .notFinite(symbol) }
  return .number(result, unit)
}

/// The unit of a result, from those of both sides.
func resultUnit(_ symbol: Operator, _ left: Unit, _ right: Unit) throws(ValueProblem) -> Unit {
  switch symbol {
  case .multiply:
    if left == .millimetres, right == .millimetres { return .squareMillimetres }
    guard left == .one || right == .one else { throw .unitProduct(symbol, left, right) }
    return left == .one ? right : left
  case .divide:
    if left == right { return .one }
    if left == .squareMillimetres, right == .millimetres { return .millimetres }
    guard right == .one else { throw .unitProduct(symbol, left, right) }
    return left
  case .power:
    guard left == .one, right == .one else { throw .unitProduct(symbol, left, right) }
    return .one
  default:
    guard left == right else { throw .unitMismatch(symbol, left, right) }
    return left
  }
}

/// By repeated squaring for whole exponents, so that the result is the same on every machine; by the C library else.
private func power(_ base: Double, _ exponent: Double) -> Double {
  guard exponent == exponent.rounded(), abs(exponent) <= 1024 else { return libraryPower(base, exponent) }
  var result = 1.0
  var square = base
  var rest = Int(abs(exponent))
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return exponent < 0 ? 1 / result : result
}

private func precedes(_ first: String, _ second: String) -> Bool {
  first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
}

/// Whether two values without arithmetic are the same; `nil` where that can't be said.
private func areEqual(_ left: Value, _ right: Value) throws -> Bool? {
  switch (left, right) {
  case (.none, .none): return true
  case (.none, _), (_, .none): return false
  case (.truth(let first), .truth(let second)): return first == second
  case (.text(let first), .text(let second)): return first.utf8.elementsEqual(second.utf8)
  case (.range(let first), .range(let second)): return first == second
  case (.list(let first), .list(let second)):
    guard first.count == second.count else { return false }
    return try areEqual(Array(zip(first, second)))
  case (.record(let first), .record(let second)):
    guard Set(first.names) == Set(second.names) else { return false }
    return try areEqual(first.names.map { (first[$0] ?? .none, second[$0] ?? .none) })
  default: return nil
  }
}

private func areEqual(_ pairs: [(Value, Value)]) throws -> Bool {
  for (left, right) in pairs {
    guard case .truth(true) = try combine(.equal, left, right) else { return false }
  }
  return true
}
