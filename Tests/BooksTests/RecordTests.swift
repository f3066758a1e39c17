import Base
import Books
import Foundation
import Testing

/// What comes out is compared with what is on record.
struct RecordTests {
  private let bench = Workbench()

  private static let text = book(
    cell("#| label: numbers\nprint \"mean\", 12.5, \"of phantom-001\"") + cell("#| label: table\ntiny-table")
      + cell("#| label: picture\nshow ramp") + cell("#| label: measured\nscores") + cell("#| label: quiet\nx = 1"))

  private func check(_ text: String, given: [String] = []) throws -> BookRunner.RunOutcome {
    try bench.runner(text, given: given).run(.check)
  }

  private func recorded() throws -> String {
    #expect(try bench.runner(Self.text).run(.update).status == .success)
    return bench.text("book.cnpbook")
  }

  @Test func whatIsPutOnRecordIsTheSame() throws {
    let text = try recorded()
    #expect(text.contains("```out\nmean 12.5 of phantom-001\n```"))
    let outcome = try check(text)
    #expect(outcome.status == .success)
    #expect(outcome.comparison?.cells.map(\.verdict) == Array(repeating: .same, count: 5))
    #expect(outcome.comparison?.diff == "")
    #expect(!bench.names("").contains("book.cnpbook.corrected"))
    // And once more changes nothing.
    let lock = bench.text("book.lock")
    #expect(try bench.runner(text).run(.update).status == .success)
    #expect(bench.text("book.cnpbook") == text)
    #expect(lock.contains("\"cnpbook-lock\": 1"))
  }

