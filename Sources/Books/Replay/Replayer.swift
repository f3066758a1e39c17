import Base
import Language

/// Runs the cells of a book in order, to the end or to the first that fails; those whose results the cache still has do not run
/// again.
struct Replayer {
  let registry: Registry
  let host: ReplayHost
  let cancellation: Cancellation
  let paths: BookPaths
  let folders: RunFolders
  let observer: (any ReplayObserver)?
  /// `nil` lets every cell run.
  var cache: CellCache?
  /// Whether no cell may run: those of which the cache has nothing are not reached.
  private let isRecalling: Bool
  private let digests: FileDigests
  private let cells: [Cell]
  private let ranks = Ranks.current
  private var session: Session

  init(
    _ book: Book, registry: Registry, values: [(name: String, value: Value)], host: ReplayHost,
    cancellation: Cancellation, paths: BookPaths, folders: RunFolders, digests: FileDigests, cache: CellCache?,
    isRecalling: Bool = false, observer: (any ReplayObserver)?
  ) {
    self.isRecalling = isRecalling
    self.registry = registry
    self.host = host
    self.cancellation = cancellation
    self.paths = paths
    self.folders = folders
    self.observer = observer
    self.cache = cache
    self.digests = digests
    cells = book.cells
    session = Session(registry: registry, seed: book.frontMatter.seed)
    for (name, value) in values {
      session.bind(name, to: value)
      self.cache?.bind(name, to: value)
    }
  }

  /// Replays a book into its record.
  ///
  /// - Throws: `CellCache.Damage` where the cache has lost what it promised; replayed anew, the cell that has left it runs.
  mutating func run(into replay: inout Replay) throws(CellCache.Damage) {
    let clock = ContinuousClock()
    let start = clock.now
    for (index, cell) in cells.enumerated() {
      if replay.isStopped || cancellation.isAgreed(by: ranks) {
        let ending: CellRecord.Ending = replay.isStopped ? .notReached : .interrupted
        append(CellRecord(cell: cell, ending: ending), to: &replay)
        continue
      }
      if let skip = cell.options.skip {
        append(CellRecord(cell: cell, ending: .skipped(reason: skip.reason)), to: &replay)
        continue
      }
      observer?.started(cell, number: index + 1, of: cells.count)
      session.seed = cell.options.seed ?? replay.book.frontMatter.seed
      append(try record(of: cell), to: &replay)
    }
    replay.seconds = seconds(from: start, to: clock.now)
  }

  private func append(_ record: CellRecord, to replay: inout Replay) {
    replay.records.append(record)
    observer?.ended(record)
  }

  /// What a cell does, or what it did when it last ran with all that it depends on as it is.
  private mutating func record(of cell: Cell) throws(CellCache.Damage) -> CellRecord {
    let key = cache?.key(of: cell, seed: session.seed)
    let record = key.flatMap { recalledRecord(of: cell, $0) }
    guard !isRecalling else { return record ?? CellRecord(cell: cell, ending: .notReached) }
    let known = try knownToAll(cell, record)
    if known.isRecalled { return record ?? CellRecord(cell: cell, ending: .finished, isCached: true) }
    for (name, value) in known.values { session.bind(name, to: value) }
    return run(cell, key: key)
  }

  private mutating func recalledRecord(of cell: Cell, _ key: CellKey) -> CellRecord? {
    let recalled = cell.options.cache || isRecalling ? cache?.recall(key) : nil
    if let recalled = recalled?.found, let record = record(of: cell, recalled) {
      cache?.note(cell, key, runsBecause: nil)
      return record
    }
    cache?.note(cell, key, runsBecause: recalled?.change ?? "nothing of it was kept")
    return nil
  }

  /// Whether a cell need not run, and if it must, the values of names that it reads and this rank has not computed: as the
  /// first rank, which has the cache, knows.
  private mutating func knownToAll(
    _ cell: Cell, _ record: CellRecord?
  ) throws(CellCache.Damage) -> (isRecalled: Bool, values: [(name: String, value: Value)]) {
    var values: [(name: String, value: Value)] = []
    var damage: CellCache.Damage?
    if record == nil {
      do throws(CellCache.Damage) { values = try cache?.values(for: cell) ?? [] } catch { damage = error }
    }
    if !ranks.isAlone {
      let own = RecalledCell(isRecalled: record != nil, isDamaged: damage != nil, values)
      let known = try? ranks.ofFirst { own }
      guard let known, !known.isDamaged, let found = known.values(registry) else { throw CellCache.Damage() }
      return (known.isRecalled, found)
    }
    if let damage { throw damage }
    return (record != nil, values)
  }

  /// What a cell did when it ran, in place of running it; `nil` where its files can't be written again.
  private mutating func record(of cell: Cell, _ recalled: CellCache.Recalled) -> CellRecord? {
    host.begin(cell)
    guard let outputs = try? host.recall(recalled) else { return nil }
    _ = host.end()
    cache?.bind(recalled.entry)
    let mistake = recalled.entry.mistake?.diagnostic(in: cell)
    var record = CellRecord(
      cell: cell, outputs: outputs, ending: mistake.map { .failedAsExpected($0) } ?? .finished,
      seconds: recalled.entry.seconds, isCached: true, filesRead: filesRead(recalled.entry.files))
    record.files = recalled.entry.files
    return record
  }

