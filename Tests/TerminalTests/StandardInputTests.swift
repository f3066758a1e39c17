import Base
import Testing

/// `cnp run -` and `cnp check -`: a program from standard input.
@Suite("A program from standard input")
struct StandardInputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String], _ input: String) throws -> PipedRun {
    try runPiped(arguments, input: Array(input.utf8), in: folder)
  }

  @Test("A script runs; its report stands in stdin.out, and its paths start at the working folder")
  func script() throws {
    try folder.write(Array("seen".utf8), to: "note.txt")
    let result = try run(["run", "-"], "x = 1\nprint x + 1\nsave \"words\" \"out.txt\"\n")
    #expect(result.exitCode == 0 && result.errors == "")
    #expect(result.output.contains("  2\n") && result.output.contains("/stdin.out/report.html"))
    #expect(try folder.read("stdin.out/out.txt").contains("words"))
    #expect(try folder.read("stdin.out/run.json").contains("\"book\": \"standard input\""))
    #expect(try run(["run", "-", "-o", "elsewhere"], "print 1\n").exitCode == 0)
    #expect(pathKind(folder.path + "/elsewhere/report.html") == .file)
  }

  @Test("A book runs too, with its params")
  func book() throws {
    let text =
      "---\r\ncnpbook: 1\r\nparams:\r\n  n: {type: int, default: 1}\r\n...\r\n\r\n```cnp\r\nprint n + 1\r\n```\r\n"
    let result = try run(["run", "-", "-P", "n=41"], text)
    #expect(result.exitCode == 0 && result.output.contains("  42\n"))
  }

  @Test("Mistakes name it, and nothing is written")
  func check() throws {
    let result = try run(["check", "-"], "print 1\nprint nonsense\n")
    #expect(result.exitCode == 2 && result.errors.contains("standard input:2:7"))
    #expect(try run(["check", "-", "--json"], "print nonsense\n").output.contains("\"file\": \"standard input\""))
    #expect(try run(["run", "-"], "print nonsense\n").exitCode == 2)
    #expect(pathKind(folder.path + "/stdin.out") == nil)
    #expect(try run(["check", "-"], "").exitCode == 0)
  }

  @Test("Every value of a param that is no value is said at once")
  func badArguments() throws {
    let result = try run(["check", "-", "-P", "a", "-P", "=2", "--params", "missing.yml"], "print 1\n")
    #expect(result.exitCode == 2)
    #expect(
      result.errors.contains("missing.yml") && result.errors.contains("-P a\n") && result.errors.contains("-P =2\n"))
  }
}