  @Test func numbersAreComparedAsWritten() throws {
    let text = try recorded()
    #expect(try check(text.replacing("mean 12.5 of", with: "mean 12.50 of")).status == .success)
    #expect(
      try check(text.replacing("mean 12.5 of", with: "mean 13 of")).status == .success, "to the precision written")
    #expect(try check(text.replacing("mean 12.5 of", with: "mean 12.6 of")).status == .different)
    #expect(try check(text.replacing("mean 12.5 of", with: "Mean 12.5 of")).status == .different)
    #expect(try check(text.replacing("of phantom-001\n```", with: "of phantom-002\n```")).status == .different)
    let tolerant = text.replacing("#| label: numbers", with: "#| label: numbers\n#| verify: number rtol=0.01")
    #expect(try check(tolerant.replacing("mean 12.5 of", with: "mean 12.6 of")).status == .success)
    let exact = text.replacing("#| label: numbers", with: "#| label: numbers\n#| verify: text")
    #expect(try check(exact.replacing("mean 12.5 of", with: "mean 12.50 of")).status == .different)
    let none = text.replacing("#| label: numbers", with: "#| label: numbers\n#| verify: none")
    #expect(try check(none.replacing("mean 12.5 of", with: "nothing like it")).status == .success)
  }

  @Test(arguments: [
    ("1.5", "1.5e-9223372036854775808", false), ("1.5", "1e400", false), ("0.5", "0e400", false),
    ("9007199254740992", "9007199254740993", false), ("7", "007", true), ("1.50", "1.5", true), ("-1.2", "−1.2", true),
    ("a-1", "a1", false), ("3 of 4", "3  of   4", true),
  ])
  func oddNumbers(_ found: String, _ recorded: String, _ isSame: Bool) throws {
    let text = book(cell("print \"\(found)\"") + "```out\n\(recorded)\n```\n")
    #expect(try (check(text).status == .success) == isSame)
    let tolerant = text.replacing("print", with: "#| verify: number rtol=1e-3\nprint")
    if recorded.contains("e400") { #expect(try check(tolerant).status == .different) }
  }

  /// Tens of thousands of other lines are told at once.
  @Test func manyOtherLines() throws {
    let record = (0..<15_000).map { "\($0)" }.joined(separator: "\n")
    let text = book(cell("for i in 1..15000 { print i + 0.5 }") + "```out\n\(record)\n```\n")
    let outcome = try check(text)
    #expect(outcome.status == .different)
    #expect(outcome.comparison?.diff.split(separator: "\n").count { $0.hasPrefix("+") } ?? 0 > 15_000)
  }

  /// Where a link leads to is no block: it may stand between a cell and its record, and stays.
  @Test func whatStandsBetweenStays() throws {
    let text = book(cell("print 2") + "[paper]: https://doi.org/10.1/x\n\n```out\n1\n```\n\nSee [paper].\n")
    let outcome = try bench.runner(text).run(.update)
    let now = bench.text("book.cnpbook")
    #expect(outcome.status == .refused ? now == text : now.contains("[paper]: https://doi.org/10.1/x\n"))
  }

  @Test func aCellThatIsGoneIsMissed() throws {
    let text = try recorded()
    let shorter = text.replacing(cell("#| label: picture\nshow ramp"), with: "")
    #expect(shorter != text)
    let outcome = try check(shorter)
    #expect(outcome.status == .different)
    #expect(outcome.comparison?.missing == ["picture"])
  }

  @Test func dotsStandForAnyLines() throws {
    let text = book(cell("for i in 1..5 { print i }"))
    func status(_ record: String) throws -> Books.ExitStatus { try check(text + "```out\n\(record)\n```\n").status }
    #expect(try status("1\n2\n3\n4\n5") == .success)
    #expect(try status("1\n...\n5") == .success)
    #expect(try status("...\n3\n...") == .success)
    #expect(try status("...") == .success)
    #expect(try status("1\n...\n4") == .different)
    #expect(try status("...\n6\n...") == .different)
    #expect(try status("1\n2\n...\n3\n4\n5") == .success, "no line at all, too")
  }

  @Test func theCorrectedBookAndItsDifference() throws {
    let text = try recorded()
    let outcome = try check(text.replacing("12.5, \"of", with: "99, \"of"))
    #expect(outcome.status == .different)
    #expect(outcome.comparison?.cells.first?.reasons.contains("its text differs") == true)
    #expect(outcome.comparison?.diff.contains("-mean 12.5 of phantom-001\n+mean 99 of phantom-001\n") == true)
    let corrected = bench.text("book.cnpbook.corrected")
    #expect(corrected == bench.text("book.cnpbook").replacing("mean 12.5 of", with: "mean 99 of"))
    #expect(try check(text).status == .success)
    #expect(!bench.names("").contains("book.cnpbook.corrected"), "a book that is right needs none")
  }

  @Test func figuresAndMetricsAreCompared() throws {
    let text = try recorded()
    let brighter = try check(text.replacing("show ramp", with: "show (ramp * 0.5)"))
    #expect(brighter.status == .different)
    let reasons = brighter.comparison?.cells[2].reasons.joined() ?? ""
    #expect(reasons.contains("figure picture-1: its pixels differ"))
    #expect(reasons.contains("its code is not that of the record"))
    #expect(try check(text.replacing("show ramp", with: "show ramp, ramp")).status == .different)
    #expect(
      try check(text.replacing("show ramp", with: "y = 2")).comparison?.cells[2].reasons.contains(
        "figure picture-1 is missing") == true)
    var lock = bench.text("book.lock")
    let mean = try #require(lock.firstMatch(of: #/"mean": (0\.[0-9]+)/#)?.1)
    lock = lock.replacing("\"mean\": \(mean)", with: "\"mean\": \(mean)1")
    try bench.put("book.lock", lock)
    #expect(try check(text).comparison?.cells[3].reasons == ["its metrics differ"])
  }

  /// Of drawings that take turns each is on record.
  @Test(arguments: ["", "#| verify: maxdiff<=2\n"]) func drawingsByTurns(_ option: String) throws {
    let text = book(cell("#| label: picture\n\(option)show blink"))
    #expect(try bench.runner(text).run(.update).status == .success)
    #expect(try check(text).status == .success)
    func reasons(_ program: String) throws -> String {
      try check(text.replacing("show blink", with: program)).comparison?.cells[0].reasons.joined(separator: "; ") ?? ""
    }
    #expect(try reasons("show blink # again").isEmpty)
    let other = try reasons("show (blink grey: 0.8)")
    #expect(other.contains("of its drawing 2 by turns: ") && other.contains("differ") && !other.contains("1 by turns"))
    #expect(try reasons("show (blink grey: 0.501)").contains("by turns") == option.isEmpty)
    #expect(try reasons("show ramp").contains("it has one drawing, not 2 drawings by turns"))
  }

  @Test func picturesToATolerance() throws {
    let tolerant = Self.text.replacing("#| label: picture", with: "#| label: picture\n#| verify: maxdiff<=2")
    #expect(try bench.runner(tolerant).run(.update).status == .success)
    #expect(bench.names("book.ref") == ["picture-1.scene"])
    let text = bench.text("book.cnpbook")
    func reasons(_ program: String) throws -> [String] {
      try check(text.replacing("show ramp", with: program)).comparison?.cells[2].reasons ?? []
    }
    #expect(try reasons("show (ramp + 0.005)") == ["its code is not that of the record"])
    #expect(try reasons("show (ramp + 0.05)").contains { $0.contains("of 255") })
    // Without a tolerance no scene is kept.
    #expect(try bench.runner(Self.text).run(.update).status == .success)
    #expect(bench.names("book.ref") == [])
  }

  @Test func withoutALock() throws {
    let text = try recorded()
    try FileManager.default.removeItem(atPath: bench.path("book.lock"))
    var warned: [String] = []
    let outcome = try bench.runner(text).run(.check, warn: { warned += $0.map(\.code) })
    #expect(outcome.status == .success)
    #expect(warned == ["no-lock"])
    #expect(try check(Self.text).mistakes.map(\.code) == ["nothing-recorded"])
    #expect(try check(text.replacing("#| label: quiet\nx = 1", with: "#| label: quiet\nprint 1")).status == .different)
  }

  @Test func aRecordBelongsToItsParams() throws {
    let text = book(cell("print n"), frontMatter: "params:\n  n: {type: int, default: 1}\n")
    #expect(try bench.runner(text, given: ["n=2"]).run(.update).status == .success)
    let refused = try check(bench.text("book.cnpbook"))
    #expect(refused.mistakes.map(\.code) == ["record-params"])
    #expect(refused.mistakes.first?.hint == "give those: -P n=2")
    #expect(try check(bench.text("book.cnpbook"), given: ["n=2"]).status == .success)
  }

  @Test func filesAreThoseOfTheRecord() throws {
    try bench.put("a.txt", "one")
    #expect(try bench.runner(book(cell("x = recall \"a.txt\""))).run(.update).status == .success)
    let text = bench.text("book.cnpbook")
    #expect(try check(text).status == .success)
    try bench.put("a.txt", "two")
    let outcome = try check(text)
    #expect(outcome.status == .different)
    #expect(outcome.comparison?.files == ["a.txt is not the file of the record"])
  }

  @Test func skippedFailedAndExpected() throws {
    let text = book(
      cell("#| label: later\n#| skip: takes an hour\nprint 1")
        + cell("#| label: wrong\n#| error: unknown-name\nprint z") + cell("#| label: bad\nrefuse \"odd\"")
        + cell("#| label: after\nprint 2"))
    #expect(try bench.runner(text).run(.update).status == .failed)
    #expect(bench.text("book.cnpbook") == text, "of a run that failed nothing is put on record")
    #expect(!bench.names("").contains("book.lock"))
    let outcome = try check(text.replacing("```cnp\n#| label: bad", with: "```out\nx\n```\n\n```cnp\n#| label: bad"))
    #expect(outcome.status == .failed)
    #expect(outcome.comparison?.cells.map(\.verdict) == [.skipped, .differs, .notRun, .notRun])
    #expect(outcome.comparison?.cells[0].sentence == "later: skipped: takes an hour")
  }

  @Test func lineEndsAndMarksStay() throws {
    let text = "\u{FEFF}" + book(cell("print 1")).replacing("\n", with: "\r\n")
    let path = try bench.put("w.cnpbook", text)
    #expect(BookRunner(path: path, registry: fakeRegistry).run(.update).status == .success)
    let bytes = try readFile(path)
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(bytes.count { $0 == UInt8(ascii: "\n") } == bytes.count { $0 == UInt8(ascii: "\r") })
    #expect(BookRunner(path: path, registry: fakeRegistry).run(.check).status == .success)
  }

  @Test func scriptsHaveARecordToo() throws {
    let path = try bench.put("s.cnp", "print 1.25\n")
    #expect(BookRunner(path: path, registry: fakeRegistry).run(.update).status == .success)
    #expect(bench.text("s.cnp") == "print 1.25\n")
    #expect(BookRunner(path: path, registry: fakeRegistry).run(.check).status == .success)
    try bench.put("s.cnp", "print 1.26\n")
    #expect(BookRunner(path: path, registry: fakeRegistry).run(.check).status == .different)
  }

  @Test func damagedLocksAreRefused() throws {
    let text = try recorded()
    let lock = bench.text("book.lock")
    for damage in [
      "", "{", "[]", "{\"cnpbook-lock\": 2}", String(lock.dropLast(20)), lock.replacing("\"cells\"", with: "\"sells\""),
    ] {
      try bench.put("book.lock", damage)
      #expect(try check(text).mistakes.map(\.code) == ["lock-unreadable"])
    }
    #expect(try bench.runner(text).run(.update).status == .success)
    #expect(try check(text).status == .success)
  }

  @Test func storedResultsNeedNoRun() throws {
    #expect(throws: RefusedBook.self) { try bench.runner(Self.text).stored() }
    _ = try bench.run(Self.text, cacheLimit: 1 << 30)
    let stored = try bench.runner(Self.text).stored()
    let fresh = try #require(try bench.run(Self.text).replay)
    #expect(stored.replay.records.map(\.textOnRecord) == fresh.records.map(\.textOnRecord))
    let changed = try bench.runner(Self.text.replacing("x = 1", with: "x = 2"))
    do throws(RefusedBook) {
      _ = try changed.stored()
      Issue.record("a cell would have to run")
    } catch {
      #expect(error.mistakes.map(\.code) == ["not-stored"])
      #expect(error.mistakes.first?.message.contains("`quiet`") == true)
    }
  }
}
