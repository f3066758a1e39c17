import Language

/// The text of a book with what its cells put out now in place of what is on record and differs.
///
/// - Parameter verdicts: in the order of the cells.
func corrected(_ book: Book, _ records: [CellRecord], _ verdicts: [CellVerdict]) -> String {
  var text = ""
  var next = 1
  for (record, verdict) in zip(records, verdicts) where verdict.hasOtherText {
    guard let place = record.cell.place else { continue }
    text += book.text.lines(next, through: place.fence.upperBound)
    next = (place.record?.upperBound ?? place.fence.upperBound) + 1
    // What stands between the two that is no block of its own, as where a link leads to.
    let between = place.record.map { book.text.lines(place.fence.upperBound + 1, through: $0.lowerBound - 1) } ?? ""
    let found = record.textOnRecord
    if !found.isEmpty {
      // The cell's closing fence may be the last line, without an end.
      if !text.hasSuffix("\n") { text += "\n" }
      text += "\n" + fenced(found, info: "out") + "\n"
    }
    if !between.allSatisfy(\.isWhitespace) { text += between }
  }
  return text + book.text.lines(next, through: book.text.lineCount)
}
