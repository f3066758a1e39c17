import Files
import Glibc
import Language
import Terminal
import Testing

@Suite("File paths")
struct FilePathsTests {
  let folder: TemporaryFolder
  let root: String

  init() throws {
    folder = try TemporaryFolder()
    folder.makeFolder("work")
    root = folder.path + "/work"
  }

  @Test("Paths to read start at the working folder, absolute ones at the top")
  func reading() throws {
    #expect(try absolutePath("a/b c.png", in: "/w") == "/w/a/b c.png")
    #expect(try absolutePath("/x", in: "/w") == "/x")
    #expect(throws: Failure.self) { try absolutePath("", in: "/w") }
    #expect(throws: Failure.self) { try absolutePath("a\0b", in: "/w") }
  }

  @Test("Folders above a file to write are made")
  func folders() throws {
    #expect(try outputPath("a/b/c.png", below: root) == root + "/a/b/c.png")
    #expect(pathKind(root + "/a/b") == .folder)
    #expect(try outputPath(root + "/d/e.png", below: root) == root + "/d/e.png")
  }

  @Test(
    "What leads out of the output folder is refused",
    arguments: ["../x", "a/../../x", "/etc/x", "", ".", "./", "/", "a/..", "\0"])
  func outside(path: String) {
    #expect(throws: Failure.self) { try outputPath(path, below: root) }
  }

  @Test("A link that leads out is refused")
  func links() {
    symlink(folder.path, root + "/out")
    #expect(throws: Failure.self) { try outputPath("out/x.png", below: root) }
    #expect(throws: Failure.self) { try outputPath("out/new/x.png", below: root) }
    #expect(pathKind(folder.path + "/new") == nil)
  }

  @Test("A file where a folder should be is an error")
  func fileInTheWay() throws {
    try folder.write([1], to: "work/a")
    #expect(throws: Failure.self) { try outputPath("a/b.png", below: root) }
  }
}
