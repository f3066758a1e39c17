import Language

/// What a line that starts with a colon asks of the prompt itself, not of the language.
package enum PromptCommand: String, CaseIterable, Sendable {
  case help
  case names
  case history
  case undo
  case edit
  case save
  case load
  case next
  case solution
  case jobs
  case watch
  case stop
  case quit

  /// What may follow the word.
  enum Operand {
    case nothing
    /// A number that may be left out.
    case number
    /// A file, and numbers of inputs that may be left out.
    case newFileAndInputs
    case program
    /// A number, or `all`, which may be left out.
    case numberOrAll
    /// The label of a cell, which may be left out.
    case label
  }

  var operand: Operand {
    switch self {
    case .help, .names, .undo, .jobs, .quit: .nothing
    case .history, .edit, .watch, .stop: .number
    case .save: .newFileAndInputs
    case .load: .program
    case .next: .numberOrAll
    case .solution: .label
    }
  }

  package var summary: String {
    switch self {
    case .help: "this page"
    case .names: "the names that are bound, with their values"
    case .history: "the inputs of this session; with a number, that many of the last"
    case .undo: "take back the last input that worked: every name is as it was before (files stay written)"
    case .edit: "open an input (the last one, or that of a number) in $EDITOR; what you leave there comes to the prompt"
    case .save:
      "write what worked, or of that some inputs (3-9, or 2,5), as a book with its outputs; `cnp run FILE` gives them again"
    case .load: "open a book (its params may follow: epochs=3) for `:next` to walk through; of a script: run it here"
    case .next: "show the next prose and cell of the loaded book, and run the cell; a number: so many; all: the rest"
    case .solution: "show the solution that a loaded book has for its exercise; ↑ brings it to the prompt"
    case .jobs: "what runs in the background"
    case .watch: "follow a background job; Ctrl-C stops watching, not the job"
    case .stop: "stop a background job after its current step; what it has so far is kept"
    case .quit: "leave, as Ctrl-D does"
    }
  }

  /// These may be written without their colon where no name or command is called so.
  static let bareWords: Set<PromptCommand> = [.jobs, .watch, .stop]

  private var usage: String {
    switch operand {
    case .nothing: ":\(rawValue)"
    case .number: ":\(rawValue) [N]"
    case .newFileAndInputs: ":\(rawValue) FILE [3-9]"
    case .program: ":\(rawValue) FILE [NAME=VALUE]"
    case .numberOrAll: ":\(rawValue) [N]"
    case .label: ":\(rawValue) [LABEL]"
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

  /// All of them as they are written.
  package static var rows: [(name: String, text: String)] { allCases.map { ($0.usage, $0.summary) } }

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

  /// What completes a line that begins with a colon: the prompt's commands, then a file where one takes it, then inputs;
  /// `nil` for other lines.
  ///
  /// - Parameter inputs: those that may be saved.
  static func completions(
    of line: String, offset: Int, folder: String, inputs: [(number: Int, text: String)]
  ) -> CompletionList? {
    guard let word = word(of: line) else { return nil }
    let typed = String(decoding: Array(line.utf8).prefix(offset), as: UTF8.self)
    let start = typed.utf8.count - typed.drop { $0 == " " || $0 == "\t" }.utf8.count
    guard let space = typed.utf8.dropFirst(start).firstIndex(of: UInt8(ascii: " ")) else {
      let items = allCases.filter { ":\($0.rawValue)".hasPrefix(typed.dropFirst(start)) }.map { command in
        let takesMore = if case .nothing = command.operand { false } else { true }
        return CompletionList.Item(
          text: ":\(command.rawValue)", title: ":\(command.rawValue)", help: command.summary, end: takesMore ? " " : "")
      }
      return CompletionList(start: start, items: items)
    }
    let operand = PromptCommand(rawValue: word)?.operand
    if case .newFileAndInputs? = operand,
      let list = inputCompletions(of: typed, after: typed.utf8.index(after: space), inputs)
    {
      return list
    }
    switch operand {
    case .newFileAndInputs, .program:
      var path = typed[space...].drop { $0 == " " }
      let quote = path.first.map { $0 == "\"" || $0 == "'" ? String($0) : "" } ?? ""
      path = path.dropFirst(quote.count)
      let isClosed = line.utf8.dropFirst(offset).starts(with: quote.utf8)
      return CompletionList(
        start: typed.utf8.count - path.utf8.count,
        items: pathCompletions(of: String(path), in: folder, end: isClosed ? "" : quote))
    default: return CompletionList(start: offset, items: [])
    }
  }

  /// The inputs whose numbers may stand behind a file; `nil` where the file is still being typed.
  private static func inputCompletions(
    of typed: String, after start: String.Index, _ inputs: [(number: Int, text: String)]
  ) -> CompletionList? {
    let operand = typed[start...]
    guard let gap = operand.lastIndex(of: " "), !operand[..<gap].allSatisfy({ $0 == " " }),
      operand[gap...].allSatisfy({ $0.isWholeNumber || " ,-–.".contains($0) })
    else { return nil }
    let begun = operand[gap...].reversed().prefix { $0.isWholeNumber }.count
    let digits = String(operand.suffix(begun))
    let items = inputs.filter { String($0.number).hasPrefix(digits) }.map { input in
      let first = input.text.split(separator: "\n").first.map(String.init) ?? ""
      return CompletionList.Item(text: String(input.number), title: String(input.number), help: first)
    }
    return CompletionList(
      start: typed.utf8.count - digits.utf8.count, items: items, wanted: "inputs by their numbers: 3-9, or 2,5-7")
  }
}
