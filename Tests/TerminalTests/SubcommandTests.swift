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

  @Test("A param may touch its option")
  func joinedParams() throws {
    let text = "---\ncnpbook: 1\nparams:\n  n: {type: int, default: 1}\n---\n\n```cnp\nprint n + 1\n```\n"
    try folder.write(Array(text.utf8), to: "b.cnpbook")
    #expect(try run("run", "-Pn=41", "b.cnpbook").output.contains("  42\n"))
    #expect(try run("run", "b.cnpbook", "-P", "n=41", "-Pn=6").output.contains("  7\n"))
    let bad = try run("check", "b.cnpbook", "-Pn=many")
    #expect(bad.exitCode == 2 && bad.errors.contains("-P n=many"))
    #expect(try run("check", "-Pn").exitCode == 64)
  }

  @Test("Nothing at all through a pipe is refused; a file that says nothing is warned of")
  func nothingToRun() throws {
    let closed = try runShell("exec 0<&-; $CNP run -", in: folder)
    #expect(closed.exitCode == 2 && closed.errors.contains("error[nothing-to-run]: standard input is empty"))
    let blank = try runPiped(["run", "-"], input: Array("\n\n".utf8), in: folder)
    #expect(blank.exitCode == 2 && blank.output == "")
    try folder.write([], to: "empty.cnp")
    for subcommand in ["check", "run"] {
      let empty = try run(subcommand, "empty.cnp")
      #expect(empty.exitCode == 0 && empty.errors.contains("warning[nothing-to-run]"))
    }
  }

  @Test("fmt sets files in place, answers standard input, and tells what would change")
  func formatting() throws {
    try folder.write(Array("x=1\n".utf8), to: "a.cnp")
    let checked = try run("fmt", "--check", "a.cnp", "good.cnp")
    #expect(checked.output == "a.cnp\n" && checked.exitCode == 1)
    let diff = try run("fmt", "--diff", "a.cnp")
    #expect(diff.output == "--- a.cnp\n+++ a.cnp\n@@ -1,1 +1,1 @@\n-x=1\n+x = 1\n" && diff.exitCode == 0)
    #expect(try folder.read("a.cnp") == "x=1\n")
    let set = try run("fmt", "a.cnp", "good.cnp")
    #expect(set.output == "formatted a.cnp\n" && set.exitCode == 0)
    #expect(try folder.read("a.cnp") == "x = 1\n")
    let piped = try runPiped(["fmt", "-"], input: Array("x  =  2".utf8), in: folder)
    #expect(piped.output == "x = 2\n" && piped.exitCode == 0)
    let broken = try runPiped(["fmt", "-"], input: Array("x = (".utf8), in: folder)
    #expect(broken.output == "" && broken.exitCode == 2 && broken.errors.contains("error[unclosed-bracket]"))
  }

  @Test("new never replaces a file, and params lists what may be set")
  func beginning() throws {
    let made = try run("new", "eyes")
    #expect(made.output == "eyes.cnpbook: cnp run eyes.cnpbook\n" && made.exitCode == 0)
    let again = try run("new", "eyes.cnpbook", "--template", "empty")
    #expect(again.exitCode == 3 && again.errors.contains("error[file-exists]"))
    #expect(try run("new", "b", "--template", "emtpy").exitCode == 64)
    let params = try run("params", "eyes.cnpbook")
    #expect(params.output.contains("epochs  int from 1 to 1000  default 4") && params.exitCode == 0)
    #expect(try run("params", "--json", "eyes.cnpbook").output.hasPrefix("[\n"))
    try folder.write(Array("epochs: 7\nwidth: 4\n".utf8), to: "p.yml")
    #expect(try run("check", "eyes.cnpbook", "--params", "p.yml").exitCode == 0)
    try folder.write(Array("epochs: many\n".utf8), to: "p.yml")
    #expect(try run("check", "eyes.cnpbook", "--params", "p.yml").errors.contains("parameter-type"))
  }

  @Test("help tells of commands of the language too")
  func helpOfCommands() throws {
    let save = try run("help", "save")
    #expect(save.output.hasPrefix("save: write a value below the output folder\n") && save.exitCode == 0)
    #expect(try run("help", "train-gan", "epochs").output.hasPrefix("in train-gan\n"))
    #expect(try run("help", "run").output.contains("USAGE: cnp run"))
    #expect(try run("help").output.contains("USAGE: cnp <subcommand>"))
    let unknown = try run("help", "saev")
    #expect(unknown.output == "" && unknown.errors.contains("did you mean 'save'?") && unknown.exitCode == 64)
  }

  @Test(
    "What was meant is named",
    arguments: [
      (["chekc", "good.cnp"], "cnp check good.cnp"), (["good.cnp"], "cnp run good.cnp"),
      (["verify"], "there are prompt, run, check, watch, diff, export, params, new, fmt, cache, manual, bench, help"),
    ])
  func typingMistakes(_ arguments: [String], _ meant: String) throws {
    let result = try runPiped(arguments, input: [], in: folder)
    #expect(result.errors.contains(meant), "\(result.errors)")
    #expect(result.exitCode == 64 && result.output == "")
  }
}
