import Base

/// What a cell learnt from the file system when it ran: it depends on that and on no other file.
struct CellFiles: Sendable, Codable, Hashable {
  /// Where something stands: a book may be moved with what lies beside it.
  enum Place: Sendable, Codable, Hashable {
    /// Below the book's folder.
    case book(String)
    /// Below the output folder, written by the run itself.
    case output(String)
    /// Elsewhere, from the root.
    case elsewhere(String)
  }
  enum Fact: Sendable, Codable, Hashable {
    /// `nil` where nothing stands there.
    case kind(String?)
    /// The digest of the names in a folder, with what each is; `nil` where it could not be listed.
    case listing(String?)
    /// The SHA-256 of a file; `nil` where it could not be read.
    case contents(String?)
  }
  struct Look: Sendable, Codable, Hashable {
    let place: Place
    let fact: Fact
  }

  let looks: [Look]

  /// What a trace has noted, as it is now.
  ///
  /// - Parameter host: knows what the cell itself has written, which is no part of it.
  /// - Returns: `nil` where that can't be told: a file has changed since the cell read it, or it has listed a folder in which its
  ///   own files lie among those of earlier cells.
  init?(_ trace: FileTrace, in folders: RunFolders, digests: FileDigests, host: ReplayHost) {
    var looks: [Look] = []
    for (path, look, stamp) in trace.noted where !host.isOwn(path) {
      if look == .listing, host.isShared(path) { return nil }
      if look == .contents, FileStamp(ofFile: path) != stamp { return nil }
      looks.append(Look(place: folders.place(of: path), fact: Self.fact(look, at: path, digests)))
    }
    self.looks = looks.sorted { "\($0)" < "\($1)" }
  }

  /// The first thing that is not as the cell found it, in words; `nil` where all is.
  func change(in folders: RunFolders, digests: FileDigests) -> String? {
    for look in looks {
      let path = folders.path(of: look.place)
      let now =
        switch look.fact {
        case .kind: Self.fact(.kind, at: path, digests)
        case .listing: Self.fact(.listing, at: path, digests)
        case .contents: Self.fact(.contents, at: path, digests)
        }
      guard now != look.fact else { continue }
      let name = look.place.name
      switch (look.fact, now) {
      case (.listing, _): return "the files in \(name) are others"
      case (.kind(nil), _): return "\(name) has come to be"
      case (_, .kind(nil)), (_, .contents(nil)): return "\(name) is gone"
      default: return "\(name) has changed"
      }
    }
    return nil
  }

  /// The SHA-256 of every file whose bytes were read, by its path; what the run itself has written is left out.
  var digests: [(place: Place, digest: String)] {
    looks.compactMap { look in
      guard case .contents(let digest?) = look.fact else { return nil }
      if case .output = look.place { return nil }
      return (look.place, digest)
    }
  }

  private static func fact(_ look: FileTrace.Look, at path: String, _ digests: FileDigests) -> Fact {
    switch look {
    case .kind: return .kind(pathKind(path).map { "\($0)" })
    case .contents: return .contents(digests.digest(ofFile: path))
    case .listing:
      guard let entries = try? entriesInFolder(path) else { return .listing(nil) }
      let lines = entries.map { "\($0.name)\0\($0.kind)" }.sorted()
      return .listing(sha256(of: Array(lines.joined(separator: "\0\0").utf8)))
    }
  }
}

extension CellFiles.Place {
  /// As people name it.
  var name: String {
    switch self {
    case .book(let path): path.isEmpty ? "the book's folder" : path
    case .output(let path): "the output's \(path)"
    case .elsewhere(let path): path
    }
  }
}

/// The folders that the places of a run are told by.
struct RunFolders: Sendable {
  let book: String
  /// Where the output is written.
  let output: String

  func place(of path: String) -> CellFiles.Place {
    let path = absolutePath(path, from: book)
    if isPath(path, within: output) { return .output(Self.rest(path, below: output)) }
    if isPath(path, within: book) { return .book(Self.rest(path, below: book)) }
    return .elsewhere(path)
  }

  func path(of place: CellFiles.Place) -> String {
    switch place {
    case .book(let path): path.isEmpty ? book : joinPath(book, path)
    case .output(let path): path.isEmpty ? output : joinPath(output, path)
    case .elsewhere(let path): path
    }
  }

  private static func rest(_ path: String, below folder: String) -> String {
    path == folder ? "" : String(path.dropFirst(folder == "/" ? 1 : folder.count + 1))
  }
}
