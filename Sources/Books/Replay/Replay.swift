import Language

/// The record of one replay: every cell of the book, and what the run needed.
public struct Replay: Sendable {
  public let book: Book
  /// One for each cell, in order.
  public internal(set) var records: [CellRecord] = []
  /// Params as they were written.
  public let parameters: [(name: String, text: String)]
  /// SHA-256 of every file read, by its path as the record names it.
  public internal(set) var digests: [String: String] = [:]
  public let threads: Int
  /// Wall-clock time of all cells.
  public internal(set) var seconds = 0.0

  /// How the run ended.
  public var status: ExitStatus {
    for record in records {
      switch record.ending {
      case .failed: return .failed
      case .timedOut, .interrupted: return .stopped
      case .finished, .skipped, .failedAsExpected, .notReached: continue
      }
    }
    return .success
  }

  /// The mistake that stopped the run.
  public var failure: Diagnostic? {
    for record in records { if case .failed(let diagnostic) = record.ending { return diagnostic } }
    return nil
  }

  /// Runs the cells in order, to the end or to the first that fails.
  mutating func run(
    registry: Registry, values: [(name: String, value: Value)], host: ReplayHost, cancellation: Cancellation,
    paths: BookPaths, observer: (any ReplayObserver)?
  ) {
    let clock = ContinuousClock()
    let start = clock.now
    var session = Session(registry: registry, seed: book.frontMatter.seed)
    for (name, value) in values { session.bind(name, to: value) }
    let cells = book.cells
    for (index, cell) in cells.enumerated() {
      if cancellation.isRequested || status != .success {
        let ending: CellRecord.Ending = status == .success ? .interrupted : .notReached
        append(CellRecord(cell: cell, outputs: [], ending: ending, seconds: 0), observer)
        continue
      }
      if let skip = cell.options.skip {
        append(CellRecord(cell: cell, outputs: [], ending: .skipped(reason: skip.reason), seconds: 0), observer)
        continue
      }
      observer?.started(cell, number: index + 1, of: cells.count)
      host.begin(cell)
      session.seed = cell.options.seed ?? book.frontMatter.seed
      let begin = clock.now
      var mistake = expectedMistake(of: cell, session: session, paths: paths)
      if mistake == nil {
        do { try session.run(cell.program, cell: cell.options.streams ?? cell.label, host: host) } catch {
          mistake = error
        }
      }
      let (outputs, isLate, unshown) = host.end()
      // A value that could not be shown stops the cell as a request to stop would.
      if let unshown, mistake == nil || mistake?.code == "interrupted" {
        mistake = Diagnostic(
          unshown.code, unshown.message, hint: unshown.hint, in: cell.source, at: Span(0, cell.source.text.utf8.count))
      }
      let ending = Replay.ending(
        of: cell, mistake: mistake, isLate: isLate, isCancelled: cancellation.isRequested)
      append(
        CellRecord(cell: cell, outputs: outputs, ending: ending, seconds: Books.seconds(from: begin, to: clock.now)),
        observer)
    }
    digests = Dictionary(host.digests.map { (paths.recorded($0), $1) }) { first, _ in first }
    seconds = Books.seconds(from: start, to: clock.now)
  }

  private mutating func append(_ record: CellRecord, _ observer: (any ReplayObserver)?) {
    records.append(record)
    observer?.ended(record)
  }

  /// Where a cell is there to show a mistake that checking finds, that mistake.
  private func expectedMistake(of cell: Cell, session: Session, paths: BookPaths) -> Diagnostic? {
    guard cell.options.expectedError != nil else { return nil }
    return cell.syntaxMistakes.first ?? session.check(cell.program, locate: paths.located).errors.first
  }

  private static func ending(
    of cell: Cell, mistake: Diagnostic?, isLate: Bool, isCancelled: Bool
  ) -> CellRecord.Ending {
    if isCancelled { return .interrupted }
    if isLate, let timeout = cell.options.timeout { return .timedOut(seconds: timeout) }
    guard let expected = cell.options.expectedError else { return mistake.map { .failed($0) } ?? .finished }
    if let mistake { return mistake.code == expected ? .failedAsExpected(mistake) : .failed(mistake) }
    return .failed(
      Diagnostic(
        "expected-error-missing", "the cell is to fail with `\(expected)`, and did not fail",
        hint: "take out the `error` option, or restore the mistake", in: cell.source,
        at: Span(0, cell.source.text.utf8.count)))
  }
}

func seconds(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Double {
  let components = (end - start).components
  return Double(components.seconds) + Double(components.attoseconds) * 1e-18
}
