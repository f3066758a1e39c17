/// A function of the language: a `def`, or a command passed by name.
public struct Function: Sendable {
  public let name: String

  public init(name: String) {
    self.name = name
  }
}
