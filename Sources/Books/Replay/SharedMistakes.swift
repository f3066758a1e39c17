import Base
import Language

/// Mistakes as the ranks of a run tell each other.
extension SharedFailure {
  /// A mistake of a cell: of what it points at, the number of the cell and the bytes.
  init(_ mistake: Diagnostic, in cells: [Cell]) {
    let cell = cells.firstIndex { $0.source == mistake.source }
    self.init(
      mistake.code, mistake.message, hint: mistake.hint,
      place: cell.map { [$0, mistake.span.start, mistake.span.end] } ?? [],
      isStop: mistake.code == DiagnosticCode.interrupted.rawValue)
  }

  init(_ error: BookFileError) { self.init(error.code, error.message, hint: error.hint) }

  var error: BookFileError { BookFileError(code, message, hint: hint) }

  func diagnostic(in cells: [Cell], running cell: Cell) -> Diagnostic {
    guard place.count == 3, cells.indices.contains(place[0]) else {
      return Diagnostic(code, message, hint: hint, in: cell.source, at: Span(0, cell.source.text.utf8.count))
    }
    return Diagnostic(code, message, hint: hint, in: cells[place[0]].source, at: Span(place[1], place[2]))
  }
}

/// What a rank has found before the first cell runs.
struct CheckedRank: Sendable, Codable {
  /// The digest of the program that runs.
  let program: String
  /// The digest of the book's text with the values of its params.
  let book: String
  let mistakes: [SharedFailure]

  /// Why the ranks can't run together, though the first could: they are of several builds, see other files, or some of them
  /// has found mistakes.
  static func obstacle(among ranks: [CheckedRank]) -> BookFileError? {
    for (rank, found) in ranks.enumerated().dropFirst() {
      if found.program != ranks[0].program {
        return BookFileError(
          "ranks-differ", "rank \(rank) runs another build of cnp than rank 0",
          hint: "install one build on all machines")
      }
      if let mistake = found.mistakes.first, ranks[0].mistakes.isEmpty {
        return BookFileError(
          mistake.code, "rank \(rank): \(mistake.message)",
          hint: mistake.hint ?? "all ranks read the files of the book: they are to be where every machine sees them")
      }
      if found.book != ranks[0].book {
        return BookFileError(
          "ranks-differ", "rank \(rank) reads another text of the book, or other params, than rank 0",
          hint: "the book is to be where every machine sees it, and not saved while a run starts")
      }
    }
    return nil
  }
}
