import Books
import Files
import Glibc
import Language

/// From a session to a book, and from a book to a session.
extension REPL {
  /// A path as it is given to the prompt: perhaps in quotes, as the language wants it, perhaps below the user's home.
  private func path(_ operand: String) -> String {
    var path = operand
    for quote in ["\"", "'"] where path.count > 1 && path.hasPrefix(quote) && path.hasSuffix(quote) {
      path = String(path.dropFirst().dropLast())
    }
    if path.hasPrefix("~/"), let home = environmentVariable("HOME") { path = home + path.dropFirst() }
    return path
  }

  /// Writes the session as a book.
  func save(_ operand: String) {
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
      try checkMayReplace(path, name: name)
      if let job = background.all.first {
        throw Failure(
          "job-running", "'\(job.names.first ?? job.cell)' is still being computed by job \(job.number)",
          hint: ":watch \(job.number) or :stop \(job.number) first")
      }
      let book = SessionBook(
        transcript, title: baseName(of: name), folder: parentFolder(of: path), registry: session.registry)
      guard book.cellCount > 0 else { throw Failure("nothing-to-save", "no input has worked yet") }
      try writeFile(book.text, to: path)
      saved = (path, book.text)
      for warning in book.warnings + mistakes(inBookAt: path) { screen.remark("warning: \(warning)") }
      let count = "\(book.cellCount) cell\(book.cellCount == 1 ? "" : "s")"
      screen.write("\(count) saved; `cnp run \(name.contains(" ") ? "'\(name)'" : name)` replays them")
    } catch { complain(error) }
  }

  /// What a replay of a book would refuse.
  private func mistakes(inBookAt path: String) -> [String] {
    let registry = session.registry
    let found = onDeepStack { BookRunner(path: path, registry: registry).check().diagnostics.errors }
    return found.map { "a replay will stop at this mistake: \($0.message)" }
  }

  /// What another wrote is not replaced, nor what was written here and changed since.
  private func checkMayReplace(_ path: String, name: String) throws {
    guard pathKind(path) != nil else { return }
    guard let saved, saved.path == path else {
      throw Failure("file-exists", "'\(name)' is there already", hint: "choose another name, or move it away")
    }
    guard try readFile(path) == Array(saved.text.utf8) else {
      throw Failure(
        "file-changed", "'\(name)' has been changed since it was saved here",
        hint: "choose another name, or move it away"
      )
    }
  }

  /// Runs the cells of a book, or a script, as inputs of this session under their own labels.
  func load(_ operand: String) {
    let operand = path(operand)
    guard !operand.isEmpty else {
      return complain("error[missing-argument]: ':load' needs a file: :load notebooks/quickstart.cnpbook")
    }
    let path: String
    do { path = try absolutePath(operand, in: folder) } catch { return complain(error) }
    let (book, values, mistakes) = BookRunner(path: path, registry: session.registry).read()
    say(mistakes)
    guard let book, mistakes.isEmpty else { return }
    let (seed, inputCount) = (session.seed, transcript.entries.count)
    if book.frontMatter.seed != session.seed, path.hasSuffix(".cnpbook") {
      session.seed = book.frontMatter.seed
      screen.remark("note: the seed is \(session.seed) from here on, as the book has it")
    }
    run(book, values, in: parentFolder(of: path))
    transcript.undoing(from: inputCount, restores: seed)
  }

  private func run(_ book: Book, _ values: [(name: String, value: Value)], in bookFolder: String) {
    if !values.isEmpty {
      let text = values.map { "\($0.name) = \(inline($0.value))" }.joined(separator: "\n")
      let params = parseDeep(text, name: "params", registry: session.registry)
      guard runCell("params", text, params.program, params.diagnostics, in: bookFolder) else { return }
    }
    for cell in book.cells where cell.options.skip == nil {
      screen.remark("[\(cell.label)]")
      let worked = runCell(cell.label, cell.code, cell.program, cell.syntaxMistakes, in: bookFolder)
      guard worked || cell.options.expectedError != nil && transcript.entries.last?.outcome == .failed else {
        return screen.remark("stopped at [\(cell.label)]; what was bound before it is kept")
      }
    }
  }

  /// - Returns: whether it worked.
  private func runCell(
    _ label: String, _ code: String, _ program: Program, _ mistakes: [Diagnostic], in bookFolder: String
  ) -> Bool {
    let input = transcript.begin(cell: label, code, folder: bookFolder)
    let host = PromptHost(screen: screen, cell: label, folder: folder, readingFolder: bookFolder)
    let before = session
    let evaluation = run(host) {
      Evaluation(of: program, syntaxMistakes: mistakes, streams: input.streams, in: before, host: host)
    }
    return finish(evaluation, of: input, host: host)
  }
}
