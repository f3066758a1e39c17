import Angiography
import CDigest
import Files
import Glibc

/// The folder of a run's files: filled beside its place under another name, then put there in one step.
///
/// Whoever looks, and whenever the program dies, sees either the files of the last run or those of this one.
package struct OutputFolder: Sendable {
  /// `RENAME_EXCHANGE` of Linux: both names change places in one step.
  private static let exchange: UInt32 = 2

  /// Where the files will be; from the root.
  package let target: String
  /// Where they are written meanwhile.
  package let staging: String

  /// - Throws: `output-folder-taken` when there is something that no run has left.
  package init(_ path: String) throws(BookFileError) {
    target = resolvedPath(path) ?? path
    let parent = parentFolder(of: target)
    let stem = ".\(fileName(of: target))."
    staging = "\(parent)/\(stem)\(getpid())-part"
    if let kind = pathKind(target) {
      let names = kind == .folder ? try sortedNames(inFolder: target) : ["file"]
      guard names.isEmpty || names.contains("run.json") else {
        throw BookFileError(
          "output-folder-taken", "\(target) holds something else than the results of a run",
          hint: "name another folder, or empty this one")
      }
    }
    try ensureFolder(parent)
    try OutputFolder.removeLeftovers(in: parent, stem: stem)
    try ensureFolder(staging)
  }

  /// What runs that were killed left behind.
  private static func removeLeftovers(in parent: String, stem: String) throws(BookFileError) {
    for name in try sortedNames(inFolder: parent) where name.hasPrefix(stem) {
      let rest = name.dropFirst(stem.count)
      guard rest.hasSuffix("-part") || rest.hasSuffix("-old"), let process = Int32(rest.prefix { $0 != "-" }) else {
        continue
      }
      if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) { try removeTree("\(parent)/\(name)") }
    }
  }

  package func write(_ name: String, _ bytes: [UInt8]) throws(BookFileError) {
    try putFile(bytes, at: "\(staging)/\(name)")
  }
  package func write(_ name: String, _ text: String) throws(BookFileError) { try write(name, Array(text.utf8)) }

  /// Puts the folder in its place; what was there is removed afterwards.
  package func commit() throws(BookFileError) {
    if pathKind(target) == nil {
      guard rename(staging, target) == 0 else { throw BookFileError.system("output-folder", target) }
      return
    }
    // One step where the file system can exchange two names, else two with the old files kept until the end.
    if renameat2(AT_FDCWD, staging, AT_FDCWD, target, OutputFolder.exchange) == 0 {
      try removeTree(staging)
      return
    }
    let old = staging.dropLast("-part".count) + "-old"
    guard rename(target, String(old)) == 0 else { throw BookFileError.system("output-folder", target) }
    guard rename(staging, target) == 0 else {
      let error = BookFileError.system("output-folder", target)
      rename(String(old), target)
      throw error
    }
    try removeTree(String(old))
  }

  /// Gives up: the last run's files stay.
  package func discard() { try? removeTree(staging) }
}
