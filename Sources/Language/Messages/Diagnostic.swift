/// Something wrong with a program: where, what, and what to do about it.
public struct Diagnostic: CodedError, Sendable {
  public let code: String
  public let message: String
  public let hint: String?
  public let source: Source
  public let span: Span

  public init(_ code: String, _ message: String, hint: String? = nil, in source: Source, at span: Span) {
    self.code = code
    self.message = message
    self.hint = hint
    self.source = source
    self.span = span
  }
}
