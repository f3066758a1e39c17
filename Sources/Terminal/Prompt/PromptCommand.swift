/// What a line that starts with a colon asks of the prompt itself, not of the language.
package struct PromptCommand: Sendable {
  /// The word behind the colon.
  package let name: String
  let operand: Operand
  /// One line, without a full stop.
  package let summary: String
  /// Whether it may be written without its colon where no name or command is called so.
  let isBareWord: Bool
  /// Does it; what follows the word comes without the white space around it, and is empty where nothing may follow.
  let run: @Sendable (_ prompt: REPL, _ operand: String) -> Void

  init(
    _ name: String, takes operand: Operand = .nothing, _ summary: String, isBareWord: Bool = false,
    run: @escaping @Sendable (_ prompt: REPL, _ operand: String) -> Void
  ) {
    (self.name, self.operand, self.summary) = (name, operand, summary)
    (self.isBareWord, self.run) = (isBareWord, run)
  }

  /// The one of that name.
  init?(_ name: String) {
    guard let command = Self.all.first(where: { $0.name == name }) else { return nil }
    self = command
  }

  /// What may follow the word.
  enum Operand: Sendable, Hashable {
    case nothing
    /// One that may be left out, by what stands for it in `usage`: `N`.
    case word(String)
    /// A file, and numbers of inputs that may be left out.
    case newFileAndInputs
    /// A book or a script, and params.
    case program

    /// As the page of help has it, behind the word.
    var usage: String {
      switch self {
      case .nothing: ""
      case .word(let word): " [\(word)]"
      case .newFileAndInputs: " FILE [3-9]"
      case .program: " FILE [NAME=VALUE]"
      }
    }
  }

  /// The word after the colon, without what follows it; `nil` when the line is the language's.
  package static func word(of line: String) -> String? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    guard trimmed.first == ":" else { return nil }
    return String(trimmed.dropFirst().prefix { !$0.isWhitespace })
  }

  /// What follows the word, without the white space around it.
  static func operand(of line: String) -> String {
    let words = line.drop { $0 == " " || $0 == "\t" }
    return String(words.drop { !$0.isWhitespace }.drop { $0.isWhitespace }).withoutTrailingSpace
  }
}
