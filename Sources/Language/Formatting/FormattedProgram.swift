/// A program in the usual form: one space around operators and after commas and colons, two of indentation a level, no blank
/// line at its ends and one at most elsewhere. Its lines and comments stay; comments behind lines that follow each other
/// stand below each other.
///
/// - Parameter registry: the commands that it calls, which the reading of some lines depends on.
/// - Returns: `nil` where the program has a mistake of syntax, or would not be read as the same one.
public func formattedProgram(_ text: String, registry: Registry) -> String? {
  let source = Source(text, name: "")
  let program = parse(source, registry: registry)
  guard program.diagnostics.isEmpty, let written = ProgramLines(text) else { return nil }
  let formatted = ProgramLayout(of: written).text
  let result = parse(Source(formatted, name: ""), registry: registry)
  guard result.diagnostics.isEmpty, result.program.digest == program.program.digest,
    let lines = ProgramLines(formatted), lines.comments == written.comments
  else { return nil }
  return formatted
}

/// Sets the lines of a program.
private struct ProgramLayout {
  private let written: ProgramLines
  /// The brackets that are open: each with the level of the line that opens it and that of what it holds.
  private var open: [(mark: Mark, level: Int, inner: Int)] = []
  private var rows: [(text: String, comment: String?)] = []
  /// Comments that wait for the line below them, whose level is theirs.
  private var waiting: [String] = []
  private var endsOpen = false

  init(of written: ProgramLines) {
    self.written = written
    for line in written.lines {
      switch line {
      case .blank: waiting.append("")
      case .comment(let text): waiting.append(text)
      case .code(let range, let comment): add(range, comment)
      }
    }
    flush(at: 0)
  }

  var text: String {
    var lines: [String] = []
    var index = 0
    while index < rows.count {
      let run = rows[index...].prefix { $0.comment != nil && !$0.text.contains("\n") }
      let width = run.map { displayWidth($0.text) }.max() ?? 0
      for row in run {
        let gap = String(repeating: " ", count: width - displayWidth(row.text) + 2)
        lines.append(row.text + gap + (row.comment ?? ""))
      }
      index += run.count
      guard index < rows.count, run.isEmpty else { continue }
      lines.append(rows[index].text + (rows[index].comment.map { "  " + $0 } ?? ""))
      index += 1
    }
    var kept: [String] = []
    for line in lines where !line.isEmpty || kept.last?.isEmpty == false { kept.append(line) }
    if kept.last == "" { kept.removeLast() }
    return kept.joined(separator: "\n")
  }

  /// Puts the waiting comments down, at the level of what they speak of.
  private mutating func flush(at level: Int) {
    for text in waiting {
      rows.append((text.isEmpty ? "" : String(repeating: "  ", count: level) + text, nil))
    }
    waiting = []
  }

  private mutating func add(_ range: Range<Int>, _ comment: String?) {
    let first = written.tokens[range.lowerBound]
    let inner = open.last?.inner ?? 0
    let isClosing = if case .mark(let mark) = first.form { mark.isClosing } else { false }
    let level = isClosing ? open.last?.level ?? 0 : inner + (goesOn(range.lowerBound) ? 1 : 0)
    flush(at: isClosing ? inner : level)
    var text = String(repeating: "  ", count: level)
    for index in range {
      if index > range.lowerBound, hasSpace(before: index) { text += " " }
      let token = written.tokens[index]
      text += String(decoding: written.bytes[token.span.start..<token.span.end], as: UTF8.self)
      guard case .mark(let mark) = token.form else { continue }
      if mark.closing != nil { open.append((mark, level, level + 1)) }
      if mark.isClosing { _ = open.popLast() }
    }
    rows.append((text, comment))
    endsOpen = isOpenEnd(written.tokens[range.upperBound - 1])
  }

  /// Whether a line goes on with the statement above it: by a `|` or a label, or as that ended in the midst of it.
  private func goesOn(_ index: Int) -> Bool {
    guard index > 0, open.isEmpty || open.last?.mark == .openBrace else { return false }
    let token = written.tokens[index]
    let isLabel = token.nameText != nil && written.tokens[index + 1].isMark(.colon)
    return token.isMark(.pipe) || isLabel || endsOpen
  }

  /// Whether a statement can't end with a token.
  private func isOpenEnd(_ token: Token) -> Bool {
    switch token.form {
    case .mark(let mark): mark.closing == nil && !mark.isClosing
    case .name(let name): ["and", "or", "xor", "not"].contains(name)
    default: false
    }
  }
}

extension ProgramLayout {
  /// Whether a space stands before a token, which is not the first of its line.
  private func hasSpace(before index: Int) -> Bool {
    let (last, next) = (written.tokens[index - 1], written.tokens[index])
    if isSign(index - 1) { return false }
    switch next.form {
    case .mark(.comma), .mark(.colon), .mark(.closeParenthesis), .mark(.closeBracket), .mark(.dot), .mark(.range):
      return false
    case .mark(.openBracket): if endsOperand(last), !next.hasSpaceBefore { return false }
    case .mark(.closeBrace): return !last.isMark(.openBrace)
    default: break
    }
    switch last.form {
    case .mark(.openParenthesis), .mark(.openBracket), .mark(.dot), .mark(.range): return false
    default: return true
    }
  }

  /// Whether a token is the sign of what follows it.
  private func isSign(_ index: Int) -> Bool {
    let token = written.tokens[index]
    guard token.isMark(.minus) else { return false }
    guard index > 0, endsOperand(written.tokens[index - 1]) else { return true }
    return token.startsLine || token.hasSpaceBefore && !written.tokens[index + 1].hasSpaceBefore
  }

  /// Whether an operand or an argument may end with a token.
  private func endsOperand(_ token: Token) -> Bool {
    switch token.form {
    case .number, .text, .interpolation: true
    case .name(let name): !nonOperands.contains(name)
    case .mark(let mark): mark.isClosing
    case .invalid, .end: false
    }
  }
}
