import Base
import Language

/// The absolute path behind one that a person typed: it starts at a folder, at the user's home behind `~`, or at the root.
package func absolutePath(_ path: String, in folder: String) throws(Failure) -> String {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw Failure("bad-path", path.isEmpty ? "the path is empty" : "a path cannot hold a NUL byte")
  }
  return joinPath(folder, expandingHome(path))
}
