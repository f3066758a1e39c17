/// Decodes from one node of a stored form.
struct StoredDecoder: Decoder {
  private let node: StoredNode
  let codingPath: [any CodingKey]
  private let info: [CodingUserInfoKey: any Sendable]

  init(_ node: StoredNode, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]) {
    self.node = node
    self.codingPath = codingPath
    info = userInfo
  }

  var userInfo: [CodingUserInfoKey: Any] { info }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    switch node {
    case .singles(let numbers): if let value = numbers as? T, T.self == [Float].self { return value }
    case .numbers(let numbers): if let value = numbers as? T, T.self == [Double].self { return value }
    case .bytes(let bytes): if let value = bytes as? T, T.self == [UInt8].self { return value }
    default: break
    }
    return try T(from: self)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .fields(let fields) = node else { throw damaged("no fields", codingPath) }
    return KeyedDecodingContainer(Fields<Key>(fields: fields, codingPath: codingPath, info: info))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let nodes) = node else { throw damaged("no list", codingPath) }
    return Elements(nodes: nodes, codingPath: codingPath, info: info)
  }
  func singleValueContainer() -> any SingleValueDecodingContainer { Single(node: node, decoder: self) }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let nodes: [String: StoredNode]
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]

    init(
      fields: [(name: String, value: StoredNode)], codingPath: [any CodingKey], info: [CodingUserInfoKey: any Sendable]
    ) {
      nodes = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
      (self.codingPath, self.info) = (codingPath, info)
    }

    var allKeys: [Key] { nodes.keys.compactMap { Key(stringValue: $0) } }
    func contains(_ key: Key) -> Bool { nodes[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool {
      if case .none = try node(key) { true } else { false }
    }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try decoder(key).decode(type) }
    func nestedContainer<Inner: CodingKey>(
      keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
      try decoder(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoder(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder {
      guard let node = nodes["super"] else { throw damaged("nothing above", codingPath) }
      return StoredDecoder(node, codingPath: codingPath, userInfo: info)
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func node(_ key: Key) throws -> StoredNode {
      guard let node = nodes[key.stringValue] else {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "a field is missing"))
      }
      return node
    }
    private func decoder(_ key: Key) throws -> StoredDecoder {
      StoredDecoder(try node(key), codingPath: codingPath + [key], userInfo: info)
    }
  }

  private struct Elements: UnkeyedDecodingContainer {
    let nodes: [StoredNode]
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]
    private(set) var currentIndex = 0

    init(nodes: [StoredNode], codingPath: [any CodingKey], info: [CodingUserInfoKey: any Sendable]) {
      (self.nodes, self.codingPath, self.info) = (nodes, codingPath, info)
    }

    var count: Int? { nodes.count }
    var isAtEnd: Bool { currentIndex == nodes.count }
    mutating func decodeNil() throws -> Bool {
      guard !isAtEnd else { throw damaged("a list ends too early", codingPath) }
      guard case .none = nodes[currentIndex] else { return false }
      currentIndex += 1
      return true
    }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }
    mutating func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) throws -> KeyedDecodingContainer<Inner> {
      try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }

    private mutating func next() throws -> StoredDecoder {
      guard !isAtEnd else { throw damaged("a list ends too early", codingPath) }
      defer { currentIndex += 1 }
      return StoredDecoder(nodes[currentIndex], codingPath: codingPath, userInfo: info)
    }
  }

  private struct Single: SingleValueDecodingContainer {
    let node: StoredNode
    let decoder: StoredDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { if case .none = node { true } else { false } }
    func decode(_ type: Bool.Type) throws -> Bool {
      guard case .truth(let truth) = node else { throw damaged("no truth value", codingPath) }
      return truth
    }
    func decode(_ type: String.Type) throws -> String {
      guard case .text(let text) = node else { throw damaged("no text", codingPath) }
      return text
    }
    func decode(_ type: Double.Type) throws -> Double {
      guard case .number(let number) = node else { throw damaged("no number", codingPath) }
      return number
    }
    func decode(_ type: Float.Type) throws -> Float {
      guard case .single(let number) = node else { throw damaged("no single number", codingPath) }
      return number
    }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }

    private func integer<T: FixedWidthInteger>() throws -> T {
      let number: T? =
        switch node {
        case .integer(let number): T(exactly: number)
        case .natural(let number): T(exactly: number)
        default: nil
        }
      guard let number else { throw damaged("no whole number that fits", codingPath) }
      return number
    }
  }
}
