import Base
import Foundation
import Synchronization
import Testing

/// What is written below a folder stays below it, whoever puts links there.
@Suite struct TrustedFolderTests {
  let folder: TemporaryFolder
  /// Two neighbours: one is written to, nothing may come into the other.
  let (inside, outside): (String, String)

  init() throws {
    folder = try TemporaryFolder()
    (inside, outside) = (folder.path("inside"), folder.path("outside"))
    try makeFolder(inside)
    try makeFolder(outside + "/below")
  }

  private func reason(writingAt names: [String]) -> FileError.Reason? {
    do { try TrustedFolder(inside).write([1], at: names) } catch { return error.reason }
    return nil
  }

  @Test func filesAndTheirFoldersAreMade() throws {
    try TrustedFolder(inside).write(Array("text".utf8), at: ["a", "b", "c.txt"])
    try TrustedFolder(inside).write(Array("again".utf8), at: ["a", "b", "c.txt"])
    #expect(folder.text("inside/a/b/c.txt") == "again")
    #expect(folder.names("inside/a/b") == ["c.txt"])
    let read = try TrustedFolder(inside).file(at: ["a", "b", "c.txt"])?.all(limit: 10)
    #expect(read == Array("again".utf8))
    #expect(try TrustedFolder(inside).file(at: ["a", "nothing", "c.txt"]) == nil)
  }

  /// No link is needed to lead out of a folder: what is no name of something in it is refused, whatever is asked.
  @Test(arguments: ["..", ".", "", "../outside", "a/b", "a\0b", "/", "/\u{301}x", "..\u{0}"])
  func onlyNamesAreTaken(_ name: String) throws {
    try writeFile("kept", to: outside + "/file")
    try makeFolder(inside + "/a")
    let place = TrustedFolder(inside)
    #expect(reason(writingAt: [name]) == .outside)
    #expect(reason(writingAt: [name, "x"]) == .outside)
    #expect(throws: FileError.self) { try place.folder([name]) }
    #expect(throws: FileError.self) { try place.file(at: ["a", name]) }
    #expect(throws: FileError.self) { try place.removeFile(at: [name, "outside", "file"]) }
    #expect(throws: FileError.self) { try place.removeFile(at: [name]) }
    #expect(throws: FileError.self) { try place.removeTree(name) }
    #expect(throws: FileError.self) { try place.removeFolderIfEmpty(at: ["a", name]) }
    #expect(throws: FileError.self) { try place.rename("a", to: name) }
    #expect(!place.rename("a", toFree: name) && place.kind(of: name) == nil)
    #expect(folder.names("inside") == ["a"] && folder.text("outside/file") == "kept")
    #expect(folder.names("") == ["inside", "outside"])
  }

  /// A mark that combines with a slash hides it among characters, not from the system.
  @Test func slashesAreFoundAmongBytes() {
    for path in ["../\u{301}d/f", "/\u{301}d/f", "a/../\u{301}/f"] {
      #expect(throws: FileError.self) { try outputNames(of: path) }
    }
    #expect((try? outputNames(of: "a/\u{301}d/f")) == ["a", "\u{301}d", "f"])
    #expect(fileName(of: "a/\u{301}d.png") == "\u{301}d.png" && parentFolder(of: "a/\u{301}d.png") == "a")
    #expect(joinPath("/w", "/\u{301}d") == "/\u{301}d" && isPath("/w/\u{301}d", within: "/w"))
    #expect(absolutePath("../\u{301}d", from: "/w/x") == "/w/\u{301}d")
  }

