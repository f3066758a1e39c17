import Base

/// The states that the trainings of a run keep without being asked: below the `.cnp/checkpoints` beside the book until a run
/// comes to its end. A run that was stopped, killed or failed has left them, and the next one goes on from there.
struct RunStates {
  /// Of this book, as `BookPaths.keep` takes it.
  let name: String
  private let home: TrustedFolder

  init(ofBookAt path: String, in home: String) {
    name = fileName(of: path)
    self.home = TrustedFolder(home)
  }

  /// Whether a file, as `BookPaths.keep` takes it, is among these states.
  func isState(_ path: String) -> Bool { isPath(path, within: name) && path.contains(Self.ending) }

  /// How `StateFile` ends the names of states that nobody asked for.
  private static var ending: Regex<Substring> { #/-[0-9a-f]{16}\.checkpoint$/# }

  /// Takes away states that are no longer needed, and the folders that are empty then; nothing behind a link. States of
  /// other params, which another run may be at work on, stay.
  ///
  /// - Parameter states: what a run that has come to its end has kept or gone on from.
  func clear(_ states: Set<String>) {
    var folders: Set<[String]> = [BookPaths.keeping + [name]]
    for state in states where isState(state) {
      let way = BookPaths.keeping + state.split(separator: "/").map(String.init)
      try? home.removeFile(at: way)
      folders.insert(way.dropLast())
    }
    // Each only where the ones below left it empty.
    for folder in folders.sorted(by: { $0.count > $1.count }) {
      for length in stride(from: folder.count, through: 1, by: -1) {
        _ = try? home.removeFolderIfEmpty(at: Array(folder.prefix(length)))
      }
    }
  }
}
