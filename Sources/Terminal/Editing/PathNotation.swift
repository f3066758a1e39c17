import Language

/// How a path is written where it stands.
package enum PathNotation: Sendable {
  /// As it is: after a command of the prompt.
  case bare
  /// In a text of the language that began with this quote.
  case text(quote: String)

  /// What the written part of a path means; `nil` where that depends on a value, or is no path.
  func meaning(of written: String) -> String? {
    guard case .text(let quote) = self else { return written }
    let program = parse(
      Source(quote + written + quote, name: "path"), registry: Registry(commands: [], types: [])
    ).program
    guard case .expression(let value)? = program.statements.first?.form, case .text(let meaning) = value.form else {
      return nil
    }
    return meaning
  }

  /// A file's name as it is to be written; `nil` where it cannot be.
  func written(_ name: String) -> String? {
    switch self {
    case .bare: name
    case .text(quote: "'"): name.contains("'") ? nil : name
    // Because of the apostrophe it is a text in double quotes.
    case .text: String(quoted("'" + name).dropFirst(2).dropLast())
    }
  }
}
