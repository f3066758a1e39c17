import Figures
import Language
import Synchronization
import Vocabulary

/// The host of a replay: collects what the running cell puts out, keeps the rules for files, and can be stopped.
final class ReplayHost: Host {
  private struct State {
    var outputs: [CellOutput] = []
    /// Texts that have followed one another since, which read as one block: joined once, where it ends.
    var block: [String] = []
    var figureCount = 0
    var filesRead = FilesRead()
    var keptFiles: Set<String> = []
    var deadline: ContinuousClock.Instant?
    /// The first error of a presentation: `emit` cannot throw.
    var failure: BookFileError?
    var byteCount = 0
    var cell: Cell

    mutating func endBlock() {
      if !block.isEmpty { outputs.append(CellOutput(.text(block.joined(separator: "\n")))) }
      block = []
    }
  }

  private let state: Mutex<State>
  private let paths: BookPaths
  let stateFolder: String?
  private let cancellation: Cancellation
  private let observer: (any ReplayObserver)?

  /// A cell that puts out more text than this is stopped: a report must stay readable.
  private static let mostTextBytes = 4 << 20

  /// - Parameter stateFolder: for states that nobody asked to keep.
  init(
    first cell: Cell, paths: BookPaths, stateFolder: String? = nil, cancellation: Cancellation,
    observer: (any ReplayObserver)?
  ) {
    state = Mutex(State(cell: cell))
    self.paths = paths
    self.stateFolder = stateFolder
    self.cancellation = cancellation
    self.observer = observer
  }

  /// Starts the collection of a cell.
  func begin(_ cell: Cell) {
    state.withLock {
      $0.cell = cell
      $0.outputs = []
      $0.block = []
      $0.figureCount = 0
      $0.byteCount = 0
      $0.failure = nil
      $0.deadline = cell.options.timeout.map { ContinuousClock.now + .seconds($0) }
    }
  }

  /// What the cell put out, whether it ran out of time, and what of it could not be shown.
  func end() -> (outputs: [CellOutput], isLate: Bool, failure: BookFileError?) {
    state.withLock {
      $0.filesRead.digestNoted()
      $0.endBlock()
      let isLate = $0.deadline.map { ContinuousClock.now > $0 } ?? false
      $0.deadline = nil
      return ($0.outputs, isLate, $0.failure)
    }
  }

  var digests: [String: String] { state.withLock { $0.filesRead.digests } }

  var isCancelled: Bool {
    cancellation.isRequested
      || state.withLock { $0.failure != nil || $0.deadline.map { ContinuousClock.now > $0 } ?? false }
  }

  /// Nobody sees the values of a replay that was stopped.
  var isHurried: Bool { isCancelled }

  func remark(_ text: String) { observer?.remarked(text, in: state.withLock { $0.cell }) }

  func report(_ progress: Progress) { observer?.progressed(progress, in: state.withLock { $0.cell }) }

  func pathToRead(_ path: String) throws -> String {
    let whole = try paths.toRead(path)
    if !paths.isWritten(whole) { state.withLock { $0.filesRead.note(whole) } }
    return whole
  }

  func write(_ bytes: [UInt8], to path: String) throws { try paths.write(bytes, to: path) }

  func keep(_ bytes: [UInt8], as path: String) throws {
    state.withLock { _ = $0.keptFiles.insert(path) }
    try paths.keep(bytes, as: path)
  }

  func kept(_ path: String, limit: Int) throws -> [UInt8]? {
    state.withLock { _ = $0.keptFiles.insert(path) }
    return try paths.kept(path, limit: limit)
  }

  /// The files that outlive the run, as far as they were written or asked for.
  var keptFiles: Set<String> { state.withLock { $0.keptFiles } }

  func emit(_ output: Output) {
    switch output {
    case .text(let text), .rows(let text), .resumption(let text): add(CellOutput(.text(text)))
    case .result(.none): break
    case .result(let value): add([value], caption: nil)
    case .shown(let values, let labels):
      var caption: String?
      for case ("caption", .text(let text)) in labels { caption = text }
      add(values, caption: caption)
    }
  }

  private func add(_ values: [Value], caption: String?) {
    do {
      for shown in values.flatMap(presentations) { try add(shown, caption: caption) }
    } catch {
      let coded = error as? any CodedError
      state.withLock {
        guard $0.failure == nil else { return }
        $0.failure = BookFileError(
          coded?.code ?? "value-not-shown", coded?.message ?? "a value could not be shown: \(error)", hint: coded?.hint)
      }
    }
  }

  private func add(_ shown: Presentation, caption: String?) throws {
    guard case .figure(let figure) = shown else { return add(CellOutput(shown)) }
    // What can't be drawn is the cell's mistake, not the report's.
    try figure.check()
    let (cell, number) = state.withLock { state -> (Cell, Int) in
      state.figureCount += 1
      return (state.cell, state.figureCount)
    }
    let own = number == 1 ? cell.options.caption : nil
    add(CellOutput(figure, name: "\(cell.label)-\(number)", caption: caption ?? own ?? figure.caption))
  }

  private func add(_ output: CellOutput) {
    let (cell, isKept) = state.withLock { state -> (Cell, Bool) in
      if case .text(let text) = output.shown {
        state.byteCount += text.utf8.count
        if state.byteCount > ReplayHost.mostTextBytes {
          state.failure =
            state.failure
            ?? BookFileError("output-too-large", "the cell puts out more than 4 MiB of text", hint: "print less of it")
          return (state.cell, false)
        }
        state.block.append(text)
        return (state.cell, true)
      }
      state.endBlock()
      state.outputs.append(output)
      return (state.cell, true)
    }
    if isKept { observer?.put(out: output, by: cell) }
  }
}
