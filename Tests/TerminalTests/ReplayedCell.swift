import Books
import Testing

/// A cell of a replayed book: what it put out beside what is on record.
struct ReplayedCell {
  let label: String
  let recorded: String
  let found: String
}

extension ScriptedSession {
  /// Runs a saved book; what each cell put out beside what is on record.
  func replay(_ name: String) throws -> [ReplayedCell] {
    let outcome = BookRunner(path: folder.path + "/" + name, outputFolder: folder.path + "/replayed.out").run()
    #expect(outcome.status == .success, "\(outcome.mistakes.map(\.message))")
    return try #require(outcome.replay).records.map { record in
      ReplayedCell(
        label: record.cell.label, recorded: withoutLastNewline(record.cell.recordedText ?? ""),
        found: record.textOnRecord)
    }
  }
}

private func withoutLastNewline(_ text: String) -> String { text.last == "\n" ? String(text.dropLast()) : text }
