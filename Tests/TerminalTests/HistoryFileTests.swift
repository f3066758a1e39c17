import Glibc
import Terminal
import Testing

@Suite("History file")
struct HistoryFileTests {
  let folder: TemporaryFolder
  let history: HistoryFile

  init() throws {
    folder = try TemporaryFolder()
    history = HistoryFile(path: folder.path + "/state/cnp/history")
  }

  @Test("A history that is not there yet is empty, and its folders are made")
  func fresh() throws {
    #expect(try history.load() == [])
    try history.append("print 1")
    #expect(try history.load() == ["print 1"])
    var status = stat()
    #expect(stat(history.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test(
    "Inputs come back as they were",
    arguments: [
      "print 1", "for w in [1, 2] {\n  print w\n}", #"load "d" case: '^(\d+)'"#, #"a\nb"#, #"\\"#, "\\\n\\", "ναι 🙂",
      "\ttab",
    ])
  func roundTrip(input: String) throws {
    try history.append("before")
    try history.append(input)
    try history.append("after")
    #expect(try history.load() == ["before", input, "after"])
  }

  @Test("Two sessions append to one history without mixing their lines")
  func twoSessions() throws {
    let (history, inputs) = (history, 200)
    let bell = try #require(Doorbell())
    let jobs = ["left", "right"].map { side in
      Job(bell: bell) { (0..<inputs).allSatisfy { (try? history.append("\(side) \($0)\nsecond line")) != nil } }
    }
    for job in jobs {
      while job.outcome == nil { _ = waitUntilReadable([bell.descriptor], seconds: 1) }
      #expect(job.outcome == true)
    }
    let loaded = try history.load()
    for side in ["left", "right"] {
      #expect(loaded.filter { $0.hasPrefix(side) } == (0..<inputs).map { "\(side) \($0)\nsecond line" })
    }
  }

  @Test("A line cut off by a full disk does not swallow the next input")
  func tornLine() throws {
    try history.append("first")
    try folder.write(Array("first\nsec".utf8), to: "state/cnp/history")
    try history.append("third")
    #expect(try history.load() == ["first", "sec", "third"])
  }

  @Test("Lines that are no text are left out")
  func invalidText() throws {
    try history.append("first")
    try folder.write([0x61, 0x0A, 0xFF, 0xFE, 0x0A, 0x62, 0x0A], to: "state/cnp/history")
    #expect(try history.load() == ["a", "b"])
  }

  @Test("Of a long history the end is read, in whole inputs")
  func longHistory() throws {
    try history.append("x")
    let lines = (0..<200_000).map { "input number \($0)" }
    try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "state/cnp/history")
    let loaded = try history.load()
    #expect(loaded.count > 10_000 && loaded.last == lines.last && lines.suffix(loaded.count).elementsEqual(loaded))
  }

  @Test("A history that cannot be opened is a trouble with its reason, not a crash")
  func unreadable() throws {
    folder.makeFolder("state")
    folder.makeFolder("state/cnp")
    folder.makeFolder("state/cnp/history")
    #expect(throws: HistoryFile.Trouble.self) { try history.load() }
    #expect(throws: HistoryFile.Trouble.self) { try history.append("x") }
  }
}
