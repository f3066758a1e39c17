import Base
import Figures

/// The scenes on record in `<book>.ref`, of figures that are compared to a tolerance: a digest can't tell how much differs.
struct ReferenceScenes: Sendable {
  let folder: String

  private static let ending = ".scene"
  private static let largestFile = 1 << 30

  /// `nil` where there is none that can be read.
  func scene(_ name: String) -> Figure? {
    guard let bytes = try? readFile(joinPath(folder, name + Self.ending), limit: Self.largestFile) else { return nil }
    return try? restored(Figure.self, from: bytes)
  }

  /// Writes those of a replay that need one, and removes those that no figure has any more.
  func update(_ replay: Replay) throws(BookFileError) {
    var needed: [(name: String, figure: Figure)] = []
    for record in replay.records where record.cell.options.verify.pixels != .exact { needed += record.figures }
    let old = pathKind(folder) == .folder ? try sortedNames(inFolder: folder) : []
    if !needed.isEmpty {
      do { try makeFolder(folder) } catch { throw BookFileError(error) }
    }
    for (name, figure) in needed {
      guard let bytes = try? storedForm(of: figure) else { continue }
      try putFile(bytes, at: joinPath(folder, name + Self.ending))
    }
    let home = TrustedFolder(parentFolder(of: folder))
    let kept = Set(needed.map { $0.name + Self.ending })
    for name in old where name.hasSuffix(Self.ending) && !kept.contains(name) {
      try? home.removeFile(at: [fileName(of: folder), name])
    }
    if needed.isEmpty, !old.isEmpty { _ = try? home.removeFolderIfEmpty(at: [fileName(of: folder)]) }
  }
}
