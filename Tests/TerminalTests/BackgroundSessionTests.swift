import Testing

/// Trainings that leave the prompt free.
@Suite("Background jobs at a terminal")
struct BackgroundSessionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A training in the background leaves the prompt free, and binds its name when it ends")
  func background() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 110, rows: 40)
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("net = train-net eyes width: 4 epochs: 1000000 background: true")
    try terminal.expect("[1] runs in the background; net will be bound when it ends")
    try terminal.expect("cnp> ")
    terminal.enter("print 6 * 7, eyes.count")
    try terminal.expect("\n42 4\n")
    terminal.enter("print net")
    try terminal.expect("job 1 in the background will bind it")
    terminal.enter("jobs")
    try terminal.expect("background: true\n")
    try terminal.expect("cnp> ")
    terminal.enter(":watch")
    try terminal.expect("epoch ")
    terminal.type(Key.controlC)
    try terminal.expect("[1] goes on\n")
    try terminal.expect("cnp> ")
    terminal.type(Key.controlD)
    try terminal.expect("a job still runs in the background")
    try terminal.expect("cnp> ")
    terminal.type("print 1 + ")
    terminal.type(Key.home)
    try terminal.expectScreen("the draft") { $0.lines.last == "cnp> print 1 +" && $0.cursor.column == 5 }
    terminal.type(Key.controlC)
    try terminal.expect("^C\n")
    try terminal.expect("cnp> ")
    terminal.enter(":names")
    try terminal.expect("net   being computed by job 1")
    terminal.enter(":stop")
    try terminal.expect("[1] has ended")
    try terminal.expect("to go on (↑ brings it):")
    try terminal.expect("cnp> ")
    terminal.enter("print net.interrupted")
    try terminal.expect("\ntrue\n")
  }

  @Test("What ends in the background is said above what is being typed, which stays")
  func news() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 110, rows: 40)
    terminal.enter("net = train-net (phantom 4 size: 64) width: 4 epochs: 40 background: true")
    terminal.type("print 8 * 8" + Key.left + Key.left + Key.left + Key.left)
    try terminal.expectScreen("the news and the draft") { screen in
      screen.text.contains("[1] has ended") && screen.lines.last == "cnp> print 8 * 8"
    }
    terminal.type("0" + Key.enter)
    try terminal.expect("\n640\n")
    terminal.enter("print net.epochs")
    try terminal.expect("\n40\n")
  }
}
