/// A promise that an input broke.
public struct Fault: Error, Sendable, CustomStringConvertible {
  /// Which promise, in few words: faults of one name are likely to have one cause.
  public let name: String
  public let details: String

  public init(_ name: String, _ details: String = "") {
    self.name = name
    self.details = details
  }

  public var description: String { details.isEmpty ? name : "\(name): \(details)" }
}
