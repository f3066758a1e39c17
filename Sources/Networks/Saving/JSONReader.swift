/// The part of JSON that a safetensors header may hold.
indirect enum JSONValue {
  case object([JSONMember])
  case list([JSONValue])
  case text(String)
  case integer(Int)

  /// The elements of a list of whole numbers.
  var integers: [Int]? {
    guard case .list(let elements) = self else { return nil }
    var integers: [Int] = []
    for element in elements {
      guard case .integer(let integer) = element else { return nil }
      integers.append(integer)
    }
    return integers
  }
}

struct JSONMember {
  let name: String
  let value: JSONValue
}

/// Reads a header's JSON. A general reader would let two members of one name pass, the oldest way to make two programs
/// see two different files; this one refuses them, and stops at the depth the format has.
struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The one value the bytes hold, with nothing but spaces after it.
  mutating func document() throws(SafetensorsError) -> JSONValue {
    let root = try value(depth: 0)
    skipSpace()
    guard position == bytes.endIndex else { throw malformed("text after the header's object") }
    return root
  }

  /// Header → tensor → shape → number.
  private static let deepest = 3

  private mutating func value(depth: Int) throws(SafetensorsError) -> JSONValue {
    guard depth <= Self.deepest else { throw malformed("nested deeper than a header is") }
    skipSpace()
    switch current ?? 0 {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .list(try elements(depth: depth))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .integer(try integer())
    default: throw malformed("expected an object, a list, text or a whole number")
    }
  }

  private mutating func members(depth: Int) throws(SafetensorsError) -> [JSONMember] {
    var members: [JSONMember] = []
    var names: Set<String> = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw malformed("expected a name in quotes") }
      let name = try text()
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw malformed("expected a colon") }
      members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw malformed("expected a comma or a closing brace") }
    return members
  }

  private mutating func elements(depth: Int) throws(SafetensorsError) -> [JSONValue] {
    var elements: [JSONValue] = []
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

  private mutating func integer() throws(SafetensorsError) -> Int {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard let integer = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw malformed("expected a whole number that fits 64 bits")
    }
    return integer
  }

  private mutating func text() throws(SafetensorsError) -> String {
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

  private mutating func escaped() throws(SafetensorsError) -> Unicode.Scalar {
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

  private mutating func fourDigits() throws(SafetensorsError) -> UInt32 {
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

  private func malformed(_ reason: String) -> SafetensorsError {
    .malformedHeader(offset: position, reason: reason)
  }
}
