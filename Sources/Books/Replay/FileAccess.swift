import Base
import Language
import Vocabulary

/// A file or folder that a book cannot have, in the words of a coded error.
public typealias BookFileError = Failure

extension Failure {
  init(_ error: FileError) { self.init(error.code, error.message, hint: error.hint) }
}

/// The bytes of a regular file of at most `limit` bytes.
package func fileBytes(_ path: String, limit: Int) throws(BookFileError) -> [UInt8] {
  do { return try readFile(path, limit: limit) } catch { throw BookFileError(error) }
}

/// Writes a whole file and makes sure that it is on the disk.
package func putFile(_ bytes: [UInt8], at path: String) throws(BookFileError) {
  do { try writeFile(bytes, to: path) } catch { throw BookFileError(error) }
}

/// The names in a folder, sorted by their bytes.
package func sortedNames(inFolder path: String) throws(BookFileError) -> [String] {
  do {
    return try namesInFolder(path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  } catch {
    throw BookFileError(error)
  }
}

/// Removes a file, or a folder with all that is in it; links are removed, not followed.
package func removeTree(_ path: String) throws(BookFileError) {
  do { try TrustedFolder(parentFolder(of: path)).removeTree(fileName(of: path)) } catch {
    throw BookFileError(error.at(path))
  }
}

/// Where files go that nobody keeps.
func temporaryFilesFolder() -> String { environmentText("TMPDIR") ?? "/tmp" }
