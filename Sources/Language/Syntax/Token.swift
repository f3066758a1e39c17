/// One token, with its place and the white space around it, which the grammar minds.
struct Token: Sendable {
  enum Form: Sendable {
    case number(Double, Unit)
    case text(String)
    case interpolation([RawPiece])
    /// A name or a reserved word.
    case name(String)
    case mark(Mark)
    /// Something that was already reported; stands for any operand.
    case invalid
    case end
  }

  /// A part of a text with interpolation, before it is parsed.
  enum RawPiece: Sendable {
    case literal(String)
    /// The tokens between braces, closed by an `end`.
    case tokens([Token])
  }

  let form: Form
  let span: Span
  let hasSpaceBefore: Bool
  /// Whether it is the first token of its line.
  let startsLine: Bool

  func isMark(_ mark: Mark) -> Bool {
    if case .mark(mark) = form { true } else { false }
  }
  func isName(_ text: String) -> Bool {
    if case .name(text) = form { true } else { false }
  }
  var nameText: String? {
    if case .name(let text) = form { text } else { nil }
  }
  /// A field of a record may be named by a text, so that it can hold spaces.
  var fieldNameText: String? {
    if case .text(let text) = form { text } else { nameText }
  }
  /// Whether it stands in quotes.
  var isText: Bool {
    switch form {
    case .text, .interpolation: true
    default: false
    }
  }
  var isInvalid: Bool {
    if case .invalid = form { true } else { false }
  }
  var isEnd: Bool {
    if case .end = form { true } else { false }
  }
}

/// Punctuation and the operators that are not words.
enum Mark: String, Sendable {
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
  case comma = ","
  case colon = ":"
  case dot = "."
  case range = ".."
  case assign = "="
  case pipe = "|"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"
  case caret = "^"

  /// The mark that closes this bracket.
  var closing: Mark? {
    switch self {
    case .openParenthesis: .closeParenthesis
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }
  var isClosing: Bool { self == .closeParenthesis || self == .closeBracket || self == .closeBrace }
  var binaryOperator: Operator? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .plus: .add
    case .minus: .subtract
    case .times: .multiply
    case .over: .divide
    case .caret: .power
    default: nil
    }
  }
}

/// Words that are no names.
package let reservedWords: Set<String> = [
  "and", "or", "xor", "not", "true", "false", "none", "if", "else", "for", "in", "def", "print", "show",
]

/// Reserved words that can't begin an operand or an argument; `print` and `show` can, after `|` and as arguments.
let nonOperands: Set<String> = ["and", "or", "xor", "not", "if", "else", "for", "in", "def"]
