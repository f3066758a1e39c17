import Files

/// The states that the trainings of a run keep without being asked: below the `.cnp/checkpoints` beside the book until a run
/// comes to its end. A run that was stopped, killed or failed has left them, and the next one goes on from there.
struct RunStates {
  /// Of this book, as `BookPaths.keep` takes it.
  let name: String
  private let home: TrustedFolder

  init(ofBookAt path: String, in bookFolder: String) {
    name = fileName(of: path)
    home = TrustedFolder(bookFolder)
  }

  /// Takes away what the run no longer needs; nothing behind a link.
  ///
  /// - Parameter isOver: whether it came to its end; else only folders go that have nothing in them.
  func clear(isOver: Bool) {
    let way = BookPaths.keeping + [name]
    guard let own = try? home.folder(way) else { return }
    for entry in (try? own.names()) ?? [] {
      if own.kind(of: entry) == .folder {
        let inner = isOver ? (try? own.folder([entry])?.names()) ?? [] : []
        for file in inner { remove([entry, file], in: own) }
        _ = try? own.removeFolderIfEmpty(at: [entry])
      } else if isOver {
        remove([entry], in: own)
      }
    }
    // Each only where the one before left it empty.
    for length in stride(from: way.count, through: 1, by: -1) {
      _ = try? home.removeFolderIfEmpty(at: Array(way.prefix(length)))
    }
  }

  private func remove(_ names: [String], in folder: TrustedFolder) {
    if names.last?.hasSuffix(".checkpoint") == true { try? folder.removeFile(at: names) }
  }
}
