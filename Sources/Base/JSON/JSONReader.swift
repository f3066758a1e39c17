/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case malformed(String)
    case duplicateName(String)
  }
  /// In bytes from the start.
  public let offset: Int
  public let reason: Reason
}

extension JSON {
  /// Reads an untrusted text strictly: one value with nothing but spaces after it, valid UTF-8, no deeper than `deepest`.
  /// Two members of one name, the oldest way to make two programs see two different files, are refused.
  public init(decoding bytes: ArraySlice<UInt8>, deepest: Int = 32) throws(JSONError) {
    var reader = JSONReader(bytes: bytes, deepest: deepest)
    self = try reader.document()
  }

  /// The elements of a list of whole numbers.
  public var wholes: [Int]? {
    guard case .list(let elements) = self else { return nil }
    var numbers: [Int] = []
    for element in elements {
      guard case .whole(let number) = element else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

private struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private let deepest: Int
  private var position: Int

  init(bytes: ArraySlice<UInt8>, deepest: Int) {
    self.bytes = bytes
    self.deepest = deepest
    position = bytes.startIndex
  }

  /// The one value the bytes hold, with nothing but spaces after it.
  mutating func document() throws(JSONError) -> JSON {
    let root = try value(depth: 0)
    skipSpace()
    guard position == bytes.endIndex else { throw malformed("text behind the document") }
    return root
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth <= deepest else { throw malformed("nested too deeply") }
    skipSpace()
    switch current ?? 0 {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .list(try elements(depth: depth))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return try number()
    case UInt8(ascii: "t"): return try word("true", .truth(true))
    case UInt8(ascii: "f"): return try word("false", .truth(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw malformed("expected an object, a list, text, a number, true, false or null")
    }
  }

  private mutating func members(depth: Int) throws(JSONError) -> [String: JSON] {
    var members: [String: JSON] = [:]
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw malformed("expected a name in quotes") }
      let name = try text()
      guard members[name] == nil else { throw JSONError(offset: position, reason: .duplicateName(name)) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw malformed("expected a colon") }
      members[name] = try value(depth: depth + 1)
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw malformed("expected a comma or a closing brace") }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw malformed("expected a comma or a closing bracket") }
    return elements
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw malformed("expected \(word)") }
    position += word.utf8.count
    return value
  }

  /// A whole number that fits 64 bits where it is written as one.
  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let first = position
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else { throw malformed("expected a number") }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard digits() > 0 else { throw malformed("expected digits behind the point") }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() > 0 else { throw malformed("expected digits of an exponent") }
    }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole {
      guard let number = Int(written) else { throw malformed("a whole number that does not fit 64 bits") }
      return .whole(number)
    }
    guard let number = Double(written), number.isFinite else { throw malformed("a number beyond the largest") }
    return .number(number)
  }

  /// Takes digits; how many.
  private mutating func digits() -> Int {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func text() throws(JSONError) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): content.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw malformed("a control character within text")
      default:
        content.append(byte)
        position += 1
      }
    }
    throw malformed("text without a closing quote")
  }

  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    position += 1
    let letter = current
    position = min(position + 1, bytes.endIndex)
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try fourDigits()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
        throw malformed("half of a surrogate pair")
      }
      let second = try fourDigits()
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw malformed("half of a surrogate pair") }
      return scalar
    default: throw malformed("an unknown escape")
    }
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let isHexadecimal = digits.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    guard digits.count == 4, isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("expected four hexadecimal digits") }
    position += 4
    return code
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private func malformed(_ reason: String) -> JSONError { JSONError(offset: position, reason: .malformed(reason)) }
}
