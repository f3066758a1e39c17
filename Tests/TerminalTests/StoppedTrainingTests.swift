import Terminal
import Testing

/// Trainings that Ctrl-C stops at a terminal, and what they go on to.
@Suite("Trainings that are stopped")
struct StoppedTrainingTests {
  let prompt: ScriptedSession

  init() throws { prompt = try ScriptedSession() }

  private func start() throws -> PseudoTerminal { try .atPrompt(in: prompt.folder, columns: 150, rows: 40) }

  /// Presses Ctrl-C in an epoch.
  private func stop(_ terminal: PseudoTerminal, in epoch: Int = 2) throws {
    try terminal.expect("epoch \(epoch)/")
    terminal.type(Key.controlC)
    try terminal.expect("to go on (↑ brings it):")
    try terminal.expect("cnp> ")
  }

  /// Presses Ctrl-C in the second epoch, then runs the line that goes on.
  private func stopAndGoOn(_ terminal: PseudoTerminal) throws {
    try stop(terminal)
    terminal.type(Key.up)
    try terminal.expect("resume: net")
    terminal.type("\r")
    try terminal.expect("going on ")
  }

  /// Saves the session, and expects of every cell that its replay gives what the session gave.
  private func expectSameReplay(_ terminal: PseudoTerminal) throws -> [ReplayedCell] {
    try terminal.expect("cnp> ")
    terminal.enter(":save same")
    try terminal.expect("replays them")
    let cells = try prompt.replay("same.cnpbook")
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
    return cells
  }

  @Test("A training that was stopped, looked at and gone on with is saved as the one training that it was")
  func resumed() throws {
    let terminal = try start()
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("net = train-net (augment eyes) width: 4 epochs: 60 rate: 1e-3")
    for epoch in [2, 9] {
      try stop(terminal, in: epoch)
      terminal.enter("print net.interrupted")
      try terminal.expect("\ntrue\n")
      terminal.enter("net = train-net (augment eyes) width: 4 epochs: 60 rate: 1e-3 resume: net")
      try terminal.expect("going on ")
    }
    try terminal.expect("trained 60 of 60 epochs")
    terminal.enter("print 'whole', net.epochs, sum (predict net eyes)[0].map")
    try terminal.expect("whole 60 ")
    terminal.enter(":save whole")
    try terminal.expect("replays them")
    let cells = try prompt.replay("whole.cnpbook")
    let trained = try #require(cells.first { $0.label == "in-2" })
    #expect(trained.found == trained.recorded && trained.found.hasPrefix("trained 60 of 60"))
    let last = try #require(cells.last)
    #expect(last.found == last.recorded && last.found.hasPrefix("whole 60 "))
    let text = try prompt.folder.read("whole.cnpbook")
    #expect(!text.contains("resume:"))
  }

  @Test("A comparison that was stopped goes on with what it has learnt, and is saved as the one that it was")
  func comparison() throws {
    let terminal = try start()
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("c = compare eyes systems: ['unet', 'dark-threshold'] folds: 2 width: 4 epochs: 300 rate: 1e-3")
    try terminal.expect("fold 2/2, epoch ")
    terminal.type(Key.controlC)
    // How many depends on how many are trained at a time.
    try terminal.expect("of 2 networks trained")
    try terminal.expect("to go on (↑ brings it):")
    try terminal.expect("cnp> ")
    terminal.enter("c.table")
    try terminal.expect("error[comparison-interrupted]")
    try terminal.expect("cnp> ")
    terminal.type(Key.up + Key.up)
    try terminal.expect("resume: c")
    terminal.type("\r")
    try terminal.expect("fold 2/2: going on ")
    try terminal.expect("cnp> ")
    terminal.enter("print 'end', c.table, sum c[0].predictions[0].map")
    try terminal.expect("end ")
    let cells = try expectSameReplay(terminal)
    #expect(cells.count == 3 && cells.last?.found.hasPrefix("end ") == true)
    #expect(try !prompt.folder.read("same.cnpbook").contains("resume:"))
  }

