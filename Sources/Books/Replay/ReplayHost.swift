import Base
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
    /// What the cell has written, by paths below the output folder, in their order.
    var written: [(path: String, bytes: [UInt8])] = []
    /// Where it has written before it looked there: what it finds is its own.
    var ownPaths: Set<String> = []
    /// The folders of what it asked for from the book's folder on.
    var askedRelative: Set<String> = []
    /// Folders of earlier cells that it has written into.
    var sharedFolders: Set<String> = []
    var trace = FileTrace()
    /// Files that outlive the run, of all cells and of the running one.
    var keptFiles: Set<String> = []
    var keptByCell: Set<String> = []

    mutating func noteKept(_ paths: some Sequence<String>) {
      keptFiles.formUnion(paths)
      keptByCell.formUnion(paths)
    }

    var deadline: ContinuousClock.Instant?
    /// When the memory that the process holds was last looked at.
    var memoryCheck = ContinuousClock.now
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
  /// Seconds that a cell may take which has no limit of its own.
  private let cellSeconds: Double?
  private let observer: (any ReplayObserver)?
  let ranks = Ranks.current

  /// A cell that puts out more text than this is stopped: a report must stay readable.
  private static let mostTextBytes = 4 << 20

  /// How often it is seen to it that a cell does not hold more memory than it may.
  private static let memoryPause = Duration.milliseconds(20)

  /// - Parameters:
  ///   - stateFolder: for states that nobody asked to keep.
  ///   - cellSeconds: what a cell may take which has no limit of its own.
  init(
    first cell: Cell, paths: BookPaths, stateFolder: String? = nil, cancellation: Cancellation,
    cellSeconds: Double? = nil, observer: (any ReplayObserver)?
  ) {
    self.cellSeconds = cellSeconds
    state = Mutex(State(cell: cell))
    self.paths = paths
    self.stateFolder = stateFolder
    self.cancellation = cancellation
    self.observer = observer
  }

  /// Starts the collection of a cell, whose looks at files are to be noted by the trace.
  func begin(_ cell: Cell, _ trace: FileTrace = FileTrace()) {
    state.withLock {
      $0.cell = cell
      $0.outputs = []
      $0.block = []
      $0.figureCount = 0
      $0.byteCount = 0
      $0.failure = nil
      $0.written = []
      $0.ownPaths = []
      $0.sharedFolders = []
      $0.askedRelative = []
      $0.keptByCell = []
      $0.trace = trace
      $0.deadline = seconds(allowed: cell).map { ContinuousClock.now + .seconds($0) }
    }
  }

  /// How long a cell may take; `nil` for as long as it likes.
  func seconds(allowed cell: Cell) -> Double? { cell.options.timeout ?? cellSeconds }

  /// What the cell put out, whether it would stop, and what of its output could not be shown.
  func end() -> (outputs: [CellOutput], wishes: RankWishes, failure: BookFileError?) {
    let wishes = wishes
    return state.withLock {
      $0.endBlock()
      $0.deadline = nil
      return ($0.outputs, wishes, $0.failure)
    }
  }

  /// What the cell has written, by paths below the output folder.
  var written: [(path: String, bytes: [UInt8])] { state.withLock { $0.written } }

  /// Whether the cell itself has written what it found at a path.
  func isOwn(_ path: String) -> Bool { state.withLock { $0.ownPaths.contains(path) } }

  /// Whether a path is of a folder that earlier cells have written into, and this one too.
  func isShared(_ path: String) -> Bool { state.withLock { $0.sharedFolders.contains(path) } }

  /// Puts out what a cell has put out before, and writes what it has written. The states that it kept are of no more use.
  func recall(_ recalled: CellCache.Recalled) throws -> [CellOutput] {
    for (path, bytes) in recalled.written { try paths.write(bytes, to: path) }
    state.withLock { $0.noteKept(recalled.entry.kept) }
    for output in recalled.outputs { add(output.shown, caption: output.caption, blob: output.blob) }
    return state.withLock {
      $0.endBlock()
      return $0.outputs
    }
  }

  var isCancelled: Bool {
    lookAtMemory()
    return !ranks.agreed(on: wishes).isEmpty
  }

  private func lookAtMemory() {
    let now = ContinuousClock.now
    state.withLock { state in
      guard state.failure == nil, now - state.memoryCheck > Self.memoryPause else { return }
      state.memoryCheck = now
      state.failure = AvailableMemory.excess.map { Self.tooMuchMemory(held: $0.held, limit: $0.limit) }
    }
  }

  /// Why this rank would stop.
  private var wishes: RankWishes {
    let isInterrupted = cancellation.isRequested
    return state.withLock { state in
      var wishes: RankWishes = isInterrupted ? .interrupted : []
      if state.failure != nil { wishes.insert(.unable) }
      if state.deadline.map({ ContinuousClock.now > $0 }) == true { wishes.insert(.late) }
      return wishes
    }
  }

  private static func tooMuchMemory(held: Int, limit: Int) -> BookFileError {
    BookFileError(
      "out-of-memory",
      "the run holds \(MemoryError.written(held)) of memory, and may hold \(MemoryError.written(limit))",
      hint: "allow more by --max-memory, or let the cell do less at a time")
  }

  /// Nobody sees the values of a replay that was stopped.
  var isHurried: Bool { isCancelled }

  func remark(_ text: String) {
    guard !leaves(.remark(text)) else { return }
    observer?.remarked(text, in: state.withLock { $0.cell })
  }

  func report(_ progress: Progress) {
    guard progress.isMilestone ? !leaves(RankNews(progress)) : ranks.isFirst else { return }
    observer?.progressed(progress, in: state.withLock { $0.cell })
  }

  func pathToRead(_ path: String) throws -> String {
    let whole = try paths.toRead(path)
    if !isFromRoot(path), !path.hasPrefix("~") {
      state.withLock { _ = $0.askedRelative.insert(parentFolder(of: whole)) }
    }
    return whole
  }

  /// Whether the program asked for a path, or for one beside or above it, from the book's folder on.
  func isAskedRelative(_ path: String) -> Bool {
    state.withLock { state in state.askedRelative.contains { isPath(path, within: $0) } }
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    let places = paths.places(ofWritten: path)
    let folders = Set(places.dropLast().filter(paths.isWritten))
    _ = try byFirst {
      try paths.write(bytes, to: path)
      return true
    }
    state.withLock { state in
      state.written.append((path, bytes))
      state.sharedFolders.formUnion(folders.subtracting(state.ownPaths))
      state.ownPaths.formUnion(places.filter { !state.trace.hasNoted($0) && !state.sharedFolders.contains($0) })
    }
  }

  func keep(_ bytes: [UInt8], as path: String) throws {
    guard !leaves(.state(bytes, path: path)) else { return }
    state.withLock { $0.noteKept([path]) }
    try paths.keep(bytes, as: path)
  }

  func kept(_ path: String, limit: Int) throws -> [UInt8]? {
    state.withLock { $0.noteKept([path]) }
    // The first has written them, and knows when; of items of its own a rank reads what was there before.
    guard !ranks.isSharing else {
      _ = leaves(.asked(path))
      return try paths.kept(path, limit: limit)
    }
    return try byFirst { try paths.kept(path, limit: limit).map { [$0] } ?? [] }.first
  }

  /// Notes a file that outlives the run.
  func noteKept(_ path: String) { state.withLock { $0.noteKept([path]) } }

  /// Stops the cell for what cannot be thrown.
  func fail(_ failure: BookFileError) { state.withLock { $0.failure = $0.failure ?? failure } }

  /// The files that outlive the run, as far as they were written or asked for.
  var keptFiles: Set<String> { state.withLock { $0.keptFiles } }

  /// Those of the cell.
  var keptByCell: [String] { state.withLock { $0.keptByCell.sorted() } }

  func emit(_ output: Output) {
    switch output {
    case .text(let text), .rows(let text): add(CellOutput(.text(paths.asWritten(text))))
    // The result is that of a run that was never stopped, and so is its record.
    case .resumption(let text): remark(text)
    case .result(.none): break
    case .result(let value): add([value], caption: nil)
    case .shown(let values, let labels):
      var caption: String?
      for case ("caption", .text(let text)) in labels { caption = text }
      add(values, caption: caption)
    }
  }

  private func add(_ values: [Value], caption: String?) {
    do throws(FigureError) {
      for shown in values.flatMap(presentations) {
        // What can't be drawn is the cell's mistake, not the report's.
        if case .figure(let figure) = shown { try figure.check() }
        add(shown, caption: caption)
      }
    } catch {
      state.withLock { $0.failure = $0.failure ?? BookFileError(error.code, error.message, hint: error.hint) }
    }
  }

  private func add(_ shown: Presentation, caption: String?, blob: String? = nil) {
    guard case .figure(let figure) = shown else { return add(CellOutput(shown)) }
    let (cell, number) = state.withLock { state -> (Cell, Int) in
      state.figureCount += 1
      return (state.cell, state.figureCount)
    }
    add(CellOutput(figure, number: number, of: cell, givenCaption: caption, blob: blob))
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
