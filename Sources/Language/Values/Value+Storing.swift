import Base

extension CodingUserInfoKey {
  /// The registry whose commands and types stored values are of: needed to decode a `Value`.
  public static let registry = CodingUserInfoKey(rawValue: "registry")!
}

/// A value's stored form: exact to the bit. Digests are made of it.
extension Value: Codable {
  private enum CodingKeys: CodingKey { case kind, value, unit, names, type, from, to }
  private enum StoredKind: String, Codable { case none, truth, number, text, list, record, range, function, object }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .none: try fields.encode(StoredKind.none, forKey: .kind)
    case .truth(let truth):
      try fields.encode(StoredKind.truth, forKey: .kind)
      try fields.encode(truth, forKey: .value)
    case .number(let number, let unit):
      try fields.encode(StoredKind.number, forKey: .kind)
      try fields.encode(number, forKey: .value)
      if unit != .one { try fields.encode(unit.rawValue, forKey: .unit) }
    case .text(let text):
      try fields.encode(StoredKind.text, forKey: .kind)
      try fields.encode(text, forKey: .value)
    case .list(let values):
      try fields.encode(StoredKind.list, forKey: .kind)
      try fields.encode(values, forKey: .value)
    case .record(let record):
      try fields.encode(StoredKind.record, forKey: .kind)
      try fields.encode(record, forKey: .value)
    case .range(let range):
      try fields.encode(StoredKind.range, forKey: .kind)
      try fields.encode(range.lowerBound, forKey: .from)
      try fields.encode(range.upperBound, forKey: .to)
    case .function(let function):
      try fields.encode(StoredKind.function, forKey: .kind)
      try fields.encode(function, forKey: .value)
    case .object(let object):
      try fields.encode(StoredKind.object, forKey: .kind)
      try fields.encode(type(of: object).typeName, forKey: .type)
      try object.encode(to: fields.superEncoder(forKey: .value))
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try fields.decode(StoredKind.self, forKey: .kind) {
    case .none: self = .none
    case .truth: self = .truth(try fields.decode(Bool.self, forKey: .value))
    case .number:
      let unit = try fields.decodeIfPresent(String.self, forKey: .unit).map { Unit(rawValue: $0) } ?? .one
      guard let unit else {
        throw DecodingError.dataCorruptedError(forKey: .unit, in: fields, debugDescription: "an unknown unit")
      }
      self = .number(try fields.decode(Double.self, forKey: .value), unit)
    case .text: self = .text(try fields.decode(String.self, forKey: .value))
    case .list: self = .list(try fields.decode([Value].self, forKey: .value))
    case .record: self = .record(try fields.decode(Record.self, forKey: .value))
    case .range:
      let (from, to) = try (fields.decode(Int.self, forKey: .from), fields.decode(Int.self, forKey: .to))
      guard from <= to else {
        throw DecodingError.dataCorruptedError(forKey: .to, in: fields, debugDescription: "a range that runs backward")
      }
      self = .range(from...to)
    case .function: self = .function(try fields.decode(Function.self, forKey: .value))
    case .object:
      let name = try fields.decode(String.self, forKey: .type)
      guard let type = (decoder.userInfo[.registry] as? Registry)?.types[name] else {
        throw DecodingError.dataCorruptedError(forKey: .type, in: fields, debugDescription: "no type is called \(name)")
      }
      self = .object(try type.init(from: fields.superDecoder(forKey: .value)))
    }
  }
}

extension Record: Codable {
  private enum CodingKeys: CodingKey { case names, values }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(names, forKey: .names)
    try fields.encode(names.map { self[$0] ?? .none }, forKey: .values)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let names = try fields.decode([String].self, forKey: .names)
    let values = try fields.decode([Value].self, forKey: .values)
    guard names.count == values.count, Set(names).count == names.count else {
      throw DecodingError.dataCorruptedError(forKey: .names, in: fields, debugDescription: "not a name a value")
    }
    self.init()
    for (name, value) in zip(names, values) { self[name] = value }
  }
}

/// A command is stored by its name, a `def` by the text that it was written in; for a digest by its tree, since comments and
/// what stands around it change nothing.
extension Function: Codable {
  private enum CodingKeys: CodingKey { case command, tree, text, file, line, place, captured, defaults }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch target {
    case .command(let command): try fields.encode(command.name, forKey: .command)
    case .definition(let definition, let captured, let defaults):
      if encoder.isOfContents {
        try fields.encode(definition.digest, forKey: .tree)
      } else {
        try fields.encode(definition.source.text, forKey: .text)
        try fields.encode(definition.source.name, forKey: .file)
        try fields.encode(definition.source.firstLine, forKey: .line)
        try fields.encode(definition.name.span.start, forKey: .place)
      }
      try fields.encode(captured, forKey: .captured)
      try fields.encode(defaults, forKey: .defaults)
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func damaged(_ key: CodingKeys, _ what: String) -> DecodingError {
      DecodingError.dataCorruptedError(forKey: key, in: fields, debugDescription: what)
    }
    guard let registry = decoder.userInfo[.registry] as? Registry else { throw damaged(.text, "no commands are known") }
    if let name = try fields.decodeIfPresent(String.self, forKey: .command) {
      guard let command = registry.commands[name] else { throw damaged(.command, "no command is called \(name)") }
      self.init(command)
      return
    }
    let source = Source(
      try fields.decode(String.self, forKey: .text), name: try fields.decode(String.self, forKey: .file),
      firstLine: try fields.decode(Int.self, forKey: .line))
    let place = try fields.decode(Int.self, forKey: .place)
    guard
      let definition = parse(source, registry: registry).program.definitions.first(where: {
        $0.name.span.start == place
      })
    else {
      throw damaged(.place, "no function was written there")
    }
    self.init(
      definition, captured: try fields.decode(Record.self, forKey: .captured),
      defaults: try fields.decode(Record.self, forKey: .defaults))
  }
}

extension Function {
  /// The function as a program writes it now: the same, with messages that point to where it stands there. Itself where the
  /// program doesn't write it.
  public func written(in program: Program) -> Function {
    guard case .definition(let old, let captured, let defaults) = target,
      let definition = program.definitions.first(where: { $0.name.text == old.name.text && $0.digest == old.digest })
    else { return self }
    return Function(definition, captured: captured, defaults: defaults)
  }
}
