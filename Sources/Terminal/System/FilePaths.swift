import Files
import Language

/// The absolute path behind one that starts at a folder.
package func absolutePath(_ path: String, in folder: String) throws(Failure) -> String {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw Failure("bad-path", path.isEmpty ? "the path is empty" : "a path cannot hold a NUL byte")
  }
  return path.hasPrefix("/") ? path : folder + "/" + path
}

/// The absolute path of a file to write below a folder; the folders above it exist afterwards.
///
/// Neither `..`, nor an absolute path elsewhere, nor a link that leads out gets past it.
package func outputPath(_ path: String, below folder: String) throws(Failure) -> String {
  let wanted = try absolutePath(path, in: folder)
  let elsewhere = Failure(
    "outside-output-folder", "'\(path)' is not below the output folder '\(folder)'",
    hint: "give a path that starts at the output folder")
  let root = folder.split(separator: "/")
  let parts = wanted.split(separator: "/").filter { $0 != "." }
  guard parts.count > root.count, Array(parts.prefix(root.count)) == root, !parts.contains("..") else {
    throw elsewhere
  }
  // The deepest folder that is there already must really lie below the root.
  var parent = parts.dropLast()
  while parent.count > root.count, resolvedPath("/" + parent.joined(separator: "/")) == nil { parent.removeLast() }
  guard let real = resolvedPath("/" + parent.joined(separator: "/")), let realRoot = resolvedPath(folder),
    isPath(real, within: realRoot)
  else { throw elsewhere }
  let target = "/" + parts.joined(separator: "/")
  do throws(FileError) { try makeFolder(parentFolder(of: target)) } catch {
    throw Failure("cannot-make-folder", "cannot make the folder of '\(path)': \(error.message)")
  }
  return target
}
