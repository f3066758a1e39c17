import Base
import Books
import Foundation
import Language
import Synchronization
import Testing
import ThreadRanks
import Vocabulary

/// A book that several ranks run together, here as threads: the files are those of a run of one, to the byte.
@Suite struct RankedRunTests {
  private static let text = book(
    cell("#| label: data\neyes = phantom 6 size: 64\ntrain, test = split eyes test: 2")
      + cell(
        """
        #| label: net
        net = train-net train epochs: 2 width: 4 checkpoint: "n"
        file = save net "n.safetensors"
        show (metrics (predict (open file) test))
        """)
      + cell(
        "#| label: compare\nshow (compare eyes systems: [\"unet\", \"cgan\", \"dark-threshold\"] folds: 2 ensemble: 2 epochs: 1 width: 4)"
      )
      + cell("#| label: tune\nt = tune train method: valleys tries: 5\nprint t.table")
      + cell("#| label: segment\nshow (metrics (segment eyes method: valleys))\nshow (panel eyes)")
      + cell("#| label: fails\n#| error: index-out-of-range\nprint eyes[9]"))

  private struct Ended: Sendable {
    let status: Books.ExitStatus
    let codes: [String]
    let texts: [String]
    let ran: [Bool]
  }

  private func run(
    _ count: Int, _ path: String, registry: Registry = standardRegistry(), cacheLimit: Int? = nil,
    stopping: @escaping @Sendable (Int, Cancellation) -> (any ReplayObserver)? = { _, _ in nil }
  ) throws -> [Ended] {
    try onRanks(count) { ranks in
      let cancellation = Cancellation()
      let outcome = BookRunner(
        path: path, registry: registry, cancellation: cancellation, cacheLimit: cacheLimit
      ).run(observer: stopping(ranks.rank, cancellation))
      return Ended(
        status: outcome.status, codes: outcome.mistakes.map(\.code),
        texts: outcome.replay?.records.map { $0.textOnRecord } ?? [],
        ran: outcome.replay?.records.map { !$0.isCached } ?? [])
    }.map { try $0.get() }
  }

  /// The files of a run, but for what tells times.
  private func files(_ bench: Workbench) -> [String: Data] {
    var files: [String: Data] = [:]
    for name in bench.names("b.out") where !["run.json", "report.md", "report.html"].contains(name) {
      files[name] = FileManager.default.contents(atPath: bench.path("b.out/" + name))
    }
    return files
  }

  @Test func anyNumberOfRanksGivesTheSameFiles() throws {
    let alone = Workbench()
    let expected = try run(1, try alone.put("b.cnpbook", Self.text))[0]
    #expect(expected.status == .success, "\(expected.codes)")
    #expect(files(alone).keys.contains("n.safetensors") && files(alone).keys.contains("segment-1.png"))
    for count in [2, 3] {
      let bench = Workbench()
      let path = try bench.put("b.cnpbook", Self.text)
      for ended in try run(count, path) {
        #expect(ended.status == .success, "\(ended.codes)")
        #expect(ended.texts.map(withoutSeconds) == expected.texts.map(withoutSeconds))
      }
      #expect(files(bench) == files(alone))
      #expect(bench.names("") == alone.names(""))
    }
  }

