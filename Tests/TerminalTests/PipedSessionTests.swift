import Base
import Glibc
import Terminal
import Testing

/// The program itself, fed as `echo … | cnp` feeds it.
@Suite("Session from a pipe")
struct PipedSessionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ input: String) throws -> PipedRun { try run(Array(input.utf8)) }
  private func run(_ input: [UInt8]) throws -> PipedRun {
    try runPiped(input: input, in: folder)
  }

  @Test("Results and nothing else: no greeting, prompt, colour or history")
  func plain() throws {
    let result = try run("print 1 + 1\n")
    #expect(result.output == "2\n")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    #expect(pathKind(folder.path + "/state") == nil)
  }

  @Test("What editors on Windows leave in a file is no part of the program; another encoding is named")
  func windows() throws {
    let result = try run("\u{FEFF}x = [1,\r\n2]\r\nfor i in x {\r\n  print i\r\n}\r\n:names\r\n")
    #expect(result.output == "1\n2\nx  [1, 2]\n" && result.errors == "" && result.exitCode == 0)
    let wide = try run([0xFF, 0xFE] + "print 1\n".utf8.flatMap { [$0, 0] })
    #expect(wide.errors.contains("error[invalid-utf8]: the input is UTF-16, not UTF-8 text") && wide.exitCode == 3)
  }

  @Test("After an error it goes on, and ends with 3")
  func goesOn() throws {
    let result = try run("print nonsense\nprint 2")
    #expect(result.output == "2\n")
    #expect(result.errors.contains("nonsense") && !result.errors.contains("\u{1B}"))
    #expect(result.exitCode == 3)
  }

  @Test("An empty input is no error")
  func empty() throws {
    #expect(try run("").exitCode == 0)
    #expect(try run("\n\n# only a comment\n").exitCode == 0)
  }

  @Test("An unfinished input is an error that says so")
  func unfinished() throws {
    let result = try run("print (1 +\n")
    #expect(result.errors.contains("error["))
    #expect(result.exitCode == 3)
  }

  @Test("Figures become files named after the input")
  func figures() throws {
    let result = try run("show (phantom 2 size: 64)\n")
    #expect(result.exitCode == 0)
    #expect(result.output.contains("in-1-1.png"))
    #expect(try folder.bytes(of: "in-1-1.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test("Odd bytes, long lines and deep nesting are errors, not crashes")
  func badInput() throws {
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 10_000)
    let long = Array("print \"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000) + Array("\"".utf8)
    let lines: [[UInt8]] = [
      [0xC3, 0x28], Array("print \0 1".utf8), brackets + brackets.map { _ in UInt8(ascii: "]") }, long,
      Array("print 2".utf8),
    ]
    let result = try run(Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    #expect(result.output.utf8.count > 1_000_000 && result.output.hasSuffix("a\n2\n"))
    #expect(result.exitCode == 3)
  }
}
