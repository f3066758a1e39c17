import Base
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
  /// The sections of the cells that ran, by the number of the input that each was.
  private var ran: [Int: Int] = [:]

  /// The file as it was read.
  private let path: String
  private let stamp: FileStamp?
  /// The cell that has failed, or was stopped, and how many inputs there were then.
  private(set) var stopped: (cell: Cell, inputs: Int)?

  init(_ book: Book, at path: String, seed: UInt64) {
    (self.book, self.path, self.seed) = (book, path, seed)
    folder = parentFolder(of: path)
    stamp = FileStamp(ofFile: path)
  }

  /// Whether the file is another than was read.
  var hasChanged: Bool { FileStamp(ofFile: path) != stamp }

  /// A cell that may run, with the prose before it, as Markdown; without a cell at the end of the book.
  struct Step {
    let prose: String
    let cell: Cell?
    /// Of the cells that run, from 1.
    let number: Int
    /// Cells on the way that do not run.
    let passed: [Cell]
    /// Whether it ends at an exercise, whose solution is passed.
    var isExercise = false
  }

  /// How many of its cells run.
  var cellCount: Int { book.cells.count { Self.runs($0) } }

  /// What comes next, and goes on behind it.
  ///
  /// - Parameter stopsAtExercises: whether the solution of an exercise is where a step ends.
  mutating func next(stopsAtExercises: Bool) -> Step {
    stopped = nil
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
      case .cell(let cell):
        passed.append(cell)
        if stopsAtExercises, cell.options.isSolution {
          return Step(prose: prose.joined(separator: "\n\n"), cell: nil, number: 0, passed: passed, isExercise: true)
        }
      }
    }
    return Step(prose: prose.joined(separator: "\n\n"), cell: nil, number: cellCount, passed: passed)
  }

  /// Whether there is anything left.
  var isAtEnd: Bool { place >= book.sections.count }

  /// The cell that was last given is to be given again.
  mutating func stepBack(from cell: Cell, after inputs: Int) {
    place = max(0, place - 1)
    stopped = (cell, inputs)
  }

  /// The cell that has failed is done by other means.
  mutating func passStopped() {
    stopped = nil
    place += 1
  }

  /// The cell that was last given has run as an input.
  mutating func note(input number: Int) { ran[number] = place - 1 }

  /// Inputs were taken back: their cells are to be given again.
  mutating func takeBack(inputs numbers: [Int]) {
    for number in numbers { if let section = ran.removeValue(forKey: number) { place = min(place, section) } }
  }

  private static func runs(_ cell: Cell) -> Bool { cell.options.skip == nil && !cell.options.isSolution }
}