  @Test("One that draws its own images goes on to the same numbers, and what stood before it in its input stays")
  func ownImages() throws {
    let terminal = try start()
    try terminal.paste(
      "print 'begin', sum (phantom 1 size: 64)[0].image\n"
        + "net = train-net (augment (phantom 4 size: 64)) width: 4 epochs: 80 rate: 1e-3\nprint 'not yet'")
    terminal.type("\r")
    try stopAndGoOn(terminal)
    try terminal.expect("trained 80 of 80 epochs")
    terminal.enter("print 'end', sum (predict net (phantom 2 size: 64 seed: 3))[0].map")
    try terminal.expect("end ")
    let cells = try expectSameReplay(terminal)
    #expect(cells.map(\.label) == ["in-1", "in-3"])
    #expect(cells.first?.found.hasPrefix("begin ") == true)
    #expect(cells.first?.found.contains("trained 80 of 80") == true)
  }

  @Test("Of a training inside another, the outer one goes on; stopped in the inner one, none begins")
  func nested() throws {
    let terminal = try start()
    terminal.enter("eyes = phantom 4 size: 64")
    try terminal.expect("cnp> ")
    let training = "net = train-gan eyes width: 4 epochs: 90 generator: (train-net eyes width: 4 epochs: 70)"
    terminal.enter(training)
    try terminal.expect("epoch 2/70")
    terminal.type(Key.controlC)
    try terminal.expect("this training was stopped before it began")
    try terminal.expect("cnp> ")
    terminal.enter("print net")
    try terminal.expect("nothing is called `net`")
    try terminal.expect("cnp> ")
    terminal.enter(training)
    try terminal.expect("trained 70 of 70")
    try stopAndGoOn(terminal)
    try terminal.expect("trained 90 of 90")
    terminal.enter("print 'end', sum (predict net eyes)[0].map")
    try terminal.expect("end ")
    let cells = try expectSameReplay(terminal)
    #expect(cells.map(\.label) == ["in-1", "in-4", "in-6"])
  }

  @Test(
    "What cannot be told as one training is saved as it was, with a warning",
    arguments: [
      ["more = train-net eyes epochs: 900 resume: net"],
      ["for i in 1..1 { net = train-net eyes epochs: 900 resume: net }"],
      ["a = net", "net = train-net eyes epochs: 900 resume: a"],
      ["n = 900", "net = train-net eyes epochs: n resume: net"],
    ])
  func notFolded(inputs: [String]) throws {
    let terminal = try start()
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("net = train-net eyes width: 4 epochs: 900")
    try stop(terminal)
    for input in inputs { terminal.enter(input) }
    try terminal.expect("trained 900 of 900")
    terminal.enter(":save other")
    try terminal.expect("goes on with a training: where a replay has not stopped that, it will fail")
    let text = try prompt.folder.read("other.cnpbook")
    for input in inputs { #expect(text.contains(input)) }
  }

  @Test("What a person printed behind a training that goes on stays in its record")
  func printedBehind() throws {
    let terminal = try start()
    terminal.enter("net = train-net (phantom 4 size: 64) width: 4 epochs: 80  # slow")
    try stop(terminal)
    try terminal.paste(
      "net = train-net (phantom 4 size: 64) width: 4 epochs: 80 resume: net\nprint 'going on', 8\n[4]\n")
    terminal.type("\r")
    try terminal.expect("[4]\n")
    terminal.enter("| print")
    let cells = try expectSameReplay(terminal)
    #expect(cells.map(\.label) == ["in-1", "in-3"])
    #expect(cells.first?.found.hasSuffix("\ngoing on 8\n[4]") == true)
  }

  @Test("A job goes on from the value that stood last when it began, and nothing it reads is taken back")
  func job() throws {
    let terminal = try start()
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("eyes")
    try terminal.expect("64×64")
    terminal.enter("| train-net width: 4 epochs: 60 background: true")
    try terminal.expect("[1] runs")
    terminal.enter("y = 3")
    terminal.enter("[5]")
    try terminal.expect("\n[5]\n")
    terminal.enter(":undo")
    try terminal.expect("taken back: [5]")
    terminal.enter(":undo")
    try terminal.expect("taken back: y = 3")
    terminal.enter(":undo")
    try terminal.expect("job 1 reads its value of what would be taken back")
    try terminal.expect("[1] has ended")
    _ = try expectSameReplay(terminal)
  }
}
