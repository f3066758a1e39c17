import Base
import Language

/// A replay's book as a plain script that runs to the same numbers: its prose as comments, its cells each below a line
/// `#| label: …` that begins a cell of the script.
///
/// What is drawn at random depends on a seed and on the label of the cell, so each cell has both: a script has no front
/// matter to hold the seed. The params are the script's first cell, with the values that they had.
func scriptText(of replay: Replay) -> String {
  let book = replay.book
  var parts = [comment(opening(of: book))]
  if !replay.parameters.isEmpty {
    var labels = CellLabels()
    for cell in book.cells { _ = labels.take(cell.label) }
    let lines = replay.parameters.map { assignment($0.name, $0.text, of: book) }
    parts.append((["#| label: \(labels.unique("params"))"] + lines).joined(separator: "\n"))
  }
  for section in book.sections {
    switch section {
    case .prose(let prose):
      let text = trimmedLines(prose.markdown)
      if !text.isEmpty { parts.append(comment(String(text))) }
    case .cell(let cell): parts.append(written(cell, of: book))
    }
  }
  return parts.joined(separator: "\n\n") + "\n"
}

private func opening(of book: Book) -> String {
  let name = fileName(of: book.text.source.name)
  let title = book.startsWithTitle ? [] : [book.frontMatter.title].compactMap { $0 }
  let authors = book.frontMatter.authors.isEmpty ? [] : [book.frontMatter.authors.joined(separator: ", ")]
  let note =
    "The cells of \(name) as a script. A line `#| label: …` begins a cell, which draws the same numbers at random as in "
    + "the book. Paths start at this script's folder."
  return ((title + authors).map { visible($0, isRow: true) } + [note]).joined(separator: "\n\n")
}

private func comment(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.allSatisfy(\.isWhitespace) ? "#" : "# \($0)" }.joined(separator: "\n")
}

/// A param as the language writes a value of its type.
private func assignment(_ name: String, _ text: String, of book: Book) -> String {
  let parameter = book.frontMatter.parameters.first { $0.name == name }
  let literal =
    switch try? parameter?.value(of: text) {
    case .number(let number, _)?: plain(number)
    case .truth(let truth)?: truth ? "true" : "false"
    case .text(let text)?: quoted(text)
    default: quoted(text)
    }
  return "\(name) = \(literal)"
}

private func written(_ cell: Cell, of book: Book) -> String {
  let seed = cell.options.seed ?? book.frontMatter.seed
  let options =
    ["#| label: \(cell.label)"] + (seed == 0 ? [] : ["#| seed: \(seed)"])
    + cell.optionLines(without: ["label", "seed"]).map { String(trimmed($0)) }
  return (options + [cell.code]).joined(separator: "\n")
}
