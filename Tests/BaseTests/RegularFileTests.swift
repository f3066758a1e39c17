import Base
import Foundation
import Testing

/// Named pipes, devices and folders keep nobody waiting: they are no files.
@Suite struct RegularFileTests {
  @Test(.timeLimit(.minutes(1))) func onlyFilesAreOpened() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.path("pipe"), 0o600)
    for path in [folder.path("pipe"), folder.path, "/dev/zero", "/dev/tty"] {
      let read = #expect(throws: FileError.self) { try readFile(path) }
      #expect(read?.reason == .notAFile || path == "/dev/tty", "\(path)")
      #expect(throws: FileError.self) { try readFileStart(path, count: 4) }
      #expect(throws: FileError.self) { try appendToFile(path, [1], after: 10) }
      #expect(sha256(ofFile: path) == nil)
    }
  }

  @Test func appending() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lines")
    try appendToFile(path, Array("one\n".utf8), after: 10)
    try appendToFile(path, Array("tw".utf8), after: 10)
    try appendToFile(path, Array("three\n".utf8), after: 10)
    #expect(folder.text("lines") == "one\ntw\nthree\n")
    let missing = #expect(throws: FileError.self) { try appendToFile(folder.path("no/lines"), [1], after: 10) }
    #expect(missing?.reason == .missing)
  }

  /// A program that was stopped with the lock in its hands must not stop others.
  @Test(.timeLimit(.minutes(1))) func aLockIsNotWaitedForEver() throws {
    let folder = try TemporaryFolder()
    try writeFile("one\n", to: folder.path("lines"))
    let holder = open(folder.path("lines"), O_RDWR)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX) == 0)
    try appendToFile(folder.path("lines"), Array("two\n".utf8), after: 10)
    #expect(folder.text("lines") == "one\ntwo\n")
  }
}
