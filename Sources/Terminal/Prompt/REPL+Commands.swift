import Books
import Files
import Glibc
import Language

extension REPL {
  /// Does what a line asks of the prompt.
  func obey(_ word: String, _ line: String) {
    let operand = PromptCommand.operand(of: line)
    guard let command = PromptCommand(rawValue: word) else {
      let near = closest(to: word, in: PromptCommand.allCases.map(\.rawValue))
      let known = PromptCommand.allCases.map { ":\($0.rawValue)" }.joined(separator: ", ")
      return complain(
        "error[unknown-prompt-command]: the prompt has no ':\(word)'\n  = help: "
          + (near.map { "did you mean ':\($0)'?" } ?? "it has \(known)"))
    }
    if case .nothing = command.operand, !operand.isEmpty {
      return complain("error[too-many-arguments]: ':\(word)' stands alone; found '\(operand)'")
    }
    switch command {
    case .help: screen.writeProse(PromptCommand.page)
    case .names: listNames()
    case .history: number(operand, of: command, default: 20).map { screen.write(transcript.listing(last: $0)) }
    case .undo: undo()
    case .edit: edit(operand)
    case .save: save(operand)
    case .load: load(operand)
    case .jobs: listJobs()
    case .watch: watchJob(operand)
    case .stop: stopJob(operand)
    case .quit: leave()
    }
  }

  /// A count from 1, or the default where nothing is given; `nil` after a complaint.
  private func number(_ operand: String, of command: PromptCommand, default value: Int) -> Int? {
    if operand.isEmpty { return value }
    if let number = Int(operand), number > 0 { return number }
    complain("error[not-whole]: ':\(command.rawValue)' takes a whole number from 1; found '\(operand)'")
    return nil
  }

  private func listNames() {
    let pending = background.all.flatMap { job in job.names.map { ($0, "being computed by job \(job.number)") } }
    let names = session.bindings.names
    guard !names.isEmpty || !pending.isEmpty else { return screen.write("no names yet") }
    let width = (names + pending.map(\.0)).map(displayWidth).max() ?? 0
    let bound = names.map { name in
      (name, inline(session.bindings[name] ?? .none).split(separator: "\n").first.map(String.init) ?? "")
    }
    let rows = (bound + pending).map { name, value -> String in
      let gap = String(repeating: " ", count: width - displayWidth(name) + 2)
      return String("\(name)\(gap)\(value)".prefix(max(screen.columns - 1, width + 10)))
    }
    screen.write(rows.joined(separator: "\n"))
  }

  private func undo() {
    guard let entry = transcript.undo() else {
      return complain("error[nothing-to-undo]: there is no input to take back")
    }
    // The numbers of the inputs go on, so that the random streams of later ones stay theirs.
    session = entry.before
    screen.complain("taken back: \(entry.input.split(separator: "\n").joined(separator: "\n            "))")
  }

  // MARK: Editing

  private func edit(_ operand: String) {
    guard let last = transcript.entries.last else {
      return complain("error[no-input]: there is no input to edit yet")
    }
    guard let number = number(operand, of: .edit, default: last.number) else { return }
    guard let entry = transcript.entries.last(where: { $0.number == number }) else {
      return complain("error[no-input]: there is no input \(number)\n  = help: :history lists them")
    }
    editAsDraft(entry.input)
  }

  /// Opens a text in the user's editor; what is left there becomes the next input's draft.
  func editAsDraft(_ text: String) {
    guard reader.isInteractive else {
      return complain("error[no-terminal]: an editor needs a terminal; these inputs come from a file or a pipe")
    }
    draft = Draft(text)
    // Ctrl-Z stops the editor and this program with it.
    signal(SIGTSTP, SIG_DFL)
    do {
      if let edited = try editElsewhere(text) { draft = Draft(edited) }
    } catch { complain(error) }
    bell.catchSignals([SIGTSTP])
    // Ctrl-C in the editor was the editor's; who asked the program to leave is still heard.
    _ = answerBell(onInterrupt: { _ in false })
  }

  // MARK: Books

