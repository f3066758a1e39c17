import Base
import Books
import Foundation
import Language
import Synchronization
import Testing
import Vocabulary

/// A run that is stopped has lost nothing: the next one goes on from there, to the same bits, and nothing is left then.
@Suite struct RunStatesTests {
  /// Asks the run to stop after so many reports, and keeps what was said.
  private final class Watcher: ReplayObserver {
    private let reportsLeft: Atomic<Int>
    private let cancellation: Cancellation
    private let said = Mutex<[String]>([])

    init(stoppingAfter reports: Int, _ cancellation: Cancellation) {
      reportsLeft = Atomic(reports)
      self.cancellation = cancellation
    }

    var remarks: [String] { said.withLock { $0 } }
    func started(_ cell: Cell, number: Int, of count: Int) {}
    func progressed(_ progress: Language.Progress, in cell: Cell) {
      if reportsLeft.subtract(1, ordering: .relaxed).newValue == 0 { cancellation.request() }
    }
    func remarked(_ text: String, in cell: Cell) { said.withLock { $0.append(text) } }
    func put(out output: CellOutput, by cell: Cell) {}
    func ended(_ record: CellRecord) {}
  }

  private static let text = book(
    cell("#| label: data\neyes = phantom 4 size: 64")
      + cell("#| label: train\nfor i in 1..2 { net = train-net (augment eyes) width: width epochs: 3 rate: 1e-3 }")
      + cell("#| label: after\nprint sum (predict net eyes)[0].map, net.epochs\nif fails { print net.history[9] }"),
    frontMatter: "params:\n  fails: {type: bool, default: false}\n  width: {type: int, default: 4}\n")

  private func run(
    _ bench: Workbench, stoppingAfter reports: Int = -1, given: [String] = [], cacheLimit: Int? = nil
  ) throws -> (status: Books.ExitStatus, output: [String], remarks: [String]) {
    let cancellation = Cancellation()
    let watcher = Watcher(stoppingAfter: reports, cancellation)
    let outcome = BookRunner(
      path: try bench.put("b.cnpbook", Self.text),
      parameters: try given.map { try ParameterValues.Given(argument: $0) }, registry: standardRegistry(),
      cancellation: cancellation, cacheLimit: cacheLimit
    ).run(observer: watcher)
    return (outcome.status, outcome.replay?.records.map(\.textOnRecord) ?? [], watcher.remarks)
  }

  /// After four phantoms: in the first training, in its statistics at the end, in the second one.
  @Test(arguments: [7, 10, 15, 21])
  func aStoppedRunGoesOn(reports: Int) throws {
    let whole = try run(Workbench())
    #expect(whole.status == .success && whole.remarks.allSatisfy { $0.hasPrefix("about ") }, "\(whole.remarks)")
    let bench = Workbench()
    let stopped = try run(bench, stoppingAfter: reports)
    #expect(stopped.status == .stopped)
    #expect(
      bench.names(".cnp/checkpoints/b.cnpbook").contains { $0.hasPrefix("train-") && $0.hasSuffix(".checkpoint") })
    let resumed = try run(bench)
    #expect(resumed.status == .success && resumed.output == whole.output)
    #expect(resumed.remarks.contains { $0.hasPrefix("going on ") })
    #expect(bench.names("") == ["b.cnpbook", "b.out"], "nothing is left when a run has come to its end")
  }

  /// A run of other params takes nothing away from the one that was stopped.
  @Test func eachTrainingHasAStateOfItsOwn() throws {
    let bench = Workbench()
    #expect(try run(bench, stoppingAfter: 9).status == .stopped)
    let kept = bench.names(".cnp/checkpoints/b.cnpbook")
    #expect(try run(bench, given: ["width=5"]).status == .success)
    #expect(bench.names(".cnp/checkpoints/b.cnpbook") == kept)
    let resumed = try run(bench)
    #expect(resumed.status == .success && resumed.remarks.contains { $0.hasPrefix("going on ") })
    #expect(bench.names("") == ["b.cnpbook", "b.out"])
  }

  /// The program's own files are nobody's to take away, whatever they are called.
  @Test func whatWasAskedForStays() throws {
    let bench = Workbench()
    let text = book(
      cell("net = train-net (phantom 2 size: 64) width: 4 epochs: 1 checkpoint: \"b.cnpbook/mine.checkpoint\""))
    #expect(BookRunner(path: try bench.put("b.cnpbook", text)).run().status == .success)
    #expect(bench.names(".cnp/checkpoints/b.cnpbook") == ["mine.checkpoint"])
  }

  @Test func whatDoesNotFitIsLeftOut() throws {
    let bench = Workbench()
    _ = try run(bench, stoppingAfter: 9)
    let name = try #require(bench.names(".cnp/checkpoints/b.cnpbook").first)
    let path = bench.path(".cnp/checkpoints/b.cnpbook/\(name)")
    var bytes = try fileBytes(path, limit: 1 << 24)
    bytes[bytes.count / 2] ^= 8
    try putFile(bytes, at: path)
    let again = try run(bench)
    let whole = try run(Workbench())
    #expect(again.status == .success && again.output == whole.output)
    #expect(again.remarks.contains { $0.contains("begins anew") && $0.contains("the file is damaged") })
  }

  @Test func aRunThatFailedKeepsWhatItHasLearnt() throws {
    let bench = Workbench()
    let failed = try run(bench, given: ["fails=true"])
    #expect(failed.status == .failed)
    // Trainings of a few milliseconds are not worth a file; stopped ones are.
    #expect(bench.names("").allSatisfy { [".cnp", "b.cnpbook", "b.out"].contains($0) })
    #expect(try run(bench).status == .success)
    #expect(bench.names("") == ["b.cnpbook", "b.out"])
  }

  /// A training whose result is in the cache does not run again: its state goes all the same, and what a killed program
  /// was writing beside it.
  @Test func aCachedTrainingLeavesNoState() throws {
    let bench = Workbench()
    #expect(try run(bench, stoppingAfter: 9, cacheLimit: 1 << 30).status == .stopped)
    let failed = try run(bench, given: ["fails=true"], cacheLimit: 1 << 30)
    #expect(failed.status == .failed && failed.remarks.contains { $0.hasPrefix("going on ") })
    // On a busy machine other trainings take long enough for a file too.
    #expect(!bench.names(".cnp/checkpoints/b.cnpbook").isEmpty, "a failed run keeps what it has")
    try bench.put(".cnp/checkpoints/b.cnpbook/.train-0.checkpoint.0123456789abc.part", "half")
    #expect(try run(bench, cacheLimit: 1 << 30).status == .success)
    #expect(bench.names(".cnp") == ["cache"])
  }

  /// Nobody asked for the states: a folder where none can be kept is no mistake, and a link leads nowhere.
  @Test func whereNothingCanBeKept() throws {
    let elsewhere = Workbench()
    try makeFolder(elsewhere.path("b.cnpbook"))
    try elsewhere.put("b.cnpbook/precious.checkpoint", "precious")
    for target in [elsewhere.folder, "/dev/null", "/nowhere"] {
      let bench = Workbench()
      try FileManager.default.createDirectory(atPath: bench.path(".cnp"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: bench.path(".cnp/checkpoints"), withDestinationPath: target)
      #expect(try run(bench, stoppingAfter: 9).status == .stopped)
      #expect(try run(bench).status == .success)
    }
    #expect(elsewhere.names("b.cnpbook").contains("precious.checkpoint"))
    #expect(elsewhere.text("b.cnpbook/precious.checkpoint") == "precious")
  }
}
