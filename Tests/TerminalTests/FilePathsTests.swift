import Base
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
    #expect(try absolutePath("~/x", in: "/w") == expandingHome("~/x"))
    #expect(try absolutePath("~x", in: "/w") == "/w/~x")
    #expect(throws: Failure.self) { try absolutePath("", in: "/w") }
    #expect(throws: Failure.self) { try absolutePath("a\0b", in: "/w") }
  }

  private var host: PromptHost {
    PromptHost(screen: Screen(output: -1, errors: -1), cell: "in-1", folder: SessionFolder(root))
  }

  @Test("Folders above a file to write are made")
  func folders() throws {
    try host.write([1], to: "a/b/c.png")
    try host.write([2], to: root + "/d/e.png")
    try host.keep([3], as: "f")
    #expect(try folder.bytes(of: "work/a/b/c.png") == [1] && folder.bytes(of: "work/d/e.png") == [2])
    #expect(try host.kept("f", limit: 10) == [3])
    #expect(try host.kept("g", limit: 10) == nil)
  }

  @Test(
    "What leads out of the output folder is refused",
    arguments: ["../x", "a/../../x", "/etc/x", "", ".", "./", "/", "a/..", "\0"])
  func outside(path: String) throws {
    #expect(throws: FileError.self) { try host.write([1], to: path) }
    #expect(throws: FileError.self) { try host.keep([1], as: path) }
    #expect(throws: FileError.self) { try host.kept(path, limit: 10) }
    #expect(try namesInFolder(root) == [])
  }

  @Test("No link is written through: not a folder's, not a file's, not one to nothing")
  func links() throws {
    folder.makeFolder("secret")
    try folder.write([7], to: "secret/keys")
    symlink(folder.path + "/secret", root + "/out")
    symlink(folder.path + "/secret/keys", root + "/keys")
    symlink(folder.path + "/secret/new", root + "/new")
    for path in ["out/x.png", "out/new/x.png", "out/keys", "keys", "new"] {
      let error = #expect(throws: FileError.self) { try host.write([1], to: path) }
      #expect(error?.code == "outside-output-folder", "\(path)")
    }
    #expect(try namesInFolder(folder.path + "/secret") == ["keys"])
    #expect(try folder.bytes(of: "secret/keys") == [7])
  }

  @Test("A saved dataset does not go through a link to a folder")
  func datasetIntoLink() throws {
    let prompt = try ScriptedSession()
    prompt.folder.makeFolder("secret")
    symlink(prompt.folder.path + "/secret", prompt.folder.path + "/set")
    let outcome = try prompt.run([.text("save (phantom 1 size: 64) \"set\"")])
    #expect(outcome.errors.contains("error[outside-output-folder]: 'set' is a link"))
    #expect(try namesInFolder(prompt.folder.path + "/secret") == [])
  }

  @Test("A file is replaced only while it is as a session has left it")
  func replacing() throws {
    let record = WrittenDigests(path: folder.path + "/state/cnp/written")
    func session() -> PromptHost {
      PromptHost(
        screen: Screen(output: -1, errors: -1), cell: "in-1", folder: SessionFolder(root, record: record))
    }
    try folder.write([1], to: "work/mine.csv")
    let refused = #expect(throws: Failure.self) { try session().write([2], to: "mine.csv") }
    #expect(refused?.code == "file-exists")
    #expect(try folder.bytes(of: "work/mine.csv") == [1])
    try session().replace([3], at: "mine.csv")
    // Another session goes on with it, and one that knows of none does not.
    try session().write([4], to: "./mine.csv")
    #expect(throws: Failure.self) { try host.write([5], to: "mine.csv") }
    try folder.write([6], to: "work/mine.csv")
    #expect(throws: Failure.self) { try session().write([7], to: "mine.csv") }
    #expect(try folder.bytes(of: "work/mine.csv") == [6])
    let first = session()
    for byte in [8, 9] as [UInt8] { try first.write([byte], to: "new/file") }
    #expect(try folder.bytes(of: "work/new/file") == [9])
  }

  @Test("A file where a folder should be is an error")
  func fileInTheWay() throws {
    try folder.write([1], to: "work/a")
    #expect(throws: FileError.self) { try host.write([2], to: "a/b.png") }
    #expect(try folder.bytes(of: "work/a") == [1])
  }
}
