/// The stored form of a value: bytes that hold it exactly to the bit, and are the same for the same value.
///
/// - Parameter userInfo: for the types that ask their encoder.
/// - Throws: what the value's own encoding throws.
public func storedForm(
  of value: some Encodable, userInfo: [CodingUserInfoKey: any Sendable] = [:]
) throws -> [UInt8] {
  let slot = StoredSlot()
  try slot.take(value, codingPath: [], userInfo: userInfo)
  var bytes: [UInt8] = []
  slot.write(to: &bytes)
  return bytes
}

/// The value that a stored form holds, which may be any bytes.
///
/// - Throws: `DecodingError`, and what the type's own decoding throws.
public func restored<T: Decodable>(
  _ type: T.Type = T.self, from bytes: [UInt8], userInfo: [CodingUserInfoKey: any Sendable] = [:]
) throws -> T {
  var reader = StoredReader(bytes)
  let node = try reader.node(depth: 0)
  guard reader.isAtEnd else { throw damaged("bytes behind the value") }
  return try StoredDecoder(node, codingPath: [], userInfo: userInfo).decode(type)
}

/// What a stored form is made of.
indirect enum StoredNode {
  case none
  case truth(Bool)
  case integer(Int64)
  /// Beyond the integers with a sign.
  case natural(UInt64)
  case single(Float)
  case number(Double)
  case text(String)
  case bytes([UInt8])
  case singles([Float])
  case numbers([Double])
  case list([StoredNode])
  /// In the order of their names' bytes.
  case fields([(name: String, value: StoredNode)])
}

/// The byte before each node.
enum StoredTag: UInt8 {
  case none, no, yes, integer, natural, single, number, text, bytes, singles, numbers, list, fields
}

func damaged(_ what: String, _ path: [any CodingKey] = []) -> DecodingError {
  .dataCorrupted(.init(codingPath: path, debugDescription: what))
}

// MARK: Bytes

extension StoredSlot {
  func write(to bytes: inout [UInt8]) {
    switch content {
    case .scalar(let node): Self.write(node, to: &bytes)
    case .list(let slots):
      Self.write(.list, count: slots.count, to: &bytes)
      for slot in slots { slot.write(to: &bytes) }
    case .fields(let fields):
      Self.write(.fields, count: fields.count, to: &bytes)
      // Dictionaries have no order of their own.
      for field in fields.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
        Self.write(count: field.name.utf8.count, to: &bytes)
        bytes += Array(field.name.utf8)
        field.value.write(to: &bytes)
      }
    }
  }

  private static func write(_ node: StoredNode, to bytes: inout [UInt8]) {
    switch node {
    case .none: bytes.append(StoredTag.none.rawValue)
    case .truth(let truth): bytes.append((truth ? StoredTag.yes : .no).rawValue)
    case .integer(let number): write(.integer, UInt64(bitPattern: number), to: &bytes)
    case .natural(let number): write(.natural, number, to: &bytes)
    case .number(let number): write(.number, number.bitPattern, to: &bytes)
    case .single(let number): write(.single, UInt64(number.bitPattern), to: &bytes)
    case .text(let text):
      write(.text, count: text.utf8.count, to: &bytes)
      bytes += Array(text.utf8)
    case .bytes(let contents):
      write(.bytes, count: contents.count, to: &bytes)
      bytes += contents
    case .singles(let numbers):
      write(.singles, count: numbers.count, to: &bytes)
      numbers.withUnsafeBytes { bytes += $0 }
    case .numbers(let numbers):
      write(.numbers, count: numbers.count, to: &bytes)
      numbers.withUnsafeBytes { bytes += $0 }
    case .list, .fields: preconditionFailure("a list of slots is written slot by slot")
    }
  }

  private static func write(_ tag: StoredTag, _ bits: UInt64, to bytes: inout [UInt8]) {
    bytes.append(tag.rawValue)
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
  }
  private static func write(_ tag: StoredTag, count: Int, to bytes: inout [UInt8]) {
    bytes.append(tag.rawValue)
    write(count: count, to: &bytes)
  }
  /// Seven bits a byte, the lowest first.
  private static func write(count: Int, to bytes: inout [UInt8]) {
    var rest = count
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads nodes from bytes that may be anything.
struct StoredReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Values inside each other: deeper ones than any program makes are refused before the stack is used up.
  private static let deepest = 1000

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func node(depth: Int) throws(DecodingError) -> StoredNode {
    guard depth < Self.deepest else { throw damaged("values inside each other without end") }
    guard let tag = try take(1).first.flatMap(StoredTag.init) else { throw damaged("an unknown tag") }
    switch tag {
    case .none: return .none
    case .no: return .truth(false)
    case .yes: return .truth(true)
    case .integer: return .integer(Int64(bitPattern: try bits()))
    case .natural: return .natural(try bits())
    case .number: return .number(Double(bitPattern: try bits()))
    case .single: return .single(Float(bitPattern: UInt32(truncatingIfNeeded: try bits())))
    case .text: return .text(try text())
    case .bytes: return .bytes(Array(try take(try count(of: 1))))
    case .singles: return .singles(try numbers(Float.self))
    case .numbers: return .numbers(try numbers(Double.self))
    case .list:
      let count = try count(of: 1)
      var nodes: [StoredNode] = []
      nodes.reserveCapacity(count)
      for _ in 0..<count { nodes.append(try node(depth: depth + 1)) }
      return .list(nodes)
    case .fields:
      let count = try count(of: 2)
      var fields: [(name: String, value: StoredNode)] = []
      for _ in 0..<count { fields.append((try text(), try node(depth: depth + 1))) }
      return .fields(fields)
    }
  }

  private mutating func take(_ count: Int) throws(DecodingError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - place else { throw damaged("it ends too early") }
    defer { place += count }
    return bytes[place..<place + count]
  }

  private mutating func bits() throws(DecodingError) -> UInt64 {
    try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// How many items of at least so many bytes follow: no more than there is room for.
  private mutating func count(of size: Int) throws(DecodingError) -> Int {
    var count = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = try take(1).first else { break }
      count |= Int(byte & 127) << shift
      guard byte < 128 else { continue }
      guard count <= (bytes.count - place) / size else { throw damaged("it ends too early") }
      return count
    }
    throw damaged("a count without end")
  }

  private mutating func text() throws(DecodingError) -> String {
    guard let text = String(validating: try take(try count(of: 1)), as: UTF8.self) else {
      throw damaged("a text that is no UTF-8")
    }
    return text
  }

  private mutating func numbers<T>(_ type: T.Type) throws(DecodingError) -> [T] {
    let count = try count(of: MemoryLayout<T>.size)
    let part = try take(count * MemoryLayout<T>.size)
    return [T](unsafeUninitializedCapacity: count) { buffer, initialised in
      part.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialised = count
    }
  }
}
