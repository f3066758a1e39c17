import Language

extension BookReader {
  /// What a script's cell is called where no line says otherwise.
  private static let scriptLabel = "script"

  /// Reads a plain script as a book of one cell, or of several where lines `#| label: NAME` begin them: so a script can draw
  /// the random numbers of a book's cells.
  public static func read(script text: BookText, registry: Registry) -> (book: Book, mistakes: [Diagnostic]) {
    let starts = startsOfCells(in: text)
    var labels = CellLabels()
    var mistakes: [Diagnostic] = []
    var cells: [Cell] = []
    let first = starts.first ?? text.lineCount + 1
    let head = starts.isEmpty ? text.source : Source(text.lines(1, through: first - 1), name: text.source.name)
    let program = parse(head, registry: registry)
    // Comments above the first cell are none.
    if starts.isEmpty || !program.program.statements.isEmpty || !program.diagnostics.isEmpty {
      var options = CellOptions()
      options.label = scriptLabel
      _ = labels.take(scriptLabel)
      mistakes += program.diagnostics
      cells.append(
        Cell(
          label: scriptLabel, options: options, source: head, program: program.program,
          syntaxMistakes: program.diagnostics, recordedText: nil, place: nil))
    }
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1] : text.lineCount + 1
      let last = lastLine(of: start..<next, in: text, isFollowed: index + 1 < starts.count)
      let options = CellOptions(readingCellAt: start, through: last, of: text, mistakes: &mistakes)
      let source = Source(text.lines(start, through: last), name: text.source.name, firstLine: start)
      let result = parse(source, registry: registry)
      if options.expectedError == nil { mistakes += result.diagnostics }
      let label = options.label ?? labels.label(for: result.program)
      if options.label != nil, !labels.take(label) {
        mistakes.append(
          text.mistake("duplicate-label", "the label '\(label)' is taken by a cell above", line: start))
      }
      cells.append(
        Cell(
          label: label, options: options, source: source, program: result.program, syntaxMistakes: result.diagnostics,
          recordedText: nil, place: nil))
    }
    let book = Book(text: text, frontMatter: FrontMatter(), sections: cells.map { .cell($0) }, isScript: true)
    return (book, mistakes)
  }

  /// The lines that begin a cell: comments of this form, not lines of a text.
  private static func startsOfCells(in text: BookText) -> [Int] {
    guard text.source.text.contains("#| label:") else { return [] }
    var comments: Set<Int> = []
    for highlight in SyntaxView(text.source.text).highlights(isCommand: { _ in false }) where highlight.role == .comment
    {
      comments.insert(highlight.range.lowerBound)
    }
    return (1...text.lineCount).filter {
      text.line($0).hasPrefix("#| label:") && comments.contains(text.span(ofLine: $0).start)
    }
  }

  /// Comments and blank lines in front of the next cell lie between the two.
  private static func lastLine(of lines: Range<Int>, in text: BookText, isFollowed: Bool) -> Int {
    guard isFollowed else { return lines.upperBound - 1 }
    return lines.last { number in
      let line = trimmed(text.line(number))
      return !line.isEmpty && (!line.hasPrefix("#") || line.hasPrefix("#|"))
    } ?? lines.lowerBound
  }
}
