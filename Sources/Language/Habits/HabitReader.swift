/// Nothing that can be said in our language, or nothing that this reader makes out.
struct Unreadable: Error {}

/// Reads a statement in the way that Python, MATLAB, R and others write it, mixed with ours as people mix them.
///
/// It is a guess: whoever shows what it makes of a statement parses and checks that first.
struct HabitReader {
  let bytes: [UInt8]
  let tokens: [Token]
  let registry: Registry
  /// The kinds of names that are bound; `nil` where nothing is known of names.
  let kinds: ((String) -> Kind?)?
  /// Names that the program binds, where nothing else is known of names.
  let bound: Set<String>
  /// Whether texts are joined to values by braces, and sizes taken for counts: what is no habit of form.
  let isBold: Bool
  var index = 0
  /// Brackets around the current token: lines may end in them.
  var openBrackets = 0
  /// How many `return` were read: those that end no function make what is read another function.
  var returns = 0
  private var depth = 0
  /// What may still be read: a place may be read in two ways, and its parts again.
  private var fuel = 3000

  private static let deepest = 40

  init(_ text: String, registry: Registry, kinds: ((String) -> Kind?)?, bound: Set<String>, isBold: Bool) {
    (bytes, tokens) = Self.withoutComments(text, registry)
    self.registry = registry
    self.kinds = kinds
    self.bound = bound
    self.isBold = isBold
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }
  var isAtEnd: Bool { current.isEnd }
  var isAtLineEnd: Bool { isAtEnd || (current.startsLine && index > 0 && openBrackets == 0) }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  func text(_ token: Token) -> String { String(decoding: bytes[token.span.start..<token.span.end], as: UTF8.self) }

  /// Whether a sign stands here that is no token of ours, or several.
  func isAt(_ sign: String) -> Bool {
    guard !current.isEnd, !current.isText else { return false }
    return bytes[current.span.start...].starts(with: sign.utf8)
  }

  /// Passes a sign that stands here.
  mutating func pass(_ sign: String) -> Bool {
    guard isAt(sign) else { return false }
    let end = current.span.start + sign.utf8.count
    while !current.isEnd, current.span.start < end { advance() }
    return true
  }

  mutating func expect(_ sign: String) throws(Unreadable) {
    guard pass(sign) else { throw Unreadable() }
  }

  mutating func takeName() throws(Unreadable) -> String {
    guard let name = current.nameText, !reservedWords.contains(name) else { throw Unreadable() }
    advance()
    return name
  }

  /// The expression inside more brackets, on however many lines.
  mutating func inBrackets<Result>(
    _ read: (inout HabitReader) throws(Unreadable) -> Result
  ) throws(Unreadable) -> Result {
    openBrackets += 1
    defer { openBrackets -= 1 }
    return try nested(read)
  }

  mutating func nested<Result>(
    _ read: (inout HabitReader) throws(Unreadable) -> Result
  ) throws(Unreadable) -> Result {
    guard depth < Self.deepest, fuel > 0 else { throw Unreadable() }
    fuel -= 1
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  /// An expression inside a text of this statement.
  mutating func expression(in text: String) throws(Unreadable) -> Phrase {
    guard depth < Self.deepest, fuel > 0 else { throw Unreadable() }
    var inner = HabitReader(text, registry: registry, kinds: kinds, bound: bound, isBold: isBold)
    inner.depth = depth + 1
    inner.fuel = fuel - 1
    defer { fuel = inner.fuel }
    inner.openBrackets = 1
    let value = try inner.expression()
    guard inner.isAtEnd else { throw Unreadable() }
    return value
  }

  // MARK: Names

  /// Whether a name is known to be bound to something that can't be called, and hides no command.
  func isValue(_ name: String) -> Bool {
    guard let kind = kinds?(name), registry.commands[name] == nil else { return false }
    switch kind {
    case .function, .any, .oneOf: return false
    default: return true
    }
  }

  func isBound(_ name: String) -> Bool { kinds?(name) != nil }

  /// The command that a name stands for: its own, but for case and `_`, or what other tools call so.
  func command(_ name: String) -> Command? {
    if isBound(name) { return nil }
    if let command = registry.commands[name] { return command }
    let plain = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    if let command = registry.commands[plain] { return command }
    return registry.synonyms.command(name).flatMap { registry.commands[$0] }
  }
}
