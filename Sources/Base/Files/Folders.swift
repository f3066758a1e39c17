import CFiles
import Glibc

/// What stands at a path.
public enum PathKind: Sendable, Hashable {
  case file, folder, link, other

  init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }
}

/// What stands at `path`, links followed; `nil` when there is nothing, or nothing that can be seen.
public func pathKind(_ path: String) -> PathKind? {
  var facts = stat()
  let kind = isUsable(path) && stat(path, &facts) == 0 ? PathKind(mode: facts.st_mode) : nil
  FileTrace.note(.kind(kind), at: path)
  return kind
}

/// The working folder; the root where it has gone.
public func workingFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "/" }
  defer { free(path) }
  return String(cString: path)
}

/// The path with all links followed; `nil` where nothing is there.
public func resolvedPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Whether this program may put files into a folder and take them out.
public func mayChangeFolder(_ path: String) -> Bool {
  isUsable(path) && faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0
}

/// Whether a folder is where another disk begins: it cannot be renamed.
public func isMountPoint(_ path: String) -> Bool { isUsable(path) && files_is_mount_point(path) != 0 }

/// Makes a folder and those above it; one that is there already is fine.
///
/// - Parameter mode: who may do what with those that are made, less the umask.
public func makeFolder(_ path: String, mode: UInt32 = 0o777) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  if pathKind(path) == .folder { return }
  let above = parentFolder(of: path)
  if above != path && pathKind(above) == nil { try makeFolder(above, mode: mode) }
  guard mkdir(path, mode) == 0 || (errno == EEXIST && pathKind(path) == .folder) else {
    throw FileError(path: path, errorNumber: errno == EEXIST ? ENOTDIR : errno)
  }
}

/// Whether the system can be asked about a path at all.
func isUsable(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }
