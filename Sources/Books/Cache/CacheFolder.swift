import Base

/// The `.cnp/cache` beside a book: what cells have computed, by the digests of what that is.
///
/// Every file proves itself: its name is the SHA-256 of its bytes. So a file that is damaged, foreign or half-written is as good
/// as none, and runs that work at once can only write what is right.
package struct CacheFolder: Sendable {
  private let home: TrustedFolder
  static let way = [".cnp", "cache"]

  /// - Parameter folder: where the book is, or, where nothing may be written there, whatever runs leave of it.
  package init(in folder: String) { home = TrustedFolder(folder) }

  /// That of a book or a script, as runs of it keep it.
  package init(ofBookAt path: String) { self.init(in: ProgramFile(path).home(from: workingFolder())) }

  // MARK: Blobs

  /// Bytes that were kept; `nil` where they are not there as they were.
  func blob(_ digest: String) -> [UInt8]? {
    guard let bytes = bytes(at: Self.way(ofBlob: digest)), sha256(of: bytes) == digest else { return nil }
    return bytes
  }

  /// The same, of a file that need not be digested again where it has been left alone since it was.
  func blob(_ digest: String, _ digests: FileDigests) -> [UInt8]? {
    isWhole(digest, digests) ? bytes(at: Self.way(ofBlob: digest)) : nil
  }

  /// Whether a blob is there as it was.
  func isWhole(_ digest: String, _ digests: FileDigests) -> Bool {
    digests.digest(ofFile: joinPath(home.path, Self.way(ofBlob: digest).joined(separator: "/"))) == digest
  }

  /// - Returns: the SHA-256 that gives them back.
  func keep(_ bytes: [UInt8]) throws(FileError) -> String {
    let digest = sha256(of: bytes)
    let way = Self.way(ofBlob: digest)
    if let there = self.bytes(at: way), there == bytes { return digest }
    try home.write(bytes, at: way, isFlushed: false)
    return digest
  }

  func removeBlob(_ digest: String) { try? home.removeFile(at: Self.way(ofBlob: digest)) }

  private static func way(ofBlob digest: String) -> [String] { way + ["values", String(digest.prefix(2)), digest] }

  // MARK: Entries

  /// What was kept under a key, each proven, what was of use last first.
  func entries(_ key: String) -> [(name: String, bytes: [UInt8])] {
    items(in: ["cells", key]).sorted { $0.modified > $1.modified }.compactMap { item in
      guard let bytes = bytes(at: item.way), sha256(of: bytes) == item.name else { return nil }
      return (item.name, bytes)
    }
  }

  func keep(entry bytes: [UInt8], under key: String) throws(FileError) {
    try home.write(bytes, at: Self.way + ["cells", key, sha256(of: bytes)], isFlushed: false)
  }

  /// Notes that an entry is still of use.
  func touch(entry name: String, under key: String) { home.touch(Self.way + ["cells", key, name]) }

  // MARK: Notes

  /// Bytes under a name, which begin with their digest: the digests of files, the reasons of the last run.
  func note(_ name: String) -> [UInt8]? {
    guard let sealed = bytes(at: Self.way + [name]), sealed.count >= Self.sealLength else { return nil }
    let note = Array(sealed.dropFirst(Self.sealLength))
    return sealed.starts(with: sha256(of: note).utf8) ? note : nil
  }
  func keep(note: [UInt8], as name: String) {
    try? home.write(Array(sha256(of: note).utf8) + note, at: Self.way + [name], isFlushed: false)
  }
  private static let sealLength = 64

  private func bytes(at way: [String]) -> [UInt8]? {
    try? home.file(at: way)?.all(limit: Self.largestFile)
  }
  private static let largestFile = 8 << 30

  // MARK: Room

  /// Bytes of all that is kept, and how many entries there are.
  package var size: (bytes: Int, entries: Int) {
    (blobs.reduce(0) { $0 + $1.size } + allEntries.reduce(0) { $0 + $1.size }, allEntries.count)
  }

  /// Removes all that is kept.
  package func clear() throws(FileError) {
    guard let above = try home.folder(Array(Self.way.dropLast())) else { return }
    try above.removeTree(Self.way[Self.way.count - 1])
    try home.removeFolderIfEmpty(at: Array(Self.way.dropLast()))
  }

  /// Removes what has not been of use for longest until the rest has room.
  ///
  /// - Returns: how many entries went.
  @discardableResult
  package func evict(toFit limit: Int) -> Int {
    guard size.bytes > limit else { return 0 }
    let blobs = blobs
    let sizes = Dictionary(blobs.map { ($0.name, $0.size) }) { first, _ in first }
    var kept: Set<String> = []
    var room = limit
    var removed = 0
    var isFull = false
    // Whatever is older than the first that has no room goes, too; one that would never have room goes alone.
    for entry in allEntries.sorted(by: { $0.modified > $1.modified }) {
      let named = bytes(at: entry.way).map(Self.blobs(namedBy:)) ?? []
      let needed = Set(named).subtracting(kept).reduce(entry.size) { $0 + (sizes[$1] ?? 0) }
      if isFull || needed > room {
        isFull = isFull || needed <= limit
        try? home.removeFile(at: entry.way)
        removed += 1
      } else {
        kept.formUnion(named)
        room -= needed
      }
    }
    // A run at work keeps blobs before the entry that names them.
    let longAgo = systemTime() - 3_600_000_000_000
    for blob in blobs where !kept.contains(blob.name) && (removed > 0 || blob.modified < longAgo) {
      try? home.removeFile(at: blob.way)
    }
    return removed
  }

  private static func blobs(namedBy entry: [UInt8]) -> [String] {
    if let cell = try? restored(CellEntry.self, from: entry) { return cell.blobs }
    return (try? restored(DrawnFigure.Entry.self, from: entry)).map { [$0.blob] } ?? []
  }

  private struct Item {
    let name: String
    let way: [String]
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int
  }
  private var blobs: [Item] { itemsInFolders(of: "values") }
  private var allEntries: [Item] { itemsInFolders(of: "cells") }

  private func itemsInFolders(of room: String) -> [Item] {
    guard let folder = try? home.folder(Self.way + [room]), let names = try? folder.names() else { return [] }
    return names.flatMap { items(in: [room, $0]) }
  }

  private func items(in names: [String]) -> [Item] {
    let way = Self.way + names
    guard let folder = try? home.folder(way), let files = try? folder.names() else { return [] }
    return files.compactMap { file in
      FileStamp(ofFile: joinPath(folder.path, file)).map {
        Item(name: file, way: way + [file], size: $0.size, modified: $0.modified)
      }
    }
  }
}
