import Files
import Language

/// The absolute path behind one that starts at a folder.
package func absolutePath(_ path: String, in folder: String) throws(Failure) -> String {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw Failure("bad-path", path.isEmpty ? "the path is empty" : "a path cannot hold a NUL byte")
  }
  return path.hasPrefix("/") ? path : folder + "/" + path
}
