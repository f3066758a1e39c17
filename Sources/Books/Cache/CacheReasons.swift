import Base

/// Why the cells of a book ran, or did not, the last time.
package struct CacheReasons {
  /// Of one cell.
  private struct Note: Codable {
    let key: CellKey
    /// `nil` where it did not run.
    let why: String?
  }

  private let folder: CacheFolder
  private let name: String
  private let last: [String: Note]
  private var now: [String: Note] = [:]

  /// - Parameter book: the name of the book's file.
  package init(_ folder: CacheFolder, book: String) {
    self.folder = folder
    name = "why-" + sha256(of: Array(book.utf8)).prefix(16)
    last = folder.note(name).flatMap { try? restored([String: Note].self, from: $0) } ?? [:]
  }

  /// What has changed of what a cell depends on since it was last asked for; `nil` where nothing has.
  func change(of label: String, to key: CellKey) -> String? {
    guard let note = last[label] else { return "it had not run before" }
    return key.change(since: note.key)
  }

  mutating func note(_ label: String, _ key: CellKey, why: String?) { now[label] = Note(key: key, why: why) }

  /// Why a cell ran, or would have had to, this time.
  func reason(of label: String) -> String? { now[label]?.why }

  /// Those of cells that the run did not reach stay as they were.
  func keep() {
    if let bytes = try? storedForm(of: last.merging(now) { _, new in new }) { folder.keep(note: bytes, as: name) }
  }

  /// The cells that there is something to say of.
  package var labels: [String] { last.keys.sorted() }

  /// `nil` for a cell that no run has reached.
  package func sentence(of label: String) -> String? {
    last[label].map {
      $0.why.map { "it ran: \($0)" } ?? "it came from the cache: nothing that it depends on had changed"
    }
  }
}
