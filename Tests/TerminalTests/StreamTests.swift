import Base
import Glibc
import Terminal
import Testing

/// The program with streams that are closed, full, broken or limited: it neither hangs nor passes over what is lost.
@Suite("Streams and limits")
struct StreamTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Array("print 1 + 1\n".utf8), to: "e.cnp")
  }

  private func shell(_ script: String) throws -> PipedRun { try runShell(script, in: folder) }

  @Test("A closed standard input has ended", arguments: ["", "run e.cnp", "check e.cnp", "--help"])
  func closedInput(_ way: String) throws {
    let result = try shell("exec \"$CNP\" \(way) <&-")
    #expect(result.exitCode == 0 && result.errors == "")
    #expect(try shell("exec \"$CNP\" \(way) <&- 2>&-").exitCode == 0)
  }

  /// Were 0 to 2 not opened first, the report would be written to by what is printed.
  @Test("Closed standard streams are not taken by files")
  func closedStreams() throws {
    let result = try shell("exec \"$CNP\" run e.cnp <&- >&- 2>&-")
    #expect(result.exitCode == 3)
    #expect(try folder.read("e.out/report.md").hasPrefix("```cnp\nprint 1 + 1\n```\n\n```out\n2\n```\n"))
    #expect(try folder.read("e.out/metrics.json") == "{}\n")
  }

  @Test(
    "Output that is lost is said, and is no success",
    arguments: [
      "run e.cnp", "check e.cnp", "check --json e.cnp", "--help", "help run", "run --help", "--version", "bench --help",
      "< e.cnp",
      "--generate-completion-script bash",
    ])
  func fullDisk(_ way: String) throws {
    for sink in ["> /dev/full", ">&-"] {
      let result = try shell("exec \"$CNP\" \(way) \(sink)")
      #expect(result.exitCode == 3, "\(way) \(sink)")
      let lines = result.errors.split(separator: "\n")
      #expect(
        lines.count == 1 && lines.first?.contains("standard output: ") == true, "\(way) \(sink): \(result.errors)")
    }
    #expect(try shell("exec \"$CNP\" \(way)").exitCode == 0, "\(way)")
  }

  @Test("A run whose log is lost leaves its report; a code of its own goes before")
  func lostLog() throws {
    #expect(try shell("exec \"$CNP\" run e.cnp > /dev/full").exitCode == 3)
    #expect(pathKind(folder.path + "/e.out/report.html") == .file)
    try folder.write(Array("print nonsense\n".utf8), to: "bad.cnp")
    #expect(try shell("exec \"$CNP\" check --json bad.cnp > /dev/full").exitCode == 2)
  }

  @Test("Where nobody reads any more, it ends quietly, and a run with its report")
  func brokenPipe() throws {
    try folder.write(Array("for i in 0..20000 { print i, \"and some more words\" }\n".utf8), to: "long.cnp")
    for way in ["run long.cnp", "< long.cnp"] {
      let result = try shell("\"$CNP\" \(way) | head -n 1 > /dev/null; exit ${PIPESTATUS[0]}")
      #expect(result.exitCode == 128 + SIGPIPE, "\(way)")
      #expect(result.errors == "", "\(way)")
    }
    #expect(pathKind(folder.path + "/long.out/report.html") == .file)
    #expect(try namesInFolder(folder.path).allSatisfy { !$0.hasPrefix(".long") })
  }

  @Test("A file beyond ulimit -f is an error like others, and leaves nothing")
  func fileSizeLimit() throws {
    let program = "save (phantom 1 size: 256)[0].image \"a.png\"\nprint 2\n"
    try folder.write(Array(program.utf8), to: "in")
    let result = try shell("ulimit -f 8; exec \"$CNP\" < in")
    #expect(result.exitCode == 3 && result.output == "2\n")
    #expect(result.errors.hasPrefix("error[file-failed]: a.png: it would be larger"))
    let run = try shell("ulimit -f 8; exec \"$CNP\" run -q in -o limited")
    #expect(run.exitCode == 3 && run.errors.contains("error[file-failed]"))
    #expect(try namesInFolder(folder.path).allSatisfy { !$0.hasPrefix(".a.png") && $0 != "a.png" })
  }

  @Test("Named pipes where files are read are refused", .timeLimit(.minutes(2)))
  func namedPipes() throws {
    mkfifo(folder.path + "/pipe.cnpbook", 0o600)
    mkfifo(folder.path + "/pipe.png", 0o600)
    try folder.write(Array("open \"pipe.png\"\nload \"pipe.png\"\nopen \"pipe.safetensors\"\n".utf8), to: "in")
    mkfifo(folder.path + "/pipe.safetensors", 0o600)
    for (way, code) in [
      ("check pipe.cnpbook", 2), ("run pipe.cnpbook", 2), ("run e.cnp --params pipe.cnpbook", 2), ("< in", 3),
    ] {
      let result = try shell("exec \"$CNP\" \(way)")
      #expect(result.exitCode == code && result.errors.contains("not-a-file"), "\(way): \(result.errors)")
    }
  }

  @Test("Named pipes where the prompt keeps its own files keep nobody waiting", arguments: ["history", "inputrc"])
  func namedPipesOfThePrompt(_ name: String) throws {
    try makeFolder(folder.path + "/state/cnp")
    mkfifo(folder.path + "/state/cnp/\(name)", 0o600)
    let environment = name == "inputrc" ? ["INPUTRC": folder.path + "/state/cnp/inputrc"] : [:]
    let terminal = try PseudoTerminal(in: folder, environment)
    try terminal.expect("warning: ")
    try terminal.expect("is not a file")
    terminal.enter("print 3 + 4")
    try terminal.expect("\n7\n")
    try terminal.expect("cnp> ")
    terminal.type(Key.controlD)
    #expect(try terminal.exitCode() == 0)
  }
}
