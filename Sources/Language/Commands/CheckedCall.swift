/// One call as the checker sees it: what is known of its arguments, and what its command finds wrong with them.
///
/// A command plans from it what it is to do, reports what would go wrong, and answers what is known of the result. What it
/// isn't sure of it must let pass.
public struct CheckedCall {
  private let parameters: [Parameter]
  /// What is known of the arguments that the user wrote.
  private let arguments: [String: Known]
  public let registry: Registry
  private let files: CheckedFiles
  /// What is wrong with the call.
  public private(set) var findings: [CheckFinding] = []
  /// What it would write, by the path in the program's words.
  private(set) var written: [(path: String?, value: Known)] = []

  init(of parameters: [Parameter], _ arguments: [String: Known], registry: Registry, files: CheckedFiles) {
    self.parameters = parameters
    self.arguments = arguments
    self.registry = registry
    self.files = files
  }

  /// Whether the user wrote an argument, so that it isn't the default.
  public func isGiven(_ name: String) -> Bool { arguments[name] != nil }

  /// What is known of an argument, or of its default where it was left out.
  public subscript(name: String) -> Known {
    if let known = arguments[name] { return known }
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      preconditionFailure("a plan asked for an undeclared parameter '\(name)'")
    }
    return parameter.defaultValue.map { Known($0) } ?? .any
  }

  /// Whether an argument is `none`; `nil` where that isn't known.
  public func isNone(_ name: String) -> Bool? {
    switch self[name].kind {
    case .none: true
    case .any: nil
    case .oneOf(let kinds): kinds.contains(.none) || kinds.contains(.any) ? nil : false
    default: false
    }
  }
  public func number(_ name: String) -> Double? {
    if case .number(let number, _) = self[name].constant { number } else { nil }
  }
  public func integer(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0) } }
  public func truth(_ name: String) -> Bool? {
    if case .truth(let truth) = self[name].constant { truth } else { nil }
  }
  /// A text, a path or a choice.
  public func text(_ name: String) -> String? {
    if case .text(let text) = self[name].constant { text } else { nil }
  }
  /// The facts of an argument of a plugged-in type.
  public func facts<T: Facts>(_ name: String, as type: T.Type = T.self) -> T? { self[name].facts as? T }

  /// The arguments as they are when the program runs, as far as they are constant, and the names of the parameters where they aren't:
  /// these have their defaults, or are left out where they have none.
  public func argumentsOrDefaults() -> (arguments: Arguments, unknown: Set<String>) {
    var values: [String: Value] = [:]
    var unknown: Set<String> = []
    for parameter in parameters {
      let known = arguments[parameter.name]
      values[parameter.name] = known?.constant ?? parameter.defaultValue
      if known != nil && known?.constant == nil { unknown.insert(parameter.name) }
    }
    return (Arguments(values, given: Set(arguments.keys)), unknown)
  }

  // MARK: What is wrong

  /// Reports a mistake or a warning on an argument, or on the call as a whole.
  public mutating func report(_ finding: CheckFinding) { findings.append(finding) }

  /// Reports what running would throw.
  public mutating func report(_ error: any CodedError, on parameter: String? = nil) {
    report(CheckFinding(error, on: parameter))
  }

  // MARK: Files

  /// The place of a file or folder that the call reads, from the root; `nil` where that isn't known yet: the path isn't
  /// constant, or a statement before writes there.
  public func place(ofPath parameter: String) -> String? {
    guard let path = text(parameter), !files.written.isAnywhere, !files.written.covers(path),
      case .found(let place) = files.locate(path)
    else { return nil }
    return place
  }

  /// Whether something is at the path; `nil` where that isn't known yet.
  public func exists(atPath parameter: String) -> Bool? {
    guard let path = text(parameter), !files.written.isAnywhere, !files.written.covers(path) else { return nil }
    return switch files.locate(path) {
    case .found: true
    case .missing: false
    case .unknown: nil
    }
  }

  /// What a statement before writes at the path.
  public func written(atPath parameter: String) -> Known? { text(parameter).flatMap { files.written[$0] } }

  /// Notes that the call writes a value to the path that an argument names.
  public mutating func willWrite(_ value: Known, toPath parameter: String) { written.append((text(parameter), value)) }

  /// A result that is computed once for a key while programs are checked one after the other: of reading files, say.
  public func remembered<T: Sendable>(_ key: String, _ compute: (CheckNotes) -> T) -> T {
    files.notes.remembered(key, compute)
  }
}

/// A mistake, or something odd, that a command's own check found: on one of its parameters or on the call as a whole.
public struct CheckFinding: Sendable {
  public let parameter: String?
  public let code: String
  public let message: String
  public let hint: String?
  public let severity: Severity

  public init(
    on parameter: String?, code: String, _ message: String, hint: String? = nil, severity: Severity = .error
  ) {
    self.parameter = parameter
    self.code = code
    self.message = message
    self.hint = hint
    self.severity = severity
  }

  /// What running would throw.
  ///
  /// - Parameter hint: a better one than the error's own.
  public init(_ error: any CodedError, on parameter: String? = nil, hint: String? = nil, severity: Severity = .error) {
    self.init(on: parameter, code: error.code, error.message, hint: hint ?? error.hint, severity: severity)
  }
}
