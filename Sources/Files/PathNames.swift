import Glibc

/// `folder/name`; an absolute `name` stands for itself.
public func joinPath(_ folder: String, _ name: String) -> String {
  if name.hasPrefix("/") || folder.isEmpty || folder == "." { return name }
  return folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

/// Everything before the last slash; `.` when there is none.
public func parentFolder(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.lastIndex(of: "/") else { return "." }
  return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
}

/// What stands behind the last slash.
public func fileName(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.lastIndex(of: "/") else { return String(trimmed) }
  return String(trimmed[trimmed.index(after: slash)...])
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
  var parts: [Substring] = []
  for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}

/// A path with the user's home for the `~` it may start with, as a shell reads it: `~/x`, or `~` alone. A shell leaves it
/// to others where it stands behind something, as in `-P data=~/x`.
public func expandingHome(_ path: String) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
  return String(cString: home) + path.dropFirst()
}

/// Whether a path is the folder or stands below it; both from the root.
public func isPath(_ path: String, within folder: String) -> Bool {
  path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
}

private func withoutTrailingSlashes(_ path: String) -> Substring {
  var trimmed = path[...]
  while trimmed.count > 1 && trimmed.hasSuffix("/") { trimmed.removeLast() }
  return trimmed
}
