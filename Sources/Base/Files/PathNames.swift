import Glibc

// Paths are taken apart as the system does it, by bytes: among characters a slash may hide, where a mark stands behind it
// that combines with it.

private let slash = UInt8(ascii: "/")

/// Whether a path starts at the root.
public func isFromRoot(_ path: String) -> Bool { path.utf8.first == slash }

/// What stands between the slashes of a path.
func namesInPath(_ path: String) -> [String] { path.utf8.split(separator: slash).map { String(Substring($0)) } }

/// `folder/name`; an absolute `name` stands for itself.
public func joinPath(_ folder: String, _ name: String) -> String {
  if isFromRoot(name) || folder.isEmpty || folder == "." { return name }
  return folder.utf8.last == slash ? folder + name : folder + "/" + name
}

/// Everything before the last slash; `.` when there is none.
public func parentFolder(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let end = trimmed.utf8.lastIndex(of: slash) else { return "." }
  return end == trimmed.startIndex ? "/" : String(trimmed[..<end])
}

/// What stands behind the last slash.
public func fileName(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let end = trimmed.utf8.lastIndex(of: slash) else { return String(trimmed) }
  return String(trimmed[trimmed.utf8.index(after: end)...])
}

/// A file's name without folder and extension: the name of an image and of its mask. `a.b.png` is `a.b`.
public func baseName(of path: String) -> String {
  let name = fileName(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
  return String(name[..<dot])
}

/// A file's extension in lower case, without its dot; empty when there is none.
public func fileExtension(of path: String) -> String {
  let name = fileName(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
  return name[name.index(after: dot)...].lowercased()
}

/// A path from the root, with `.`, `..` and doubled slashes taken out; links are not followed.
public func absolutePath(_ path: String, from folder: String) -> String {
  var parts: [String] = []
  for part in namesInPath(isFromRoot(path) ? path : folder + "/" + path) where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}

/// A path with the user's home for the `~` it may start with, as a shell reads it: `~/x`, or `~` alone. A shell leaves it
/// to others where it stands behind something, as in `-P data=~/x`.
public func expandingHome(_ path: String) -> String {
  guard path == "~" || path.utf8.starts(with: "~/".utf8), let home = getenv("HOME") else { return path }
  return String(cString: home) + path.dropFirst()
}

/// Whether a path is the folder or stands below it; both from the root.
public func isPath(_ path: String, within folder: String) -> Bool {
  path == folder || path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
}

private func withoutTrailingSlashes(_ path: String) -> Substring {
  var trimmed = path[...]
  while trimmed.utf8.count > 1 && trimmed.utf8.last == slash { trimmed = Substring(trimmed.utf8.dropLast()) }
  return trimmed
}