  @Test func noLinkIsFollowed() throws {
    try folder.link("inside/folder", to: outside)
    try folder.link("inside/within", to: inside)
    try makeFolder(inside + "/deep")
    try folder.link("inside/deep/folder", to: outside)
    try writeFile("kept", to: outside + "/file")
    try folder.link("inside/file", to: outside + "/file")
    try folder.link("inside/nowhere", to: outside + "/new")
    for names in [
      ["folder", "x"], ["folder", "below", "x"], ["folder", "new", "x"], ["within", "x"], ["deep", "folder", "x"],
      ["file"], ["nowhere"],
    ] {
      #expect(reason(writingAt: names) == .link, "\(names)")
      let read = #expect(throws: FileError.self) {
        try TrustedFolder(inside).file(at: names)
      }
      #expect(read?.reason == .link, "\(names)")
      #expect(TrustedFolder(inside).kind(at: names) == (names.count == 1 ? .link : nil), "\(names)")
    }
    #expect(folder.text("outside/file") == "kept")
    #expect(folder.names("outside") == ["below", "file"] && folder.names("outside/below") == [])
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    try makeFolder(inside + "/folder")
    mkfifo(inside + "/pipe", 0o600)
    try writeFile("text", to: inside + "/file")
    #expect(reason(writingAt: ["folder"]) == .notAFile)
    #expect(reason(writingAt: ["pipe"]) == .notAFile)
    #expect(reason(writingAt: ["file", "x"]) == .notAFolder)
    #expect(folder.names("inside") == ["file", "folder", "pipe"])
  }

  /// The way to the folder is the user's. What takes its place afterwards is not.
  @Test func theFolderIsTheOneThatWasOpened() throws {
    try folder.link("way", to: inside)
    let opened = TrustedFolder(folder.path("way"))
    try opened.write([1], at: ["first"])
    try FileManager.default.moveItem(atPath: inside, toPath: folder.path("moved"))
    try folder.link("inside", to: outside)
    try opened.write([2], at: ["second", "file"])
    #expect(folder.names("moved") == ["first", "second"])
    #expect(folder.names("outside") == ["below"])
    let missing = #expect(throws: FileError.self) { try TrustedFolder(folder.path("none")).write([1], at: ["x"]) }
    #expect(missing?.reason == .missing)
  }

  /// A folder and a link change places all the time, each time in one step, while files are written into the folder.
  @Test func swappingALinkLeadsNowhere() throws {
    let root = TrustedFolder(inside)
    try makeFolder(inside + "/set")
    try folder.link("inside/other", to: outside)
    let (isOver, swaps) = (Shared(false), Shared(0))
    let thread = Thread {
      while !isOver.value { if root.exchange("set", with: "other") { swaps.add(1) } }
    }
    thread.start()
    while swaps.value == 0 { usleep(100) }
    var (written, refused) = (0, 0)
    for number in 0..<500 {
      do throws(FileError) {
        try root.write([1], at: ["set", "\(number).png"])
        written += 1
      } catch {
        #expect(error.reason == .link || error.reason == .notAFolder, "\(error)")
        refused += 1
      }
    }
    isOver.store(true)
    while !thread.isFinished { usleep(100) }
    #expect(folder.names("outside") == ["below"])
    let place = pathKind(inside + "/set/below") == nil ? "inside/set" : "inside/other"
    #expect(folder.names(place).count == written && written + refused == 500)
    #expect(swaps.value > 10)
  }

  @Test func treesAreRemovedWithoutTheEndsOfTheirLinks() throws {
    try makeFolder(inside + "/tree/deep")
    try writeFile("kept", to: outside + "/file")
    try folder.link("inside/tree/deep/folder", to: outside)
    try folder.link("inside/tree/file", to: outside + "/file")
    try TrustedFolder(inside).removeTree("tree")
    try TrustedFolder(inside).removeTree("not there")
    #expect(folder.names("inside") == [])
    #expect(folder.names("outside") == ["below", "file"])
  }

  @Test(arguments: [
    ("a/b.png", ["a", "b.png"]), ("./a//b/", ["a", "b"]), ("/runs/a", ["a"]), ("/runs/./a", ["a"]),
    ("a..b/..c", ["a..b", "..c"]), ("~x/y~", ["~x", "y~"]),
  ])
  func namesOfAPath(_ path: String, _ names: [String]) throws {
    #expect(try outputNames(of: path, below: "/runs") == names)
  }

  @Test(arguments: [
    "..", "../x", "a/../b", "a/..", ".", "./", "/", "/runs", "/runs/", "/runsshop/x", "/runs/../x", "/etc/x", "",
    "a\0b",
    String(repeating: "a/", count: 600),
  ])
  func whatIsNotBelow(_ path: String) {
    #expect(throws: FileError.self) { try outputNames(of: path, below: "/runs") }
    #expect(throws: FileError.self) { try outputNames(of: path) }
  }

  /// `~` is the user's home, as in a path to read: never a folder of that name.
  @Test func pathsFromTheUsersHome() throws {
    let home = expandingHome("~")
    #expect(home.hasPrefix("/"))
    #expect(throws: FileError.self) { try outputNames(of: "~/x") }
    #expect(throws: FileError.self) { try outputNames(of: "~/x", below: "/elsewhere") }
    #expect(try outputNames(of: "~/x/y", below: home) == ["x", "y"])
  }

  @Test func aPathFromTheRootNeedsAFolder() {
    #expect(throws: FileError.self) { try outputNames(of: "/runs/a") }
    #expect((try? outputNames(of: "/a/b", below: "/")) == ["a", "b"])
  }
}

/// A value that two threads share.
final class Shared<Value: Sendable>: Sendable {
  private let held: Mutex<Value>
  init(_ value: Value) { held = Mutex(value) }
  var value: Value { held.withLock { $0 } }
  func store(_ value: Value) { held.withLock { $0 = value } }
}

extension Shared<Int> {
  func add(_ count: Int) { held.withLock { $0 += count } }
}
