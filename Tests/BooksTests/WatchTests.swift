import Books
import Foundation
import Language
import Synchronization
import Testing

/// A watched book runs again when it, or what it has read, is another.
struct WatchTests {
  private let bench = Workbench()

  /// What the watch has said, in order.
  private final class Log: ReplayObserver {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    func all() -> [String] { lines.withLock { $0 } }

    /// Waits until something has been said so often; a minute is enough for anything here.
    func wait(for line: String, times: Int = 1) -> Bool {
      for _ in 0..<6000 {
        if all().count(where: { $0 == line }) >= times { return true }
        usleep(10_000)
      }
      return false
    }

    func started(_ cell: Cell, number: Int, of count: Int) { add("start \(cell.label)") }
    func progressed(_ progress: Language.Progress, in cell: Cell) {}
    func remarked(_ text: String, in cell: Cell) {}
    func put(out output: CellOutput, by cell: Cell) {}
    func ended(_ record: CellRecord) { if record.isCached { add("cached \(record.cell.label)") } }
  }

  private static let text = book(
    cell("#| label: slow\nx = 6") + cell("#| label: reads\nprint (recall \"a.txt\")") + cell("#| label: last\nprint x"))

  private func watch(_ log: Log, until ended: Cancellation) -> Thread {
    let path = bench.path("book.cnpbook")
    let thread = Thread {
      BookWatcher([path], until: ended) { cancellation in
        BookRunner(
          path: path, registry: fakeRegistry, cancellation: cancellation, cacheLimit: 1 << 30, isWatched: true)
      }.watch(
        observer: log, warn: { _ in }, tell: { log.add("ended \($0.status)") }, announce: { log.add("again: \($0)") })
      log.add("over")
    }
    thread.stackSize = 64 << 20
    thread.start()
    return thread
  }

  @Test func itRunsAgainWhenSomethingChanges() throws {
    try bench.put("a.txt", "one")
    try bench.put("book.cnpbook", Self.text)
    let (log, ended) = (Log(), Cancellation())
    let thread = watch(log, until: ended)
    defer { ended.request() }
    try #require(log.wait(for: "ended success"))
    #expect(bench.text("book.out/watch.html").contains("watch.js?"))
    #expect(!bench.text("book.out/report.html").contains("watch.js"))
    let stamp = bench.text("book.out/watch.js")
    try bench.put("book.cnpbook", Self.text.replacing("print x", with: "print x + 1"))
    try #require(log.wait(for: "ended success", times: 2))
    #expect(log.all().contains("again: saved") && log.all().contains("cached slow"))
    #expect(bench.text("book.out/report.md").contains("\n7\n"))
    #expect(bench.text("book.out/watch.js") != stamp)
    try bench.put("a.txt", "two, and longer")
    try #require(log.wait(for: "ended success", times: 3))
    #expect(log.all().contains("again: a.txt has changed"))
    #expect(bench.text("book.out/report.md").contains("two, and longer"))
    // Mistakes are said, and mended.
    try bench.put("book.cnpbook", Self.text.replacing("print x", with: "print y"))
    try #require(log.wait(for: "ended refused"))
    try bench.put("book.cnpbook", Self.text)
    try #require(log.wait(for: "ended success", times: 4))
    ended.request()
    #expect(log.wait(for: "over"))
    _ = thread
  }

  @Test func whatTheRunItselfWritesIsNoChange() throws {
    try bench.put(
      "book.cnpbook",
      book(
        cell("#| label: a\nkeep \"f\" \"one\"") + cell("print (recall \"f\")") + cell("#| label: c\nkeep \"f\" \"two\"")
      ))
    let (log, ended) = (Log(), Cancellation())
    let thread = watch(log, until: ended)
    defer { ended.request() }
    try #require(log.wait(for: "ended success"))
    usleep(1_500_000)
    #expect(log.all().count { $0.hasPrefix("ended") } == 1)
    _ = thread
  }

  @Test func savingStopsARunThatIsUnderWay() throws {
    try bench.put("book.cnpbook", book(cell("#| label: long\nlinger")))
    let (log, ended) = (Log(), Cancellation())
    let thread = watch(log, until: ended)
    defer { ended.request() }
    try #require(log.wait(for: "start long"))
    try bench.put("book.cnpbook", book(cell("#| label: short\nprint 1")))
    try #require(log.wait(for: "ended success"))
    #expect(!log.all().contains("ended stopped"), "the next run follows at once")
    #expect(!bench.text("book.out/run.json").contains("stopped"))
    ended.request()
    #expect(log.wait(for: "over"))
    _ = thread
  }

  @Test(.enabled(if: Browser.isHere, "\(Browser.wanted)")) func theOpenReportFollows() throws {
    try bench.put("book.cnpbook", book(cell("print 6")))
    let (log, ended) = (Log(), Cancellation())
    let thread = watch(log, until: ended)
    defer { ended.request() }
    try #require(log.wait(for: "ended success"))
    let browser = try Browser()
    try browser.open(bench.path("book.out/watch.html"))
    func shown() throws -> String { try browser.text("document.querySelector('pre.out')?.textContent ?? ''") }
    #expect(try shown() == "6")
    try bench.put("book.cnpbook", book(cell("print 7")))
    try #require(log.wait(for: "ended success", times: 2))
    var last = ""
    for _ in 0..<600 where last != "7" {
      usleep(100_000)
      last = (try? shown()) ?? ""
    }
    #expect(last == "7")
    // A file of the folder may be gone for a moment; nothing else is complained of.
    #expect(browser.complaints.filter { !$0.contains("watch.js") } == [])
    ended.request()
    #expect(log.wait(for: "over"))
    _ = thread
  }
}
