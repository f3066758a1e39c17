/// Paths to write at are no longer than this, in bytes: deeper trees are hard to remove.
let longestPath = 1024

/// The names on the way from an output folder to a file that a program writes at a path: at least one, none of them `.`
/// or `..`.
///
/// - Parameter folder: where the output folder is, if a path from the root may begin with it.
/// - Throws: `bad-path`; `outside-output-folder` for a path that leads elsewhere, or to the folder itself.
public func outputNames(of path: String, below folder: String? = nil) throws(FileError) -> [String] {
  let rootLength = folder?.utf8.count ?? 0
  guard isUsable(path), path.utf8.count <= longestPath + rootLength else {
    throw FileError(path: path, reason: .badPath)
  }
  let whole = expandingHome(path)
  var names = namesInPath(whole).filter { $0 != "." }
  if isFromRoot(whole) {
    let root = folder.map { namesInPath($0) }
    guard let root, names.starts(with: root) else { throw FileError(path: path, reason: .outside) }
    names.removeFirst(root.count)
  }
  guard !names.isEmpty, !names.contains("..") else { throw FileError(path: path, reason: .outside) }
  return names
}
