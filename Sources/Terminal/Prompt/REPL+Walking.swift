import Base
import Books
import Glibc
import Language

/// A book in a session: opened, then walked through cell by cell.
extension REPL {
  /// Opens a book, or runs a script, as inputs of this session under their own labels.
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
    if !book.isScript { sayWhatWillStop(BookRunner(path: path, parameters: request.given, registry: session.registry)) }
    if book.isScript {
      var script = BookWalk(book, at: path, seed: session.seed)
      advance(&script, .max, isShowing: false)
    } else {
      solutions = book.cells.filter(\.options.isSolution)
      open(book, values, at: path)
    }
  }

  /// Takes over the seed and the params of a book, and says how to go on.
  private func open(_ book: Book, _ values: [(name: String, value: Value)], at path: String) {
    let seed = book.frontMatter.seed
    var walk = BookWalk(book, at: path, seed: seed)
    if seed != session.seed {
      if transcript.entries.contains(where: { $0.reach.end > 0 }) || !background.all.isEmpty {
        screen.remark(
          "note: its cells run with the seed \(seed), as the book has it; what you type keeps \(session.seed)")
      } else {
        walk.restored = (transcript.entries.count, session.seed)
        session.seed = seed
        screen.remark("note: the seed is \(seed) from here on, as the book has it")
      }
    }
    self.walk = walk
    if !values.isEmpty {
      let text = values.map { "\($0.name) = \(inline($0.value))" }.joined(separator: "\n")
      let input = transcript.begin(cell: "params", text, folder: walk.folder, seed: seed, streams: "params")
      guard runCell(input, Source(text, name: "params")) else { return }
      if let restored = walk.restored { transcript.undoing(from: restored.input, restores: restored.seed) }
    }
    let count = walk.cellCount
    let title = book.frontMatter.title.map { "\($0): " } ?? ""
    screen.remark(
      "\(title)\(count) cell\(count == 1 ? "" : "s"); `:next` shows and runs the first, `:next all` runs them all")
  }

  /// Says what checking finds in a book before anything of it runs; cells before a mistake can be walked through.
  private func sayWhatWillStop(_ runner: BookRunner) {
    let found = onDeepStack { runner.check().diagnostics }
    say(found)
    if !found.errors.isEmpty { screen.remark("note: the book will stop there") }
  }

  /// Goes on in the book that was loaded.
  ///
  /// - Parameter operand: empty for one cell with its prose, a number for that many, `all` for the rest without prose.
  func next(_ operand: String) {
    guard var walk else {
      return complain(Failure("no-book", "no book is open", hint: "`:load` one first"))
    }
    if walk.hasChanged {
      screen.remark("note: the file has changed since it was loaded; `:load` reads it anew")
    }
    passWhatIsDone(&walk)
    guard !walk.isAtEnd else {
      return complain(Failure("no-book", "the book is at its end", hint: "`:load` it again to begin anew"))
    }
    let count = operand == "all" ? .max : number(operand, of: "next", default: 1)
    guard let count else { return }
    advance(&walk, count, isShowing: operand != "all")
    self.walk = walk
  }

  /// - Parameter isShowing: whether prose and code are shown before each cell runs.
  private func advance(_ walk: inout BookWalk, _ count: Int, isShowing: Bool) {
    for _ in 0..<count {
      let step = walk.next(stopsAtExercises: isShowing)
      if isShowing { show(step) }
      for cell in step.passed { screen.remark(remark(ofPassed: cell)) }
      guard let cell = step.cell else {
        if step.isExercise { continue }
        if !walk.book.isScript { screen.remark("the book ends here") }
        return
      }
      let (hasWorked, number) = run(cell, of: walk, isShowing: isShowing)
      if hasWorked { walk.note(input: number) } else { walk.stepBack(from: cell, after: transcript.entries.count) }
      if let restored = walk.restored { transcript.undoing(from: restored.input, restores: restored.seed) }
      guard hasWorked else {
        let way = walk.book.isScript ? "" : "; `:next` runs it again"
        // A label that was taken is another in this session.
        let label = transcript.entries.last?.input.cell ?? cell.label
        return screen.remark("stopped at [\(label)]; what was bound before it is kept\(way)")
      }
      if isShowing {
        screen.remark("cell \(step.number) of \(walk.cellCount); `:next` \(walk.isAtEnd ? "ends the book" : "goes on")")
      }
    }
  }

  /// A cell that had failed or was stopped is done where what was typed since has bound its names: by the line that goes on
  /// with a training, say.
  private func passWhatIsDone(_ walk: inout BookWalk) {
    guard let (cell, count) = walk.stopped else { return }
    let names = Set(cell.program.boundNames)
    let bound = transcript.entries.dropFirst(count).filter { $0.outcome == .worked }.flatMap(\.boundNames)
    guard !names.isEmpty, names.isSubset(of: bound) else { return }
    screen.remark(
      "[\(cell.label)] counts as done: \(names.sorted().map { "`\($0)`" }.joined(separator: ", ")) was bound since")
    walk.passStopped()
  }

  /// Where nothing of the book that was loaded last has run, `:undo` closes it, and brings the seed back that it has changed.
  ///
  /// - Returns: whether there was such a book.
  func takeBackLoading() -> Bool {
    guard let walk, let restored = walk.restored, transcript.entries.count <= restored.input else { return false }
    session.seed = restored.seed
    self.walk = nil
    solutions = []
    screen.complain("taken back: the book; the seed is \(restored.seed) again")
    return true
  }

  /// The prose and the code of a step.
  private func show(_ step: BookWalk.Step) {
    let text = plainText(ofMarkdown: step.prose)
    if !text.isEmpty { screen.writeProse("\n\(text)\n\n") }
    guard let cell = step.cell, !cell.code.isEmpty else { return }
    screen.write(
      cell.code.split(separator: "\n", omittingEmptySubsequences: false).map { "│ \($0)" }.joined(separator: "\n"))
  }

  private func remark(ofPassed cell: Cell) -> String {
    if cell.options.isSolution {
      return "[\(cell.label)] is the solution of an exercise: `:solution \(cell.label)` shows it"
    }
    let reason = cell.options.skip.map { $0.reason.isEmpty ? "" : ": \($0.reason)" } ?? ""
    return "[\(cell.label)] is skipped\(reason)"
  }

  /// - Returns: whether it worked, or failed as it is there to, and the number of the input that it was.
  private func run(_ cell: Cell, of walk: BookWalk, isShowing: Bool) -> (hasWorked: Bool, number: Int) {
    if !isShowing { screen.remark("[\(cell.label)]") }
    if let count = cell.options.repetitions {
      screen.remark("note: it runs once here; `cnp run` runs it with \(count) seeds")
    }
    let options = SessionInput.LoadedOptions(
      lines: cell.optionLines(without: ["label", "seed", "streams", "repeat"]),
      expectedError: cell.options.expectedError)
    let input = transcript.begin(
      cell: cell.label, cell.code, folder: walk.folder, seed: cell.options.seed ?? walk.seed,
      streams: cell.options.streams ?? cell.label, options: options)
    let hasWorked = runCell(input, cell.codeSource) || transcript.entries.last?.hasFailedAsExpected == true
    return (hasWorked, input.number)
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
}
