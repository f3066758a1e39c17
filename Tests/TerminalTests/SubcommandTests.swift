import Testing

/// What the program says on its command line.
@Suite("Subcommands")
struct SubcommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Array("print 1 + 1\n".utf8), to: "good.cnp")
    try folder.write(Array("print nothing\n".utf8), to: "bad.cnp")
    try folder.write(Array("for x in [] { print x }\n".utf8), to: "odd.cnp")
  }

  private func run(_ arguments: String...) throws -> PipedRun {
    try runPiped(arguments, input: [], in: folder)
  }

  @Test("A good check says so, and editors get their list alone")
  func goodCheck() throws {
    let good = try run("check", "good.cnp")
    #expect(good.output == "no mistakes\n" && good.errors == "" && good.exitCode == 0)
    let odd = try run("check", "odd.cnp")
    #expect(odd.output == "no mistakes\n" && odd.errors.contains("warning[") && odd.exitCode == 0)
    let bad = try run("check", "bad.cnp")
    #expect(bad.output == "" && bad.exitCode == 2)
    #expect(try !run("check", "--json", "good.cnp").output.contains("no mistakes"))
  }

  @Test(
    "What was meant is named",
    arguments: [
      (["chekc", "good.cnp"], "cnp check good.cnp"), (["good.cnp"], "cnp run good.cnp"),
      (["run", "--check", "good.cnp"], "cnp check good.cnp"), (["verify"], "there are prompt, run, check, bench, help"),
    ])
  func typingMistakes(_ arguments: [String], _ meant: String) throws {
    let result = try runPiped(arguments, input: [], in: folder)
    #expect(result.errors.contains(meant), "\(result.errors)")
    #expect(result.exitCode == 64 && result.output == "")
  }
}
