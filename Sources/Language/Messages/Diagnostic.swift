/// What follows from a diagnostic.
public enum Severity: String, Sendable, Hashable {
  /// The program can't run, or has failed.
  case error
  /// The program runs; somebody should look at it all the same.
  case warning
}

/// Something wrong with a program: where, what, and what to do about it.
public struct Diagnostic: CodedError, Sendable {
  public let code: String
  public let message: String
  public let hint: String?
  public let severity: Severity
  public let source: Source
  public let span: Span

  public init(
    _ code: String, _ message: String, hint: String? = nil, severity: Severity = .error, in source: Source,
    at span: Span
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.severity = severity
    self.source = source
    self.span = span
  }
}

extension Sequence<Diagnostic> {
  /// Those that keep a program from running.
  public var errors: [Diagnostic] { filter { $0.severity == .error } }
  /// Those that don't.
  public var warnings: [Diagnostic] { filter { $0.severity == .warning } }
}
