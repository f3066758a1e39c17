import Language

extension PromptCommand {
  /// All of them as they are written.
  package static var rows: [(name: String, text: String)] { all.map { (":\($0.name)\($0.operand.usage)", $0.summary) } }

  /// The keys that matter.
  package static let keys: [(name: String, text: String)] = [
    ("Tab", "complete a command, label, choice, name or path; with nothing to complete, what is asked for here"),
    ("Enter", "run the input when it is whole, else begin another line; Alt-Enter always begins one"),
    ("Ctrl-A E K U", "to the start and the end of the line, take what follows and what precedes; Ctrl-Y puts it back"),
    ("↑ ↓", "lines of the input, then earlier inputs that start with what is typed;  Ctrl-R searches in them"),
    ("|", "at the start of an input goes on from the last value"),
    ("Ctrl-C", "clear the input; in a command: stop after the current step; again within a second: abandon it"),
    ("Ctrl-X Ctrl-E", "edit the input in $EDITOR;  Ctrl-L clears the screen;  Ctrl-D leaves"),
  ]

  /// All of them, one a line, with the keys.
  package static var page: String {
    [
      "At the prompt:", alignedRows(rows, indent: "  "), "", "Keys:", alignedRows(keys, indent: "  "), "",
      "Commands of the language: help",
    ].joined(separator: "\n")
  }
}