  /// Times of trainings are no part of what is the same.
  private func withoutSeconds(_ text: String) -> String {
    text.replacing(#/ +\d+ *$/#.anchorsMatchLineEndings(), with: "")
  }

  @Test func theCacheServesAnyNumberOfRanks() throws {
    let bench = Workbench()
    let text = book(
      cell("#| label: a\neyes = phantom 4 size: 64\nnet = train-net eyes epochs: 1 width: 4")
        + cell("#| label: b\nprint sum (predict net eyes)[0].map") + cell("#| label: c\nprint 1"))
    let path = try bench.put("b.cnpbook", text)
    #expect(try run(2, path, cacheLimit: 1 << 30)[0].ran == [true, true, true])
    let first = try run(1, path, cacheLimit: 1 << 30)[0]
    #expect(first.ran == [false, false, false])
    try bench.put("b.cnpbook", text.replacingOccurrences(of: "print sum", with: "print 1 + sum"))
    let again = try run(3, path, cacheLimit: 1 << 30)
    #expect(again.map(\.status) == [.success, .success, .success])
    #expect(again[0].ran == [false, true, false])
    #expect(again[0].texts[1] == again[2].texts[1] && again[0].texts[1] != first.texts[1])
  }

  /// The standard commands, with some of which only one rank can do.
  private static let registry: Registry = {
    let standard = standardRegistry()
    let lame = Command("lame", "fail on one rank", [.argument("rank", .integer(.atLeast(0)), "which")]) {
      arguments, _ in
      if Ranks.current.rank == arguments.integer("rank") { throw Failure("lame", "this one can't", hint: "help it") }
      return .none
    }
    return Registry(commands: Array(standard.commands.values) + [lame], types: Array(standard.types.values))
  }()

  @Test(arguments: [0, 1, 2])
  func aMistakeOfOneRankStopsAllAlike(rank: Int) throws {
    let bench = Workbench()
    let path = try bench.put(
      "b.cnpbook",
      book(
        cell("#| label: a\neyes = phantom 4 size: 64")
          + cell("#| label: b\nlame \(rank)\nprint tune eyes method: valleys tries: 3\nsave \"x\" \"x.txt\"")
          + cell("#| label: c\nprint 2")))
    for ended in try run(3, path, registry: Self.registry) {
      #expect(ended.status == .failed)
      #expect(ended.codes.isEmpty || ended.codes == ["lame"])
    }
    #expect(bench.text("b.out/report.md").contains("this one can't"))
    #expect(bench.text("b.out/report.md").contains("help it"))
  }

  @Test func whatTheFirstCannotWriteStopsAll() throws {
    let bench = Workbench()
    let path = try bench.put("b.cnpbook", book(cell("save \"x\" \"../x.txt\"") + cell("print 2")))
    let ended = try run(2, path)
    #expect(ended.map(\.status) == [.failed, .failed])
    #expect(ended[0].codes == ["path-outside-output"])
  }

  /// Asks one rank to stop after so many reports.
  private final class Stopper: ReplayObserver {
    private let reportsLeft: Atomic<Int>
    private let cancellation: Cancellation

    init(after reports: Int, _ cancellation: Cancellation) {
      reportsLeft = Atomic(reports)
      self.cancellation = cancellation
    }

    func started(_ cell: Cell, number: Int, of count: Int) {}
    func progressed(_ progress: Language.Progress, in cell: Cell) {
      if reportsLeft.subtract(1, ordering: .relaxed).newValue == 0 { cancellation.request() }
    }
    func remarked(_ text: String, in cell: Cell) {}
    func put(out output: CellOutput, by cell: Cell) {}
    func ended(_ record: CellRecord) {}
  }

  @Test(arguments: [
    "(predict (train-net eyes epochs: 6 width: 4) eyes)",
    "metrics (compare eyes systems: [\"unet\", \"cgan\"] folds: 2 epochs: 6 width: 4).predictions[\"U-Net\"]",
  ])
  func aStopIsOfAllAndTheRunGoesOnWithOtherRanks(command: String) throws {
    let text = book(cell("#| label: a\neyes = phantom 4 size: 64\nx = \(command)") + cell("#| label: b\nprint x"))
    let whole = Workbench()
    let expected = try run(1, try whole.put("b.cnpbook", text))[0]
    let bench = Workbench()
    let path = try bench.put("b.cnpbook", text)
    for ended in try run(2, path, stopping: { rank, cancellation in rank == 0 ? Stopper(after: 5, cancellation) : nil })
    {
      #expect(ended.status == .stopped)
    }
    #expect(!bench.names(".cnp/checkpoints/b.cnpbook").isEmpty)
    let resumed = try run(3, path)
    #expect(resumed.map(\.status) == [.success, .success, .success])
    #expect(resumed[0].texts.map(withoutSeconds).last == expected.texts.map(withoutSeconds).last)
    #expect(bench.names("") == ["b.cnpbook", "b.out"])
  }

  @Test func ranksThatReadOtherTextsDoNotRun() throws {
    let bench = Workbench()
    let paths = try ["a.cnp", "b.cnp"].map { try bench.put($0, "print \"\($0)\"") }
    let folder = bench.path("x.out")
    let ended = try onRanks(2) { ranks in
      let outcome = BookRunner(path: paths[ranks.rank], outputFolder: folder).run()
      return outcome.mistakes.map(\.code)
    }.map { try $0.get() }
    #expect(ended == [["ranks-differ"], ["ranks-differ"]])
  }

  @Test func ranksThatReadOtherDataAreRefused() throws {
    let bench = Workbench()
    let paths = try ["one", "two"].enumerated().map { seed, folder in
      try bench.folder(folder)
      let maker = try bench.put(
        "\(folder)/make.cnp", "save (phantom 1 size: 64 seed: \(seed + 1))[0].image \"eye.png\"")
      #expect(BookRunner(path: maker).run().status == .success)
      return try bench.put("\(folder)/b.cnp", "eye = open \"make.out/eye.png\"\nprint eye")
    }
    let folder = bench.path("x.out")
    let ended = try onRanks(2) { ranks in
      let outcome = BookRunner(path: paths[ranks.rank], outputFolder: folder).run()
      return (outcome.status, outcome.mistakes.map { "\($0.code): \($0.message)" })
    }.map { try $0.get() }
    #expect(ended.allSatisfy { $0.0 == .failed })
    #expect(ended[0].1 == ["ranks-differ: rank 1 has read another 'make.out/eye.png' than rank 0"])
  }
}
