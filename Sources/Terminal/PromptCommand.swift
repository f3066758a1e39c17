/// What a line that starts with a colon asks of the prompt itself, not of the language.
package enum PromptCommand: String, CaseIterable {
  case help
  case quit

  package var summary: String {
    switch self {
    case .help: "what the prompt itself understands"
    case .quit: "leave, as Ctrl-D does"
    }
  }

  /// The word after the colon, without what follows it; `nil` when the line is the language's.
  package static func word(of line: String) -> String? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    guard trimmed.first == ":" else { return nil }
    return String(trimmed.dropFirst().prefix { $0 != " " && $0 != "\t" })
  }

  /// All of them, one a line, with the keys that matter.
  package static var page: String {
    let rows = allCases.map { command in
      let gap = String(repeating: " ", count: max(1, 10 - command.rawValue.count))
      return "  :\(command.rawValue)\(gap)\(command.summary)"
    }
    return (["At the prompt:"] + rows + keys).joined(separator: "\n")
  }

  private static let keys = [
    "  Tab        complete a command, label, choice, name or path",
    "  ↑ ↓        earlier inputs that start with what is typed;  Ctrl-R searches inside them",
    "  |          at the start of a line goes on from the last value",
    "  Ctrl-C     clear the input; in a command: stop after the current step; again within a second: abandon it",
    "  Ctrl-D     leave",
    "Commands of the language: help",
  ]
}
