/// A place in a stored form that an encoder fills.
final class StoredSlot {
  enum Content {
    case scalar(StoredNode)
    case list([StoredSlot])
    case fields([(name: String, value: StoredSlot)])
  }

  var content = Content.fields([])

  /// Fills the slot with a value; long arrays of numbers are kept as they lie in memory.
  func take<T: Encodable>(
    _ value: T, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]
  ) throws {
    if T.self == [Float].self, let numbers = value as? [Float] {
      content = .scalar(.singles(numbers))
    } else if T.self == [Double].self, let numbers = value as? [Double] {
      content = .scalar(.numbers(numbers))
    } else if T.self == [UInt8].self, let bytes = value as? [UInt8] {
      content = .scalar(.bytes(bytes))
    } else {
      try value.encode(to: StoredEncoder(self, codingPath: codingPath, userInfo: userInfo))
    }
  }

  func append() -> StoredSlot {
    let slot = StoredSlot()
    if case .list(var slots) = content {
      content = .list([])
      slots.append(slot)
      content = .list(slots)
    }
    return slot
  }

  func field(_ name: String) -> StoredSlot {
    let slot = StoredSlot()
    if case .fields(var fields) = content {
      content = .fields([])
      fields.append((name, slot))
      content = .fields(fields)
    }
    return slot
  }
}

/// Encodes into one slot.
struct StoredEncoder: Encoder {
  let slot: StoredSlot
  let codingPath: [any CodingKey]
  private let info: [CodingUserInfoKey: any Sendable]

  init(_ slot: StoredSlot, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]) {
    self.slot = slot
    self.codingPath = codingPath
    info = userInfo
  }

  var userInfo: [CodingUserInfoKey: Any] { info }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields(slot: slot, codingPath: codingPath, info: info))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.content = .list([])
    return Elements(slot: slot, codingPath: codingPath, info: info)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(slot: slot, codingPath: codingPath, info: info)
  }

  private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: StoredSlot
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]

    func encodeNil(forKey key: Key) { slot.field(key.stringValue).content = .scalar(.none) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      try slot.field(key.stringValue).take(value, codingPath: codingPath + [key], userInfo: info)
    }
    func nestedContainer<Inner: CodingKey>(
      keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
      encoder(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }
    func superEncoder() -> any Encoder {
      StoredEncoder(slot.field("super"), codingPath: codingPath, userInfo: info)
    }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: Key) -> StoredEncoder {
      StoredEncoder(slot.field(key.stringValue), codingPath: codingPath + [key], userInfo: info)
    }
  }

  private struct Elements: UnkeyedEncodingContainer {
    let slot: StoredSlot
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]
    private(set) var count = 0

    init(slot: StoredSlot, codingPath: [any CodingKey], info: [CodingUserInfoKey: any Sendable]) {
      (self.slot, self.codingPath, self.info) = (slot, codingPath, info)
    }

    mutating func encodeNil() { next().slot.content = .scalar(.none) }
    mutating func encode<T: Encodable>(_ value: T) throws {
      let encoder = next()
      try encoder.slot.take(value, codingPath: codingPath, userInfo: info)
    }
    mutating func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
      next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { next() }

    private mutating func next() -> StoredEncoder {
      count += 1
      return StoredEncoder(slot.append(), codingPath: codingPath, userInfo: info)
    }
  }

  private struct Single: SingleValueEncodingContainer {
    let slot: StoredSlot
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]

    func encodeNil() { put(.none) }
    func encode(_ value: Bool) { put(.truth(value)) }
    func encode(_ value: String) { put(.text(value)) }
    func encode(_ value: Double) { put(.number(value)) }
    func encode(_ value: Float) { put(.single(value)) }
    func encode(_ value: Int) { put(.integer(Int64(value))) }
    func encode(_ value: Int8) { put(.integer(Int64(value))) }
    func encode(_ value: Int16) { put(.integer(Int64(value))) }
    func encode(_ value: Int32) { put(.integer(Int64(value))) }
    func encode(_ value: Int64) { put(.integer(value)) }
    func encode(_ value: UInt) { encode(UInt64(value)) }
    func encode(_ value: UInt8) { put(.integer(Int64(value))) }
    func encode(_ value: UInt16) { put(.integer(Int64(value))) }
    func encode(_ value: UInt32) { put(.integer(Int64(value))) }
    func encode(_ value: UInt64) { put(Int64(exactly: value).map { .integer($0) } ?? .natural(value)) }
    func encode<T: Encodable>(_ value: T) throws { try slot.take(value, codingPath: codingPath, userInfo: info) }

    private func put(_ node: StoredNode) { slot.content = .scalar(node) }
  }
}
