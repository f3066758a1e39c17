/// A function of the language: a `def`, or a command passed by name.
public struct Function: Sendable {
  /// What stands behind the name; held indirectly, so that a value stays small.
  public indirect enum Target: Sendable {
    case command(Command)
    /// A `def` with the values of the outer names its body reads and of its defaults.
    case definition(Definition, captured: Record, defaults: Record)
  }
  public let name: String
  public let target: Target

  /// A command as a value.
  public init(_ command: Command) {
    name = command.name
    target = .command(command)
  }

  init(_ definition: Definition, captured: Record, defaults: Record) {
    name = definition.name.text
    target = .definition(definition, captured: captured, defaults: defaults)
  }
}
