import Base
import Foundation
import Testing

/// Temporary files that killed programs have left are cleared away; those of programs that live, and whatever only looks
/// like one, are not.
@Suite struct LeftoverTests {
  @Test func filesWithoutAnOwnerAreSwept() throws {
    let folder = try TemporaryFolder()
    let (dead, live) = (".a.png.0123456789abc.part", ".b.1zzzzzzzzzzzz.part")
    for name in [dead, live] { try Data([1]).write(to: URL(filePath: folder.path(name))) }
    // The lock is the one proof: another descriptor has it, as another program would, in whatever container.
    let owner = open(folder.path(live), O_RDWR)
    defer { close(owner) }
    #expect(flock(owner, LOCK_EX) == 0)
    try writeFile("x", to: folder.path("file"))
    #expect(folder.names() == [live, "file"])
  }

  @Test func whatOnlyLooksLikeOneIsKept() throws {
    let folder = try TemporaryFolder()
    let names = [
      ".a.0123.part", ".0123456789abc.part", "a.0123456789abc.part", ".a.0123456789ABC.part", ".a.0123456789abc.par",
    ]
    for name in names { try Data([1]).write(to: URL(filePath: folder.path(name))) }
    let (inner, link, twin) = (".a.000000000000a.part", ".a.000000000000b.part", ".a.000000000000c.part")
    try makeFolder(folder.path(inner))
    try folder.link(link, to: folder.path(names[0]))
    try FileManager.default.linkItem(atPath: folder.path(names[0]), toPath: folder.path(twin))
    try writeFile("x", to: folder.path("file"))
    #expect(folder.names() == (names + [inner, link, twin, "file"]).sorted())
  }

  @Test func namesOfAnyLengthHaveATemporaryOne() throws {
    let folder = try TemporaryFolder()
    let longest = String(repeating: "é", count: 127)
    try writeFile("x", to: folder.path(longest))
    #expect(folder.names() == [longest])
    // The last step fails here, the renaming: everything was written by then.
    let error = #expect(throws: FileError.self) {
      try writeFile("x", to: folder.path(String(repeating: "a", count: 300)))
    }
    #expect(error?.code == "file-failed")
    #expect(folder.names() == [longest])
  }

  @Test func foldersAreTheirsWhoHoldThemOpen() throws {
    let folder = try TemporaryFolder()
    let parent = TrustedFolder(folder.path)
    var first: (name: String, folder: TrustedFolder)? = try parent.temporaryFolder(for: "x.out")
    let second = try parent.temporaryFolder(for: "x.out")
    let other = try parent.temporaryFolder(for: "y.out").name
    #expect(try parent.abandonedFolders(for: "x.out").map(\.name) == [])
    let name = first?.name
    first = nil
    #expect(try parent.abandonedFolders(for: "x.out").map(\.name) == [name])
    #expect(try parent.abandonedFolders(for: "y.out").map(\.name) == [other])
    _ = second
  }
}
