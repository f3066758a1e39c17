import Base
import Language
import Vocabulary

/// The last replay of a book as the cache still has it: nothing runs.
public struct StoredReplay: Sendable {
  public let replay: Replay
  let bookFolder: String
  let cache: CacheFolder
  let digests: FileDigests
}

extension BookRunner {
  /// Puts the replay of a book together from what the cache has of its cells.
  ///
  /// - Throws: what is wrong with the book or its params; `not-stored` where a cell would have to run, with the reason.
  public func stored() throws(RefusedBook) -> StoredReplay {
    let (book, values, diagnostics) = prepare(isRunning: true)
    guard let book, let values, diagnostics.errors.isEmpty else { throw RefusedBook(mistakes: diagnostics.errors) }
    let cache = CacheFolder(in: home)
    let digests = FileDigests(keptIn: cache)
    var replay = Replay(book: book, parameters: values.texts, threads: threads)
    guard let first = book.cells.first else {
      return StoredReplay(replay: replay, bookFolder: bookFolder, cache: cache, digests: digests)
    }
    do throws(BookFileError) {
      // Files that the cells have written are read by later ones.
      let output = try OutputFolder(temporaryFor: "export")
      defer { output.discard() }
      let paths = BookPaths(bookFolder: bookFolder, home: home, output: output)
      let folders = runFolders(values, output: output.staging)
      let host = ReplayHost(first: first, paths: paths, cancellation: cancellation, observer: nil)
      var replayer = Replayer(
        book, registry: registry, values: values.values, host: host, cancellation: cancellation, paths: paths,
        folders: folders, digests: digests,
        cache: CellCache(cache, folders: folders, registry: registry, book: fileName(of: file.path), digests: digests),
        isRecalling: true, observer: nil)
      do { try replayer.run(into: &replay) } catch { preconditionFailure("nothing is read where nothing runs") }
      if let missing = replay.records.first(where: { if case .notReached = $0.ending { true } else { false } }) {
        let label = missing.cell.label
        let why = replayer.cache?.reasons.reason(of: label)
        throw BookFileError(
          "not-stored", "the cell `\(label)` would have to run" + (why.map { ": \($0)" } ?? ""),
          hint: "run the book first: cnp run \(shellWord(file.path)), or give the -P of its last run")
      }
    } catch { throw RefusedBook(mistakes: [mistake(error)]) }
    return StoredReplay(replay: replay, bookFolder: bookFolder, cache: cache, digests: digests)
  }
}

/// What is wrong with a book, so that nothing was done.
public struct RefusedBook: Error {
  public let mistakes: [Diagnostic]
}
