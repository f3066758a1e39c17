import Base

/// What a cell learnt from the file system when it ran: it depends on that and on no other file.
struct CellFiles: Sendable, Codable, Hashable {
  /// Where something stands: a book may be moved with what lies beside it.
  enum Place: Sendable, Codable, Hashable {
    /// From the book's folder.
    case book(String)
    /// Below the folder, or at the file, that a param names.
    case root(String, String)
    /// Below the output folder, written by the run itself.
    case output(String)
    /// From the root, as the program gives it.
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

  /// Without what it has seen of the run's own output.
  var ofOthers: CellFiles {
    CellFiles(looks: looks.filter { if case .output = $0.place { false } else { true } })
  }

  private init(looks: [Look]) { self.looks = looks }

  /// What a trace has noted.
  ///
  /// - Parameter host: knows what the cell itself has written, which is no part of it, and which paths it asked for.
  /// - Returns: `nil` where something has changed since the cell looked at it, or it has listed a folder in which its own files
  ///   lie among those of earlier cells: then nobody can say what it depends on.
  init?(_ trace: FileTrace, in folders: RunFolders, digests: FileDigests, host: ReplayHost) {
    var looks: [(key: String, look: Look)] = []
    for (path, finding) in trace.noted where !host.isOwn(path) {
      let found: Fact
      switch finding {
      case .kind(let kind): found = .kind(kind.map { "\($0)" })
      case .listing(let lines):
        if host.isShared(path) { return nil }
        found = .listing(folders.digest(ofListing: lines, of: path))
      case .contents(let stamp):
        guard FileStamp(ofFile: path) == stamp else { return nil }
        found = .contents(digests.digest(ofFile: path))
      }
      guard Self.fact(like: found, at: path, folders, digests) == found else { return nil }
      let place = folders.place(of: path, isAskedRelative: host.isAskedRelative(path))
      looks.append(("\(place) \(found)", Look(place: place, fact: found)))
    }
    self.looks = looks.sorted { $0.key < $1.key }.map(\.look)
  }

  /// The first thing that is not as the cell found it, in words; `nil` where all is.
  func change(in folders: RunFolders, digests: FileDigests) -> String? {
    for look in looks {
      let path = folders.path(of: look.place)
      let now = Self.fact(like: look.fact, at: path, folders, digests)
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

  private static func fact(
    like fact: Fact, at path: String, _ folders: RunFolders, _ digests: FileDigests
  ) -> Fact {
    switch fact {
    case .kind: .kind(pathKind(path).map { "\($0)" })
    case .contents: .contents(digests.digest(ofFile: path))
    case .listing: .listing((try? listing(ofFolder: path)).map { folders.digest(ofListing: $0, of: path) })
    }
  }
}

extension CellFiles.Place {
  /// As people name it.
  var name: String {
    switch self {
    case .book(let path): path.isEmpty ? "the book's folder" : path
    case .output(let path): "the output's \(path)"
    case .root(let name, let path): path.isEmpty ? "{\(name)}" : "{\(name)}/\(path)"
    case .elsewhere(let path): path
    }
  }
}

/// The folders that the places of a run are told by.
struct RunFolders: Sendable {
  let book: String
  /// Where the output is written.
  let output: String
  /// Params that are paths, from the root: what lies below one is told by its name.
  let roots: [(name: String, path: String)]
  /// Names in folders that runs themselves put there, which no cell means when it lists one: by folder.
  let own: [String: Set<String>]

  init(book: String, output: String, roots: [(name: String, path: String)] = [], ownFiles: [String] = []) {
    (self.book, self.output, self.roots) = (book, output, roots)
    var own: [String: Set<String>] = [:]
    for path in ownFiles + [output] { own[parentFolder(of: path), default: []].insert(fileName(of: path)) }
    self.own = own
  }

  /// - Parameter isAskedRelative: whether the program gave the path, or that of a folder above, from the book's folder.
  func place(of path: String, isAskedRelative: Bool) -> CellFiles.Place {
    let path = absolutePath(path, from: book)
    if isPath(path, within: output) { return .output(Self.rest(path, below: output)) }
    if isPath(path, within: book) { return .book(Self.rest(path, below: book)) }
    if isAskedRelative { return .book(Self.way(to: path, from: book)) }
    if let root = roots.first(where: { isPath(path, within: $0.path) }) {
      return .root(root.name, Self.rest(path, below: root.path))
    }
    return .elsewhere(path)
  }

  func path(of place: CellFiles.Place) -> String {
    switch place {
    case .book(let path): absolutePath(path, from: book)
    case .output(let path): path.isEmpty ? output : joinPath(output, path)
    case .root(let name, let path): joinPath(roots.first { $0.name == name }?.path ?? "/", path)
    case .elsewhere(let path): path
    }
  }

  /// Without the names of runs' own files.
  func digest(ofListing lines: [String], of folder: String) -> String {
    let own = own[absolutePath(folder, from: book)] ?? []
    let others = lines.filter { line in !own.contains(String(line.prefix { $0 != "\0" })) }
    return sha256(of: Array(others.joined(separator: "\0\0").utf8))
  }

  private static func rest(_ path: String, below folder: String) -> String {
    path == folder ? "" : String(path.dropFirst(folder == "/" ? 1 : folder.count + 1))
  }

  /// `../data/a.png`.
  private static func way(to path: String, from folder: String) -> String {
    let (to, from) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(to, from).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(String.init))
      .joined(separator: "/")
  }
}
