import Language

/// Checks the cells of a book in sequence, before anything runs.
struct CellChecker {
  let book: Book
  let bookFolder: String

  /// Every mistake, in the order of the cells; one that a cell is there to show is none.
  func mistakes(registry: Registry, values: [(name: String, value: Value)]) -> [Diagnostic] {
    let paths = BookPaths(bookFolder: bookFolder, outputFolder: bookFolder + "/.no-output-yet")
    let saved = savedPaths
    var checker = Checker(
      registry: registry, params: Dictionary(values.map { ($0.name, $0.value) }) { first, _ in first })
    var mistakes: [Diagnostic] = []
    // A skipped cell binds nothing, so that those who need its names are told now.
    for cell in book.cells where cell.options.skip == nil {
      let found = checker.check(cell.program) { path in
        paths.exists(path) || saved.contains { path == $0 || path.hasPrefix($0 + "/") }
      }
      let all = cell.syntaxMistakes + (cell.syntaxMistakes.isEmpty ? found : [])
      if let expected = cell.options.expectedError {
        if !all.contains(where: { $0.code == expected }) { mistakes += all }
      } else if cell.syntaxMistakes.isEmpty {
        mistakes += found
      }
    }
    return mistakes
  }

  /// The texts in lines that save: what such a line writes, a later cell may read.
  private var savedPaths: Set<String> {
    var paths: Set<String> = []
    for cell in book.cells {
      for line in cell.source.text.split(separator: "\n") where line.contains("save ") {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        for index in parts.indices where index % 2 == 1 { paths.insert(String(parts[index])) }
      }
    }
    return paths
  }
}
