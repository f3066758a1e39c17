import Base
import Language
import Vocabulary

/// The cache of one run: which cells need not run again, and what they have left.
///
/// It knows by their digests the values of all names that are bound; the values themselves are read when a cell that runs
/// needs them.
struct CellCache {
  /// What is known of a cell that need not run.
  struct Recalled {
    let entry: CellEntry
    let outputs: [StoredOutput]
    let written: [(path: String, bytes: [UInt8])]
  }
  /// A blob that an entry names is gone or damaged.
  struct Damage: Error {}

  private let folder: CacheFolder
  let digests: FileDigests
  let folders: RunFolders
  private let registry: Registry
  private let engine: String
  private var bound: [String: String] = [:]
  /// The names whose values are still to be read, by their blobs.
  private var unread: [String: String] = [:]
  private(set) var reasons: CacheReasons

  init(_ folder: CacheFolder, folders: RunFolders, registry: Registry, book: String, digests: FileDigests) {
    self.folder = folder
    self.folders = folders
    self.registry = registry
    engine = digests.program
    self.digests = digests
    reasons = CacheReasons(folder, book: book)
  }

  // MARK: Names

  /// Notes that a name has a value.
  mutating func bind(_ name: String, to value: Value) {
    unread[name] = nil
    // Of a value without a stored form it is certain only that it is no other's.
    bound[name] = (try? contentDigest(of: value)) ?? "\(UInt64.random(in: .min ... .max))"
  }

  /// The key of a cell, before it runs.
  func key(of cell: Cell, seed: UInt64) -> CellKey {
    var reads = cell.program.readNames
    var setting: String?
    if let code = cell.options.expectedError {
      // Messages quote the text, and suggest names that there are.
      let names = bound.keys.sorted()
      reads += cell.program.boundNames
      setting = sha256(of: Array(([code, cell.source.text] + names).joined(separator: "\0").utf8))
    }
    let values = reads.compactMap { name in bound[name].map { (name, $0) } }
    return CellKey(
      engine: engine, tree: cell.program.digest, seed: seed, streams: cell.options.streams ?? cell.label,
      repetitions: cell.options.repetitions, reads: Dictionary(values) { first, _ in first }, setting: setting)
  }

  /// The values that a cell reads and that have not been read from the cache so far.
  ///
  /// - Throws: `Damage` where one is not there as it was; the cell that has left it runs the next time.
  mutating func values(for cell: Cell) throws(Damage) -> [(name: String, value: Value)] {
    var values: [(String, Value)] = []
    // Those of which a message may speak, too.
    for name in cell.options.expectedError == nil ? cell.program.readNames : unread.keys.sorted() {
      guard let blob = unread.removeValue(forKey: name) else { continue }
      values.append((name, try value(blob)))
    }
    return values
  }

  private func value(_ blob: String) throws(Damage) -> Value {
    guard let bytes = folder.blob(blob),
      let value = try? restored(Value.self, from: bytes, userInfo: [.registry: registry])
    else {
      folder.removeBlob(blob)
      throw Damage()
    }
    return value
  }

  // MARK: Cells

  /// What a cell of this key did when it ran with the files that there are now; `nil` where none has, or something of it is
  /// not there as it was. With it what is not as another one found it, in words.
  func recall(_ key: CellKey) -> (found: Recalled?, change: String?) {
    var change: String?
    guard let digest = try? key.digest else { return (nil, nil) }
    for (name, bytes) in folder.entries(digest) {
      guard let entry = try? restored(CellEntry.self, from: bytes) else { continue }
      if let other = entry.files.change(in: folders, digests: digests) {
        change = change ?? other
      } else if let recalled = recall(entry) {
        folder.touch(entry: name, under: digest)
        return (recalled, nil)
      }
    }
    return (nil, change)
  }

  private func recall(_ entry: CellEntry) -> Recalled? {
    // Values are read when somebody needs them, and are as they were where their files are.
    guard entry.bindings.allSatisfy({ folder.isWhole($0.blob, digests) }) else { return nil }
    var outputs: [StoredOutput] = []
    for blob in entry.outputs {
      guard let bytes = folder.blob(blob, digests), var output = try? restored(StoredOutput.self, from: bytes) else {
        return nil
      }
      output.blob = blob
      outputs.append(output)
    }
    var written: [(String, [UInt8])] = []
    for file in entry.written {
      guard let bytes = folder.blob(file.blob) else { return nil }
      written.append((file.path, bytes))
    }
    return Recalled(entry: entry, outputs: outputs, written: written)
  }

  /// Notes what a cell has bound that did not run.
  mutating func bind(_ entry: CellEntry) {
    for binding in entry.bindings {
      bound[binding.name] = binding.digest
      unread[binding.name] = binding.blob
    }
  }

  /// Notes for those who ask later why a cell runs: what of its key has changed, else what is given; `nil` where it doesn't.
  mutating func note(_ cell: Cell, _ key: CellKey, runsBecause why: String?) {
    reasons.note(cell.label, key, why: why.map { reasons.change(of: cell.label, to: key) ?? $0 })
  }

  /// Keeps what a cell has done.
  ///
  /// - Parameters:
  ///   - mistake: the one that it was there to show.
  ///   - names: those that it has bound, with their values.
  ///   - kept: its files that outlive the run.
  /// - Throws: `FileError` where the cache can't be written.
  mutating func keep(
    _ key: CellKey, of cell: Cell, outputs: [CellOutput], mistake: Diagnostic?, names: [(name: String, value: Value)],
    written: [(path: String, bytes: [UInt8])], kept: [String], files: CellFiles, seconds: Double
  ) throws {
    for (name, value) in names { bind(name, to: value) }
    let shown = mistake.flatMap { CellEntry.Mistake($0, in: cell) }
    guard mistake == nil || shown != nil else { return }
    let entry = CellEntry(
      outputs: try outputs.map { try folder.keep(try storedForm(of: StoredOutput($0))) }, mistake: shown,
      bindings: try names.map { name, value in
        CellEntry.Binding(name: name, blob: try folder.keep(try storedForm(of: value)), digest: bound[name] ?? "")
      },
      written: try written.map { CellEntry.File(path: $0.path, blob: try folder.keep($0.bytes)) }, kept: kept,
      files: files, seconds: seconds)
    try folder.keep(entry: try storedForm(of: entry), under: try key.digest)
  }

  /// Ends the run: keeps what makes the next one quick, and makes room.
  func close(limit: Int) {
    reasons.keep()
    folder.evict(toFit: limit)
  }
}

/// An output as the cache keeps it: names and captions that the cell's label and options give are not part of it.
struct StoredOutput: Codable {
  let shown: Presentation
  /// The one that the program gave.
  let caption: String?
  /// Where it was read from.
  var blob: String?

  private enum CodingKeys: CodingKey { case shown, caption }

  init(_ output: CellOutput) {
    shown = output.shown
    caption = output.givenCaption
  }
}
