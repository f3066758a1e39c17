/// Lines that read otherwise than they are meant, by how they are laid out.
enum LayoutProblem: Sendable {
  case indentedStatement
}

extension Examiner {
  /// Warns of a value that stands alone on a line which is indented as if it went on with the line above: a line break ends a
  /// statement, so that an argument there is given to nobody, and nothing else would tell.
  mutating func warn(of statement: Statement, behind last: Statement) {
    guard case .expression(let value) = statement.form, value.isWrittenValue, let indent = indent(of: statement),
      let above = self.indent(of: last),
      indent > above
    else { return }
    report(LayoutProblem.indentedStatement, severity: .warning, at: statement.span)
  }

  /// The blanks before a statement that begins its line; `nil` for one that stands behind something else.
  private func indent(of statement: Statement) -> Int? {
    let before = source.text.utf8.prefix(statement.span.start).reversed()
    let blanks = before.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    guard let last = before.dropFirst(blanks).first else { return blanks }
    return last == UInt8(ascii: "\n") ? blanks : nil
  }
}

extension LayoutProblem: CataloguedError {
  var entry: DiagnosticCode { .indentedStatement }
  var message: String { "this line is indented, and begins a statement of its own all the same" }
  var hint: String? { "what goes on over lines stands in parentheses: `x = (f a` and below it `b)`" }
}

extension Expression {
  /// Whether it is a value as it is written, which does nothing where it stands alone.
  fileprivate var isWrittenValue: Bool {
    switch form {
    case .none, .truth, .number, .text, .interpolation, .list, .record, .range, .word: true
    default: false
    }
  }
}
