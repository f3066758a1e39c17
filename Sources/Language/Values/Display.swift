/// What `print` writes for a value: numbers with up to 6 significant digits, texts bare.
///
/// Inside lists and records texts are quoted and plugged-in values take one line.
public func display(_ value: Value) -> String {
  switch value {
  case .text(let text): text
  case .object(let object): object.display
  default: inline(value)
  }
}

/// A value on one line, as it stands inside a list.
public func inline(_ value: Value) -> String {
  switch value {
  case .none: "none"
  case .truth(let truth): truth ? "true" : "false"
  case .number(let number, let unit): display(number: number) + unit.rawValue
  case .text(let text): quoted(text)
  case .list(let elements): "[" + elements.map(inline).joined(separator: ", ") + "]"
  case .record(let record):
    record.names.isEmpty
      ? "[:]"
      : "[" + record.names.map { "\(fieldName($0)): \(inline(record[$0] ?? .none))" }.joined(separator: ", ") + "]"
  case .range(let range): "\(range.lowerBound)..\(range.upperBound)"
  case .function(let function):
    switch function.target {
    case .command: "command \(function.name)"
    case .definition: "function \(function.name)"
    }
  case .object(let object): object.summary
  }
}

/// A field's name as a record is written: bare where it is a name.
private func fieldName(_ name: String) -> String { isBareName(name) ? name : quoted(name) }

/// Whether a text reads as a name: what may stand after a dot, or before a field's colon.
func isBareName(_ text: String) -> Bool {
  var lexer = Lexer(bytes: Array(text.utf8))
  lexer.scan()
  return lexer.tokens.count == 2 && lexer.tokens[0].isName(text)
}

/// A text as the language writes it, in quotes.
public func quoted(_ text: String) -> String {
  let needsEscapes = text.unicodeScalars.contains { $0 == "'" || $0 == "\n" || $0 == "\t" }
  guard needsEscapes else { return "'\(text)'" }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "{": result += "{{"
    case "}": result += "}}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A number with up to 6 significant digits; whole numbers in full, tiny and huge ones with an exponent.
public func display(number: Double) -> String {
  if number.isNaN { return "nan" }
  if number.isInfinite { return number < 0 ? "-inf" : "inf" }
  if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
  let sign = number < 0 ? "-" : ""
  var (digits, point) = decimal(abs(number))
  // A large fraction keeps its whole part.
  (digits, point) = rounded(digits, point: point, to: (7...15).contains(point) ? point : 6)
  let text = digits.map(String.init).joined()
  switch point {
  case -3...0: return "\(sign)0." + String(repeating: "0", count: -point) + text
  case 1...15:
    if text.count <= point { return sign + text + String(repeating: "0", count: point - text.count) }
    return "\(sign)\(text.prefix(point)).\(text.dropFirst(point))"
  default:
    let mantissa = text.count > 1 ? "\(text.prefix(1)).\(text.dropFirst())" : text
    return "\(sign)\(mantissa)e\(point - 1)"
  }
}

/// The shortest digits that identify a positive number, and where its point stands: 0.digits × 10^point.
private func decimal(_ number: Double) -> (digits: [UInt8], point: Int) {
  let parts = number.description.split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  var digits = mantissa.joined().utf8.map { $0 - .zero }
  let leading = digits.prefix { $0 == 0 }.count
  digits.removeFirst(leading)
  point -= leading
  while digits.last == 0 { digits.removeLast() }
  return (digits, point)
}

private func rounded(_ digits: [UInt8], point: Int, to count: Int) -> (digits: [UInt8], point: Int) {
  guard digits.count > count else { return (digits, point) }
  var kept = Array(digits.prefix(count))
  var point = point
  if digits[count] >= 5 {
    var index = count - 1
    while index >= 0, kept[index] == 9 {
      kept[index] = 0
      index -= 1
    }
    if index >= 0 {
      kept[index] += 1
    } else {
      kept.insert(1, at: 0)
      point += 1
    }
  }
  while kept.count > 1, kept.last == 0 { kept.removeLast() }
  return (kept, point)
}
