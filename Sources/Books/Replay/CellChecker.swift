import Language

/// Checks the cells of a book in sequence, before anything runs.
struct CellChecker {
  let book: Book
  let bookFolder: String

  /// Every mistake and every warning, in the order of the cells; a mistake that a cell is there to show is none.
  func diagnostics(registry: Registry, values: ParameterValues) -> [Diagnostic] {
    let paths = BookPaths(bookFolder: bookFolder)
    var checker = Checker(
      registry: registry, params: Dictionary(values.values.map { ($0.name, $0.value) }) { first, _ in first },
      open: Dictionary(values.open.map { ($0.name, $0.kind) }) { first, _ in first })
    var diagnostics: [Diagnostic] = []
    // A skipped cell binds nothing, so that those who need its names are told now.
    for cell in book.cells where cell.options.skip == nil {
      let before = checker
      let found = checker.check(cell.program, locate: paths.located)
      let all = cell.syntaxMistakes + (cell.syntaxMistakes.isEmpty ? found : [])
      if let expected = cell.options.expectedError {
        // What checking finds keeps the cell from running, and from binding anything.
        if all.errors.contains(where: { $0.code == expected }) { checker = before } else { diagnostics += all }
      } else if cell.syntaxMistakes.isEmpty {
        diagnostics += found
      }
    }
    return diagnostics.map { told($0, of: values.givenPaths) }
  }

  /// A mistake about a path that was given from outside says where that starts: not at the book's folder.
  private func told(_ mistake: Diagnostic, of givenPaths: [(path: String, given: ParameterValues.Given)]) -> Diagnostic
  {
    guard mistake.code == DiagnosticCode.missingPath.rawValue, mistake.hint?.hasPrefix("did you mean") != true,
      let given = givenPaths.first(where: { mistake.message.contains("'\($0.path)") })?.given
    else { return mistake }
    return Diagnostic(
      mistake.code, mistake.message, hint: given.start, severity: mistake.severity, in: mistake.source, at: mistake.span
    )
  }
}
