import Base
import Language

/// Mistakes and warnings as a JSON array for editors, in their order: `[]` where there are none.
///
/// Each is an object with `severity` (`error` or `warning`), `code`, `message`, `hint` (a text or null), `file` (as it was named to the program; `command
/// line` for a mistake in `-P`), `start` and `end`. A position has `line`, `column` (UTF-16 code units, as the Language
/// Server Protocol counts) and `byteColumn` (UTF-8 bytes), all from 1; `end` lies behind the last character. A byte
/// order mark and the carriage return of a line's end are not counted.
public func json(of mistakes: [Diagnostic]) -> String {
  var positions: TextPositions?
  let items = mistakes.map { mistake -> JSON in
    // Most mistakes of a cell follow each other: their source is read through once.
    let found = positions.flatMap { $0.source == mistake.source ? $0 : nil } ?? TextPositions(of: mistake.source)
    positions = found
    let (start, end) = found[mistake.span]
    return .object([
      "severity": .text(mistake.severity.rawValue), "code": .text(mistake.code), "message": .text(mistake.message),
      "hint": mistake.hint.map(JSON.text) ?? .null,
      "file": .text(mistake.source.name), "start": JSON(start), "end": JSON(end),
    ])
  }
  return JSON.list(items).text(.lines)
}

extension JSON {
  fileprivate init(_ position: TextPosition) {
    self = .object([
      "line": .whole(position.line), "column": .whole(position.column), "byteColumn": .whole(position.byteColumn),
    ])
  }
}
