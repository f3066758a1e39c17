import Books
import Language

/// A book that was loaded, and how far the session has come in it.
struct BookWalk {
  let book: Book
  let seed: UInt64
  /// Where its paths start.
  let folder: String
  /// The next section.
  private var place = 0
  /// The first input that the book made, and the session's seed before it, which `:undo` is to bring back.
  var restored: (input: Int, seed: UInt64)?

  init(_ book: Book, seed: UInt64, folder: String) {
    (self.book, self.seed, self.folder) = (book, seed, folder)
  }

  /// A cell that may run, with the prose before it, as Markdown; without a cell at the end of the book.
  struct Step {
    let prose: String
    let cell: Cell?
    /// Of the cells that run, from 1.
    let number: Int
    /// Cells on the way that do not run.
    let passed: [Cell]
  }

  /// How many of its cells run.
  var cellCount: Int { book.cells.count { Self.runs($0) } }

  /// What comes next, and goes on behind it.
  mutating func next() -> Step {
    var prose: [String] = []
    var passed: [Cell] = []
    while place < book.sections.count {
      place += 1
      switch book.sections[place - 1] {
      case .prose(let text): prose.append(text.markdown)
      case .cell(let cell) where Self.runs(cell):
        let number = book.sections.prefix(place).count {
          if case .cell(let cell) = $0 { Self.runs(cell) } else { false }
        }
        return Step(prose: prose.joined(separator: "\n\n"), cell: cell, number: number, passed: passed)
      case .cell(let cell): passed.append(cell)
      }
    }
    return Step(prose: prose.joined(separator: "\n\n"), cell: nil, number: cellCount, passed: passed)
  }

  /// Whether there is anything left.
  var isAtEnd: Bool { place >= book.sections.count }

  /// The cell that was last given is to be given again.
  mutating func stepBack() { place = max(0, place - 1) }

  private static func runs(_ cell: Cell) -> Bool { cell.options.skip == nil && !cell.options.isSolution }
}
