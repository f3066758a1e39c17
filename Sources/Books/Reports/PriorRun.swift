import Base

/// The folder of an earlier run, as far as that can prove that it wrote what is in it.
struct PriorRun {
  /// `run.json` is small; a larger file is none.
  private static let largestManifest = 64 << 20
  /// As many files are named that stand in the way.
  private static let mostNamed = 3

  private let folder: TrustedFolder
  private let manifest: RunManifest?
  private let digests: FileDigests

  init(in folder: TrustedFolder, digests: FileDigests) {
    self.folder = folder
    self.digests = digests
    let bytes = try? folder.file(at: [RunManifest.name])?.all(limit: Self.largestManifest)
    manifest = bytes.flatMap { RunManifest($0) }
  }

  /// Whether it has a list of its files.
  var isProven: Bool { manifest != nil }

  /// Why another run may not take the folder's place: what in it is not as a run has left it. `nil` where nothing is.
  ///
  /// - Parameter path: of the folder, for the message.
  func obstacle(at path: String) throws(FileError) -> BookFileError? {
    let hint = "nothing in it was changed; name another folder by `-o`, or move these files away"
    guard let manifest else {
      let names = try folder.names()
      if names.isEmpty { return nil }
      let has = names.contains(RunManifest.name) ? "its \(RunManifest.name) is none" : "it has no \(RunManifest.name)"
      return BookFileError(
        "output-folder-taken", "\(path) holds \(inWords(names)), and \(has) as a run leaves it",
        hint: hint + "; the results of an older cnp have no list of their files, and are to be removed by hand")
    }
    let strange = try strangers(manifest, Set(manifest.digests.keys.flatMap(folders(above:))), in: folder, at: "")
    if strange.isEmpty { return nil }
    return BookFileError(
      "output-folder-taken", "\(path) holds what no run has written: \(inWords(strange))", hint: hint)
  }

  private func inWords(_ names: [String]) -> String {
    names.prefix(Self.mostNamed).joined(separator: ", ") + (names.count > Self.mostNamed ? " and more" : "")
  }

  /// The folders on the way to a file below.
  private func folders(above path: String) -> [String] {
    var ways: [String] = []
    var way = parentFolder(of: path)
    while way != "." {
      ways.append(way)
      way = parentFolder(of: way)
    }
    return ways
  }

  /// Files that the manifest does not name, or that were changed since, and folders without any that it names: a few of
  /// them, enough to be told of.
  private func strangers(
    _ manifest: RunManifest, _ ownFolders: Set<String>, in folder: TrustedFolder, at way: String
  ) throws(FileError) -> [String] {
    var found: [String] = []
    for name in try folder.names() where found.count <= Self.mostNamed {
      let path = way + name
      switch folder.kind(of: name) {
      case .file:
        guard let digest = manifest.digests[path] else {
          found.append(path)
          continue
        }
        // A file that can't be read is not known to be the run's.
        let file = try? folder.file(at: [name])
        if file.flatMap({ digests.digest(of: $0, at: joinPath(folder.path, name)) }) != digest {
          found.append("\(path) (changed since)")
        }
      case .folder:
        if ownFolders.contains(path), let below = try folder.folder([name]) {
          found += try strangers(manifest, ownFolders, in: below, at: path + "/")
        } else {
          found.append(path + "/")
        }
      // Nothing: its name is no text.
      case .link, .other, nil: found.append(path)
      }
    }
    return found
  }

  /// Removes what the run has written, as far as it is as the run has left it, and then the folder if nothing else is in
  /// it.
  ///
  /// - Parameters:
  ///   - parent: where the folder is.
  ///   - name: of the folder there.
  /// - Returns: whether it is gone.
  func remove(from parent: TrustedFolder, as name: String) throws(FileError) -> Bool {
    var folders: Set<[String]> = []
    for (path, digest) in manifest?.digests ?? [:] {
      let names = path.split(separator: "/").map(String.init)
      let file = try? folder.file(at: names)
      if file.flatMap({ digests.digest(of: $0, at: joinPath(folder.path, path)) }) == digest {
        try folder.removeFile(at: names)
      }
      for count in 1..<max(1, names.count) { folders.insert(Array(names.prefix(count))) }
    }
    for names in folders.sorted(by: { $0.count > $1.count }) { try folder.removeFolderIfEmpty(at: names) }
    return try parent.removeFolderIfEmpty(at: [name])
  }
}
