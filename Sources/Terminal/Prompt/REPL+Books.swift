import Base
import Books
import Glibc
import Language

/// From a session to a book, and from a book to a session.
extension REPL {
  /// Writes the session, or some of its inputs, as a book.
  func save(_ operand: String) {
    do {
      let request = try SaveRequest(operand)
      let path = try absolutePath(request.name, in: folder)
      try checkMayReplace(path, name: request.name)
      if let job = background.all.first {
        throw Failure(
          "job-running", "'\(job.names.first ?? job.cell)' is still being computed by job \(job.number)",
          hint: ":watch \(job.number) or :stop \(job.number) first")
      }
      let inputs = try chosenInputs(request)
      let book = SessionBook(
        inputs, title: baseName(of: request.name), folder: parentFolder(of: path), registry: session.registry)
      try writeFile(book.text, to: path)
      saved = (path, book.text)
      for warning in book.warnings + mistakes(inBookAt: path) { screen.remark("warning: \(warning)") }
      let count = "\(book.cellCount) cell\(book.cellCount == 1 ? "" : "s")"
      let name = request.name.contains(" ") ? "'\(request.name)'" : request.name
      screen.write("\(count) saved; `cnp run \(name)` replays them")
      if !inputs.looks.isEmpty {
        let looks = InputChoice(inputs.looks, alone: Set(inputs.looks))
        screen.remark(
          "left out, for they only look at values: \(looks); `show` in front, or the number alone, keeps one")
      }
    } catch { complain(error) }
  }

  /// The inputs that are to be saved; the line that saves what is missing with them comes back by ↑.
  private func chosenInputs(_ request: SaveRequest) throws -> ChosenInputs {
    do { return try ChosenInputs(of: transcript, request.choice) } catch let needed as NeededInputs {
      let name = request.name.contains(" ") ? "\"\(request.name)\"" : request.name
      let line = ":save \(name) \(needed.whole)"
      reader.remember(line)
      throw Failure("needs-inputs", needed.message, hint: "to save them too (↑ brings it): \(line)")
    }
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
    let (request, path): (LoadRequest, String)
    do {
      request = try LoadRequest(operand)
      path = try absolutePath(request.path, in: folder)
    } catch { return complain(error) }
    let (book, values, mistakes) = BookRunner(path: path, parameters: request.given, registry: session.registry)
      .read(askingFor: ":load \(operand) ")
    say(mistakes)
    guard let book, mistakes.isEmpty else { return }
    let seed = book.isScript ? session.seed : book.frontMatter.seed
    guard seed != session.seed else { return run(book, values, seed: seed, in: parentFolder(of: path)) }
    if transcript.entries.contains(where: { $0.reach.end > 0 }) || !background.all.isEmpty {
      screen.remark(
        "note: its cells run with the seed \(seed), as the book has it; what you type keeps \(session.seed)")
      run(book, values, seed: seed, in: parentFolder(of: path))
    } else {
      let before = (seed: session.seed, inputs: transcript.entries.count)
      session.seed = seed
      screen.remark("note: the seed is \(seed) from here on, as the book has it")
      run(book, values, seed: seed, in: parentFolder(of: path))
      transcript.undoing(from: before.inputs, restores: before.seed)
    }
  }

  private func run(_ book: Book, _ values: [(name: String, value: Value)], seed: UInt64, in bookFolder: String) {
    if !values.isEmpty {
      let text = values.map { "\($0.name) = \(inline($0.value))" }.joined(separator: "\n")
      let input = transcript.begin(cell: "params", text, folder: bookFolder, seed: seed, streams: "params")
      guard runCell(input, Source(text, name: "params")) else { return }
    }
    solutions = book.cells.filter(\.options.isSolution)
    for cell in book.cells where cell.options.skip == nil {
      guard !cell.options.isSolution else {
        screen.remark("[\(cell.label)] is the solution of an exercise: `:solution \(cell.label)` shows it")
        continue
      }
      screen.remark("[\(cell.label)]")
      if let count = cell.options.repetitions {
        screen.remark("note: it runs once here; `cnp run` runs it with \(count) seeds")
      }
      let options = SessionInput.LoadedOptions(
        lines: cell.optionLines(without: ["label", "seed", "streams", "repeat"]),
        expectedError: cell.options.expectedError)
      let input = transcript.begin(
        cell: cell.label, cell.code, folder: bookFolder, seed: cell.options.seed ?? seed,
        streams: cell.options.streams ?? cell.label, options: options)
      guard runCell(input, cell.codeSource) || transcript.entries.last?.hasFailedAsExpected == true else {
        return screen.remark("stopped at [\(input.cell)]; what was bound before it is kept")
      }
    }
  }

  /// Shows a solution of the book that was loaded, and keeps it for ↑.
  func showSolution(_ label: String) {
    let labels = solutions.map(\.label)
    guard !labels.isEmpty else {
      return complain(
        Failure(
          "no-solution", "no book with a solution is loaded", hint: "`:load` a book whose cells say `#| solution: true`"
        ))
    }
    guard let cell = label.isEmpty && labels.count == 1 ? solutions[0] : solutions.first(where: { $0.label == label })
    else {
      let problem = label.isEmpty ? "say which solution" : "there is no solution '\(label)'"
      return complain(
        Failure("no-solution", problem, hint: "there are \(labels.map { ":solution \($0)" }.joined(separator: ", "))"))
    }
    reader.remember(cell.code)
    screen.write(cell.code)
  }

  /// - Returns: whether it worked.
  private func runCell(_ input: SessionInput, _ source: Source) -> Bool {
    let host = PromptHost(screen: screen, cell: input.cell, folder: outputFolder, readingFolder: input.folder)
    var before = session
    before.seed = input.seed
    let session = before
    let evaluation = run(host) { Evaluation(of: input, source, in: session, host: host) }
    return finish(evaluation, of: input, host: host)
  }
}
