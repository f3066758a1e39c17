import Glibc
import Testing

/// Inputs that go through the user's own editor.
@Suite("The user's editor")
struct ExternalEditorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("An input opened in the user's editor comes back to the prompt")
  func external() throws {
    try folder.write(Array("#!/bin/sh\nsed -i 's/2/30/' \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/ed", 0o700)
    let terminal = try PseudoTerminal.atPrompt(in: folder, ["EDITOR": folder.path + "/ed"])
    terminal.type("print 1 + 2" + Key.edit)
    try terminal.expectLastRows("cnp> print 1 + 30")
    terminal.type(Key.enter)
    try terminal.expectLastRows("31", "cnp>")
    terminal.enter(":edit 1")
    try terminal.expectLastRows("cnp> print 1 + 30")
    terminal.type(Key.controlC)
    try terminal.expect("^C")
    terminal.enter(":edit 7")
    try terminal.expect("error[no-input]")
  }

  @Test("What is handed to the user's editor is for nobody else to read")
  func externalIsPrivate() throws {
    try folder.write(Array("#!/bin/sh\nmode=$(stat -c %a \"$1\")\necho \"print $mode\" > \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/ed", 0o700)
    let terminal = try PseudoTerminal.atPrompt(in: folder, ["EDITOR": folder.path + "/ed"])
    terminal.type("x" + Key.edit)
    try terminal.expectLastRows("cnp> print 600")
  }

  @Test("A signal that was ignored at the start stays so in the user's editor; those the prompt catches do not")
  func externalSignals() throws {
    try folder.write(Array("#!/bin/sh\ntrap '' INT\nexec \(cnp)\n".utf8), to: "start")
    // The last digit stands for the signals 1 to 4: of SIGHUP, SIGINT and SIGQUIT, the second is ignored.
    let ignored = "$(sed -n 's/^SigIgn:.*\\(.\\)$/\\1/p' /proc/self/status)"
    try folder.write(Array("#!/bin/sh\necho \"print 0, \(ignored)\" > \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/start", 0o700)
    chmod(folder.path + "/ed", 0o700)
    let terminal = try PseudoTerminal.atPrompt(
      in: folder, ["EDITOR": folder.path + "/ed"], program: folder.path + "/start")
    terminal.type("x" + Key.edit)
    try terminal.expectLastRows("cnp> print 0, 2")
  }
}
