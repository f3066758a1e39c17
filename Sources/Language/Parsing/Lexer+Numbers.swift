extension Lexer {
  /// A number with the unit that touches it: `2e-4`, `10%`, `15deg`.
  mutating func number() -> Token.Form {
    let start = position
    skipDigits()
    if at(position) == .dot, (UInt8.zero ... .nine).contains(at(position + 1)) {
      position += 1
      skipDigits()
    }
    skipExponent()
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    let end = position
    // A fraction without its zero is reported by the caller; Swift reads it only with one.
    let value = Double(digits.hasPrefix(".") ? "0" + digits : digits) ?? .infinity
    if !value.isFinite { report(.numberTooLarge(digits), from: start, to: end) }
    if at(position) == .percent {
      position += 1
      return .number(value / 100, .one)
    }
    guard letterLength(at: position, orDigit: false) != nil else { return .number(value, .one) }
    while let length = letterLength(at: position, orDigit: true) { position += length }
    // An exponent in a unit is no letter.
    if at(position) == 0xC2, at(position + 1) == 0xB2 { position += 2 }
    let word = String(decoding: bytes[end..<position], as: UTF8.self)
    if let unit = Unit(written: word) { return .number(value, unit) }
    report(.unknownUnit(word, number: digits), from: end, to: position)
    return .invalid
  }

  private mutating func skipDigits() {
    while position < bytes.count, (UInt8.zero ... .nine).contains(bytes[position]) { position += 1 }
  }

  /// Passes `e-4`; a lone `e` is left to be read as a unit, and refused.
  private mutating func skipExponent() {
    guard at(position) | 0x20 == UInt8(ascii: "e") else { return }
    let signed = at(position + 1) == .hyphen || at(position + 1) == UInt8(ascii: "+")
    guard (UInt8.zero ... .nine).contains(at(position + (signed ? 2 : 1))) else { return }
    position += signed ? 2 : 1
    skipDigits()
  }
}
