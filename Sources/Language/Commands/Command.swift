/// One command, declared once: the single source for parsing, checking, help, completion and the reference.
public final class Command: Sendable {
  public let name: String
  /// One line, without a full stop: `train a network against masks`.
  public let summary: String
  public let parameters: [Parameter]
  public let result: Kind
  /// Whether the body draws random numbers: such a command is counted in its cell and given a stream.
  public let isRandom: Bool
  public let help: Help
  /// Codes of mistakes that it gives and no other command explains.
  public let codes: [CodeEntry]
  /// Looks at a call before running, whose arguments fit: reports what would go wrong (sizes, combinations, files) and
  /// answers what is known of the result beyond its kind.
  let check: Check?
  let body: Body
  let signature: Signature

  typealias Check = @Sendable (inout CheckedCall) -> Known?
  public typealias Body = @Sendable (Arguments, Context) throws -> Value

  init(
    _ name: String, _ summary: String, _ parameters: [Parameter], result: Kind, isRandom: Bool, help: Help,
    codes: [CodeEntry], check: Check?, body: @escaping Body
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.result = result
    self.isRandom = isRandom
    self.help = help
    self.codes = codes
    self.check = check
    self.body = body
    signature = Signature(name: name, parameters: parameters)
  }

  /// A command without rules: every call whose arguments fit their parameters can run.
  public convenience init(
    _ name: String, _ summary: String, _ parameters: [Parameter] = [], result: Kind = .any, isRandom: Bool = false,
    help: Help = Help(), codes: [CodeEntry] = [], body: @escaping Body
  ) {
    self.init(
      name, summary, parameters, result: result, isRandom: isRandom, help: help, codes: codes, check: nil, body: body)
  }
}

/// What `help` and `explain` show besides the signature.
public struct Help: Sendable {
  /// A paragraph or two.
  public let details: String
  /// Inputs that run as they stand, on the phantom; every one is replayed by the tests.
  public let examples: [String]
  /// The method behind it: equation, its number in the 2021 paper, the reading in force.
  public let method: String
  /// What stands behind it, where that takes more than a sentence or two.
  public let explanation: Explanation?

  public init(
    _ details: String = "", examples: [String] = [], method: String = "", explanation: Explanation? = nil
  ) {
    self.details = details
    self.examples = examples
    self.method = method
    self.explanation = explanation
  }
}

/// One parameter of a command.
public final class Parameter: Sendable {
  public enum Position: Sendable, Hashable {
    /// Written without a label, in order.
    case positional
    /// All remaining positional arguments, as a list.
    case rest
    /// Written as `name: value`.
    case labelled
  }
  public let name: String
  public let position: Position
  public let accepts: Accepts
  /// `nil` makes the parameter required.
  public let defaultValue: Value?
  public let help: String

  private init(_ name: String, _ position: Position, _ accepts: Accepts, _ defaultValue: Value?, _ help: String) {
    self.name = name
    self.position = position
    self.accepts = accepts
    self.defaultValue = defaultValue
    self.help = help
  }

  /// A required argument without a label, or an optional one where `default` is given.
  public static func argument(_ name: String, _ accepts: Accepts, default value: Value? = nil, _ help: String)
    -> Parameter
  {
    Parameter(name, .positional, accepts, value, help)
  }
  /// The remaining arguments without labels, as a list.
  public static func rest(_ name: String, _ accepts: Accepts, _ help: String) -> Parameter {
    Parameter(name, .rest, accepts, .list([]), help)
  }
  /// A labelled argument; required where `default` is left out.
  public static func option(_ name: String, _ accepts: Accepts, default value: Value? = nil, _ help: String)
    -> Parameter
  {
    Parameter(name, .labelled, accepts, value, help)
  }
}

/// Arguments that fit their parameters; every parameter is present, by its default where it was left out.
///
/// The typed accessors trust the check that came before: a wrong name or type is a mistake in the command itself.
public struct Arguments: Sendable {
  private let values: [String: Value]
  /// The names the user wrote, as opposed to defaults.
  public let given: Set<String>

  public init(_ values: [String: Value], given: Set<String>) {
    self.values = values
    self.given = given
  }

  public subscript(name: String) -> Value {
    guard let value = values[name] else { preconditionFailure("a command asked for an undeclared parameter '\(name)'") }
    return value
  }

  public func isNone(_ name: String) -> Bool {
    if case .none = self[name] { true } else { false }
  }
  public func number(_ name: String) -> Double {
    guard case .number(let value, _) = self[name] else { preconditionFailure("'\(name)' is no number") }
    return value
  }
  public func integer(_ name: String) -> Int { Int(number(name)) }
  public func truth(_ name: String) -> Bool {
    guard case .truth(let value) = self[name] else { preconditionFailure("'\(name)' is no truth value") }
    return value
  }
  /// A text, a path or a choice.
  public func text(_ name: String) -> String {
    guard case .text(let value) = self[name] else { preconditionFailure("'\(name)' is no text") }
    return value
  }
  /// The texts of a list that takes nothing else.
  public func texts(_ name: String) -> [String] {
    list(name).map { value in
      guard case .text(let text) = value else { preconditionFailure("`\(name)` is declared a list of texts") }
      return text
    }
  }

  public func list(_ name: String) -> [Value] {
    guard case .list(let values) = self[name] else { preconditionFailure("'\(name)' is no list") }
    return values
  }
  /// The value as a plugged-in type, `nil` when it is of another.
  public func object<T: ObjectValue>(_ name: String, as type: T.Type = T.self) -> T? {
    guard case .object(let object) = self[name] else { return nil }
    return object as? T
  }
  /// The value as a plugged-in type that the signature guarantees.
  public func require<T: ObjectValue>(_ name: String, as type: T.Type = T.self) -> T {
    guard let object = object(name, as: type) else { preconditionFailure("'\(name)' is no \(T.typeName)") }
    return object
  }
}
