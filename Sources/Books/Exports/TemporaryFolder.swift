import Base
import Glibc
import Language

/// Does something with a new folder that only this user may enter, and removes it afterwards with all that is in it.
func withTemporaryFolder<Result>(_ work: (String) throws(BookFileError) -> Result) throws(BookFileError) -> Result {
  var template = Array("/tmp/cnp-XXXXXX".utf8CString)
  guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
    throw BookFileError(FileError(path: "/tmp", reason: .notPermitted))
  }
  let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer { try? removeTree(folder) }
  return try work(folder)
}