  /// A path as it is given to the prompt: perhaps in quotes, as the language wants it, perhaps below the user's home.
  private func path(_ operand: String) -> String {
    var path = operand
    for quote in ["\"", "'"] where path.count > 1 && path.hasPrefix(quote) && path.hasSuffix(quote) {
      path = String(path.dropFirst().dropLast())
    }
    if path.hasPrefix("~/"), let home = environmentVariable("HOME") { path = home + path.dropFirst() }
    return path
  }

  private func save(_ operand: String) {
    let operand = path(operand)
    guard !operand.isEmpty else {
      return complain("error[missing-argument]: ':save' needs a file: :save session.cnpbook")
    }
    let name = fileExtension(of: operand).isEmpty ? operand + ".cnpbook" : operand
    guard fileExtension(of: name) == "cnpbook" else {
      return complain("error[unknown-ending]: a session is saved as a .cnpbook; found '\(operand)'")
    }
    do {
      let path = try absolutePath(name, in: folder)
      guard path == savedPath || pathKind(path) == nil else {
        throw Failure("file-exists", "'\(name)' is there already", hint: "choose another name, or move it away")
      }
      if let job = background.all.first {
        throw Failure(
          "job-running", "'\(job.names.first ?? job.cell)' is still being computed by job \(job.number)",
          hint: ":watch \(job.number) or :stop \(job.number) first")
      }
      let book = SessionBook(
        transcript, title: baseName(of: name), folder: parentFolder(of: path), registry: session.registry)
      guard book.cellCount > 0 else { throw Failure("nothing-to-save", "no input has worked yet") }
      try writeFile(book.text, to: path)
      savedPath = path
      for warning in book.warnings { screen.complain("warning: \(warning)") }
      let count = "\(book.cellCount) cell\(book.cellCount == 1 ? "" : "s")"
      screen.write("\(count) saved; `cnp run \(name.contains(" ") ? "'\(name)'" : name)` replays them")
    } catch { complain(error) }
  }

  /// Runs the cells of a book, or a script, as inputs of this session under their own labels.
  private func load(_ operand: String) {
    let operand = path(operand)
    guard !operand.isEmpty else {
      return complain("error[missing-argument]: ':load' needs a file: :load notebooks/quickstart.cnpbook")
    }
    let path: String
    do { path = try absolutePath(operand, in: folder) } catch { return complain(error) }
    let (book, values, mistakes) = BookRunner(path: path, registry: session.registry).read()
    say(mistakes)
    guard let book, mistakes.isEmpty else { return }
    if book.frontMatter.seed != session.seed, path.hasSuffix(".cnpbook") {
      session.seed = book.frontMatter.seed
      screen.complain("note: the seed is \(session.seed) from here on, as the book has it")
    }
    run(book, values, in: parentFolder(of: path))
  }

  private func run(_ book: Book, _ values: [(name: String, value: Value)], in bookFolder: String) {
    if !values.isEmpty {
      let text = values.map { "\($0.name) = \(inline($0.value))" }.joined(separator: "\n")
      let params = parseDeep(text, name: "params", registry: session.registry)
      guard runCell("params", text, params.program, params.diagnostics, in: bookFolder) else { return }
    }
    for cell in book.cells where cell.options.skip == nil {
      screen.complain("[\(cell.label)]")
      let worked = runCell(cell.label, cell.code, cell.program, cell.syntaxMistakes, in: bookFolder)
      guard worked || cell.options.expectedError != nil else {
        return screen.complain("stopped at [\(cell.label)]; what was bound before it is kept")
      }
    }
  }

  /// - Returns: whether it worked.
  private func runCell(
    _ label: String, _ code: String, _ program: Program, _ mistakes: [Diagnostic], in bookFolder: String
  ) -> Bool {
    let number = transcript.nextNumber(forCell: label)
    let host = PromptHost(screen: screen, cell: label, folder: folder, readingFolder: bookFolder)
    let before = session
    let evaluation = run(host) {
      Evaluation(of: program, mistakes: mistakes, cell: label, in: before, host: host)
    }
    return finish(evaluation, of: code, number: number, cell: label, folder: bookFolder, host: host)
  }
}
