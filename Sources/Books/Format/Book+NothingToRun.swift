import Language

extension Book {
  /// What is said of a book without a cell, or of a script without a statement, neither of which does anything; `nil` for
  /// others.
  ///
  /// - Parameter isRefused: whether an empty text is a mistake: nobody pipes nothing on purpose.
  func nothingToRun(isRefused: Bool) -> Diagnostic? {
    guard isScript else { return cells.isEmpty ? withoutCells : nil }
    guard cells.allSatisfy({ $0.program.statements.isEmpty && $0.syntaxMistakes.isEmpty }) else { return nil }
    let name = clipped(text.source.name, to: 200)
    let isBlank = text.source.text.allSatisfy(\.isWhitespace)
    return Diagnostic(
      "nothing-to-run",
      isBlank ? "\(name) is empty: there is nothing to run" : "no line of \(name) is a statement: nothing is run",
      hint: isBlank && isRefused ? "pipe a script or a book into `cnp run -`, or name a file" : nil,
      severity: isBlank && isRefused ? .error : .warning, in: Source(withoutLines: text.source.name), at: Span(0, 0))
  }

  /// Points to the first fence that may have been meant, and names their languages.
  private var withoutCells: Diagnostic {
    var counts: [(language: String, count: Int)] = []
    for fence in otherFences {
      if let place = counts.firstIndex(where: { $0.language == fence.language }) {
        counts[place].count += 1
      } else {
        counts.append((fence.language, 1))
      }
    }
    let found = counts.prefix(4).map { language, count in
      let subject = count == 1 ? "a fence" : "\(Self.words[count] ?? String(count)) fences"
      let verb = count == 1 ? "is" : "are"
      return language.isEmpty
        ? "\(subject) \(count == 1 ? "has" : "have") no info string" : "\(subject) \(verb) `\(clipped(language))`"
    }.joined(separator: ", ")
    let rule = "cells are fences whose info string is `cnp`"
    return Diagnostic(
      "no-cells", "the book has no cell: nothing is run",
      hint: found.isEmpty ? "\(rule); `help books` at the prompt shows a whole book" : "\(found): \(rule)",
      severity: .warning, in: text.source,
      at: text.span(ofLine: otherFences.first?.line ?? text.firstWrittenLine ?? 1))
  }

  private static let words = [2: "two", 3: "three", 4: "four", 5: "five", 6: "six"]
}
