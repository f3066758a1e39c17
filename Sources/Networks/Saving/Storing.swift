import Base

/// Networks in values are stored as a file holds them, beside the times that a file leaves out.
extension SavedNetwork: Codable {
  public func encode(to encoder: any Encoder) throws {
    try StoredFile(encoded(engineVersion: ""), history).encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let stored = try StoredFile(from: decoder)
    try self.init(decoding: stored.bytes)
    history = try stored.timed(history)
  }
}

extension Checkpoint: Codable {
  public func encode(to encoder: any Encoder) throws {
    try StoredFile(encoded(engineVersion: ""), history).encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let stored = try StoredFile(from: decoder)
    try self.init(decoding: stored.bytes, at: "a stored checkpoint")
    history = try stored.timed(history)
  }
}

extension Model: Codable {
  public func encode(to encoder: any Encoder) throws {
    let isGenerator = architecture.isGenerator
    try SavedNetwork(generator: isGenerator ? self : nil, discriminator: isGenerator ? nil : self).encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let saved = try SavedNetwork(from: decoder)
    guard let model = saved.generator ?? saved.discriminator else { throw SavingError.notANetwork(path: nil) }
    self = model
  }
}

/// The bytes of a file, and what its history took.
private struct StoredFile: Codable {
  let bytes: [UInt8]
  private let seconds: [Double?]

  private enum CodingKeys: CodingKey { case bytes, seconds }

  init(_ bytes: [UInt8], _ history: [EpochRecord]) {
    self.bytes = bytes
    seconds = history.map(\.seconds)
  }

  /// The same training has the same contents, however long it took.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(bytes, forKey: .bytes)
    if !encoder.isOfContents { try fields.encode(seconds, forKey: .seconds) }
  }

  func timed(_ history: [EpochRecord]) throws -> [EpochRecord] {
    guard seconds.count == history.count else {
      throw SavingError.badDescription(path: nil, reason: "not a time an epoch")
    }
    return zip(history, seconds).map { record, seconds in
      var record = record
      record.seconds = seconds
      return record
    }
  }
}