  private mutating func run(_ cell: Cell, key: CellKey?) -> CellRecord {
    let trace = FileTrace()
    host.begin(cell, trace)
    let clock = ContinuousClock()
    let begin = clock.now
    var (mistake, bound) = trace.noting { evaluate(cell) }
    mistake = mistake.map { mistake in
      Diagnostic(
        mistake.code, paths.asWritten(mistake.message), hint: mistake.hint.map(paths.asWritten),
        severity: mistake.severity, in: mistake.source, at: mistake.span)
    }
    let duration = seconds(from: begin, to: clock.now)
    let (outputs, wishes, unshown) = host.end()
    // A value that could not be shown stops the cell as a request to stop would.
    if let unshown, mistake == nil || mistake?.code == "interrupted" {
      mistake = Diagnostic(
        unshown.code, unshown.message, hint: unshown.hint, in: cell.source, at: Span(0, cell.source.text.utf8.count))
    }
    let files = CellFiles(trace, in: folders, digests: digests, host: host)
    let ending = ending(of: cell, settling: mistake ?? differenceOfRanks(files, cell), wishes)
    for (name, value) in bound { session.bind(name, to: value) }
    // Where nothing can be kept, the next run takes longer.
    let (written, kept) = (host.written, host.keptByCell)
    if let key, let files, ending.isWhole {
      try? cache?.keep(
        key, of: cell, outputs: outputs, mistake: ending.shownMistake, names: bound, written: written, kept: kept,
        files: files, seconds: duration)
    } else {
      for (name, value) in bound { cache?.bind(name, to: value) }
    }
    var record = CellRecord(
      cell: cell, outputs: outputs, ending: ending, seconds: duration, filesRead: files.map(filesRead) ?? [:])
    record.files = files
    return record
  }

  /// Runs a cell's program among the names that it reads; one that is there to fail among all, of which its message may speak.
  ///
  /// - Returns: what stopped it, and the names that it has bound.
  private mutating func evaluate(_ cell: Cell) -> (mistake: Diagnostic?, bound: [(name: String, value: Value)]) {
    var inner = session
    if let expected = cell.options.expectedError {
      let found =
        cell.syntaxMistakes.isEmpty ? session.check(cell.program, locate: paths.located).errors : cell.syntaxMistakes
      if let mistake = found.first(where: { $0.code == expected }) ?? found.first { return (mistake, []) }
    } else {
      inner = Session(registry: registry, seed: session.seed)
      for name in cell.program.readNames { if let value = session.bindings[name] { inner.bind(name, to: value) } }
    }
    var mistake: Diagnostic?
    do throws(Diagnostic) {
      try cell.run(in: &inner, host: host)
    } catch { mistake = error }
    let bound = cell.program.boundNames.compactMap { name in inner.bindings[name].map { (name, $0) } }
    return (mistake, bound)
  }

  /// What is wrong where ranks have read other contents under one name: what they share out would be a mixture of both.
  private func differenceOfRanks(_ files: CellFiles?, _ cell: Cell) -> Diagnostic? {
    guard !ranks.isAlone, let all = try? ranks.gathered(files.map(filesRead) ?? [:]) else { return nil }
    for (rank, found) in all.enumerated().dropFirst() {
      guard let name = found.keys.sorted().first(where: { all[0][$0] ?? found[$0] != found[$0] }) else { continue }
      return Diagnostic(
        "ranks-differ", "rank \(rank) has read another '\(name)' than rank 0",
        hint: "data is to be where every machine sees it", in: cell.source,
        at: Span(0, cell.source.text.utf8.count))
    }
    return nil
  }

  private func filesRead(_ files: CellFiles) -> [String: String] {
    Dictionary(files.digests.map { ($0.place.name, $0.digest) }) { first, _ in first }
  }

  /// How a cell has ended for all ranks.
  ///
  /// - Parameters:
  ///   - own: what has stopped it on this one.
  ///   - wishes: why this one would stop.
  private func ending(of cell: Cell, settling own: Diagnostic?, _ wishes: RankWishes) -> CellRecord.Ending {
    let failure = own.map { SharedFailure($0, in: cells) }
    let settled = ranks.settle(failure, wishes)
    let mistake = settled.failure == failure ? own : settled.failure?.diagnostic(in: cells, running: cell)
    if settled.wishes.contains(.interrupted) {
      cancellation.request()
      return .interrupted
    }
    if settled.wishes.contains(.late), let timeout = host.seconds(allowed: cell) { return .timedOut(seconds: timeout) }
    guard let expected = cell.options.expectedError else { return mistake.map { .failed($0) } ?? .finished }
    if let mistake { return mistake.code == expected ? .failedAsExpected(mistake) : .failed(mistake) }
    return .failed(
      Diagnostic(
        "expected-error-missing", "the cell is to fail with `\(expected)`, and did not fail",
        hint: "take out the `error` option, or restore the mistake", in: cell.source,
        at: Span(0, cell.source.text.utf8.count)))
  }
}
