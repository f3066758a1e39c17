import Base
import Foundation

/// A folder for one test, gone when that is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/cnp-files-" + UUID().uuidString
    try makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }
  func names(_ name: String = ".") -> [String] { ((try? namesInFolder(path(name))) ?? []).sorted() }
  func text(_ name: String) -> String? { (try? readFile(path(name))).map { String(decoding: $0, as: UTF8.self) } }
  func link(_ name: String, to end: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: end)
  }
}
