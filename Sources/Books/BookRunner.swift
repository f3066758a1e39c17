import Base
import Imaging
import Language
import Vocabulary

/// Checks and replays one book or script: what `cnp check` and `cnp run` call.
public struct BookRunner: Sendable {
  /// What checking found.
  public struct CheckOutcome: Sendable {
    /// Mistakes and warnings in the order of the source; without mistakes the book may run.
    public let diagnostics: [Diagnostic]
    public var mistakes: [Diagnostic] { diagnostics.errors }
    /// `nil` when the file could not be read at all.
    public let book: Book?
    public var status: ExitStatus { mistakes.isEmpty ? .success : .refused }
  }

  /// How a run ended and where its files are.
  public struct RunOutcome: Sendable {
    public let status: ExitStatus
    /// What was wrong: all mistakes found by checking, or the one that stopped the run.
    public let mistakes: [Diagnostic]
    /// `nil` when nothing ran.
    public let replay: Replay?
    /// The folder with the reports; `nil` when none were written.
    public let outputFolder: String?
    /// What a check or an update has found; `nil` for a plain replay.
    public var comparison: RecordComparison?
  }

  private(set) var file: ProgramFile
  private let parameters: [ParameterValues.Given]
  let outputFolder: String
  let registry: Registry
  let threads: Int
  let cancellation: Cancellation
  /// In bytes; `nil` for none.
  private let cacheLimit: Int?
  /// Seconds that a cell may take which has no limit of its own.
  private let cellSeconds: Double?
  private let isWatched: Bool
  /// Whether nobody wants the results of a run that was stopped, since another one follows at once.
  var isSuperseded: @Sendable () -> Bool = { false }
  let workingFolder: String

  /// - Parameters:
  ///   - path: of a book or a script: a `.cnpbook` is a book, a `.cnp` a script, any other file a book where it starts with
  ///     a front matter. `-` is standard input, which is read at once.
  ///   - parameters: from `-P` and `--params`; a later value replaces an earlier one of the same name.
  ///   - outputFolder: `<book>.out` beside the book where it is `nil`; for standard input `stdin.out`.
  ///   - threads: how many the engine uses, for the record.
  ///   - cancellation: stops the run when it is requested; the report of what ran is still written.
  ///   - cacheLimit: in bytes: how much may be kept of what cells have computed, so that they need not run again; `nil` keeps
  ///     nothing and uses nothing.
  ///   - cellSeconds: what a cell may take that has no `timeout` of its own; `nil` for as long as it likes.
  ///   - isWatched: whether the report, open in a browser, loads itself again after the next run.
  public init(
    path: String, parameters: [ParameterValues.Given] = [], outputFolder: String? = nil,
    registry: Registry = standardRegistry(), threads: Int = 1, cancellation: Cancellation = Cancellation(),
    cacheLimit: Int? = nil, cellSeconds: Double? = nil, isWatched: Bool = false
  ) {
    self.isWatched = isWatched
    self.cellSeconds = cellSeconds
    file = ProgramFile(path)
    self.parameters = parameters
    self.registry = registry
    self.threads = threads
    self.cancellation = cancellation
    self.cacheLimit = cacheLimit
    workingFolder = Base.workingFolder()
    self.outputFolder = absolutePath(outputFolder ?? file.outputFolder(from: workingFolder), from: workingFolder)
  }

  /// The same of a text that was read before.
  func reading(_ file: ProgramFile) -> BookRunner {
    var runner = self
    runner.file = file
    return runner
  }

  /// A cell of a damaged cache is found one a try; the last is without.
  private static let mostTries = 20

  /// The folders that places are told by, and the names that runs put into them.
  func runFolders(_ values: ParameterValues, output: String) -> RunFolders {
    let whole = { (path: String) in absolutePath(path, from: workingFolder) }
    return RunFolders(
      book: bookFolder, output: output, roots: values.pathRoots,
      ownFiles: [
        outputFolder, whole(file.lock), whole(file.references), whole(file.corrected(from: workingFolder)),
        file.gridFolder(from: workingFolder), joinPath(home, ".cnp"),
      ])
  }

  /// Those of a run that has put its files in their place; `nil` where the book can't be read any more.
  var foldersOfLastRun: RunFolders? {
    prepare(isRunning: true, checksCells: false).values.map { runFolders($0, output: outputFolder) }
  }

  var bookFolder: String { file.folder(from: workingFolder) }
  /// Where runs leave what outlives them.
  var home: String { file.home(from: workingFolder) }

  /// Every mistake that can be found without running. Required params may be missing.
  public func check() -> CheckOutcome {
    let (book, _, diagnostics) = prepare(isRunning: false)
    return CheckOutcome(diagnostics: diagnostics, book: book)
  }

  /// All that keeps it from running now, in words.
  var obstacles: [String] {
    prepare(isRunning: true).mistakes.errors.map(\.message)
      + [OutputFolder.obstacle(at: outputFolder)].compactMap { $0?.message }
  }

  /// Reads the book with the values of its params, for a session that runs its cells itself.
  ///
  /// - Parameter option: what stands before `name=value` where params are given to it.
  /// - Returns: what of it could be read, and every mistake of form; its cells are not checked.
  public func read(
    askingFor option: String = "-P "
  ) -> (book: Book?, values: [(name: String, value: Value)], mistakes: [Diagnostic]) {
    let (book, values, mistakes) = prepare(isRunning: true, checksCells: false, option: option)
    return (book, values?.values ?? [], mistakes)
  }

  /// What a run is for.
  public enum Purpose: Sendable {
    case replay
    /// To compare with what is on record.
    case check
    /// To put on record what comes out.
    case update
  }

  /// Checks, then runs the cells and writes the reports. Nothing runs after a mistake was found by checking.
  ///
  /// - Parameters:
  ///   - warn: is given what checking warns of, before the first cell runs.
  ///   - tell: is given what a check finds of each cell, when it has ended.
  public func run(
    _ purpose: Purpose = .replay, observer: (any ReplayObserver)? = nil, warn: ([Diagnostic]) -> Void = { _ in },
    tell: @escaping @Sendable (CellVerdict) -> Void = { _ in }
  ) -> RunOutcome {
    let (book, values, diagnostics) = prepare(isRunning: true)
    var mistakes = diagnostics.errors
    // Without other mistakes it is found when the folder is made.
    if !mistakes.isEmpty, let obstacle = OutputFolder.obstacle(at: outputFolder) { mistakes.append(mistake(obstacle)) }
    let ranks = Ranks.current
    let cache = cacheFolder
    let digests = FileDigests(keptIn: cache)
    if !ranks.isAlone { mistakes = agreed(mistakes, by: ranks, book, values, digests) }
    warn(diagnostics.warnings)
    guard let book, let values, mistakes.isEmpty else { return refused(mistakes) }
    let keeper = RecordKeeper(of: book, in: file, workingFolder: workingFolder)
    var check: RecordCheck?
    let folder: OutputFolder
    do throws(BookFileError) {
      folder = try OutputFolder.shared(outputFolder, by: ranks, fileDigests: digests) { () throws(BookFileError) in
        guard purpose != .replay else { return }
        check = try keeper.check(values.texts, isUpdated: purpose == .update)
      }
    } catch { return refused([mistake(error)]) }
    if purpose == .check, check?.isStrict == false {
      warn([mistake(RecordKeeper.withoutLock(file.lock), severity: .warning)])
    }
    let watcher: (any ReplayObserver)? =
      if let check, purpose == .check { RecordWatcher(observer, check, tell: tell) } else { observer }
    var replay = Replay(book: book, parameters: values.texts, threads: threads)
    let states = RunStates(ofBookAt: file.path, in: home)
    let kept = self.replay(&replay, values, in: folder, states, cache, digests, observer: watcher)
    if replay.status == .stopped, isSuperseded() {
      folder.discard()
      return RunOutcome(status: .stopped, mistakes: [], replay: replay, outputFolder: nil)
    }
    return outcome(of: ranks, replay) {
      do throws(BookFileError) {
        try Reports(
          replay, bookFolder: bookFolder, cache: cache, digests: digests, watch: isWatched ? WatchScript() : nil
        ).write(to: folder)
        if let cache { digests.keep(in: cache) }
        states.clear(replay.status == .success ? kept : [])
        var comparison: RecordComparison?
        if let check, replay.status == .success || purpose == .check {
          comparison = try keeper.compare(replay, by: check, isUpdated: purpose == .update)
        }
        let isDifferent = purpose == .check && comparison?.isSame == false && replay.status == .success
        return RunOutcome(
          status: isDifferent ? .different : replay.status, mistakes: replay.failure.map { [$0] } ?? [], replay: replay,
          outputFolder: folder.target, comparison: comparison)
      } catch {
        let place = folder.rescue()
        let kept = place.map { "what the run has written is in \($0)" }
        let hint = [kept, error.hint].compactMap { $0 }.joined(separator: "; ")
        let failure = BookFileError(error.code, error.message, hint: hint.isEmpty ? nil : hint)
        return RunOutcome(
          status: .failed, mistakes: [replay.failure, mistake(failure)].compactMap { $0 }, replay: replay,
          outputFolder: nil)
      }
    }
  }

  var cacheFolder: CacheFolder? {
    cacheLimit == nil || file.isStandardInput ? nil : CacheFolder(in: home)
  }

  /// Runs the cells.
  ///
  /// - Returns: the states that trainings have kept meanwhile.
  private func replay(
    _ replay: inout Replay, _ values: ParameterValues, in folder: OutputFolder, _ states: RunStates,
    _ cacheFolder: CacheFolder?, _ digests: FileDigests, observer: (any ReplayObserver)?
  ) -> Set<String> {
    guard let first = replay.book.cells.first else { return [] }
    let folders = runFolders(values, output: folder.staging)
    let paths = BookPaths(bookFolder: bookFolder, home: home, output: folder)
    let host = ReplayHost(
      first: first, paths: paths, stateFolder: states.name, cancellation: cancellation, cellSeconds: cellSeconds,
      observer: observer)
    Ranks.current.onMessages { [host] in host.take($0) }
    defer { Ranks.current.onMessages(nil) }
    // A part of the cache that was found to be damaged is gone the next time, unless it can't be removed.
    let isCaching = Ranks.current.isFirst
    for number in 1...Self.mostTries {
      let cache = (number < Self.mostTries && isCaching ? cacheFolder : nil).map {
        CellCache($0, folders: folders, registry: registry, book: fileName(of: file.path), digests: digests)
      }
      replay.records = []
      var replayer = Replayer(
        replay.book, registry: registry, values: values.values, host: host, cancellation: cancellation, paths: paths,
        folders: folders, digests: digests, cache: cache, observer: observer)
      guard (try? replayer.run(into: &replay)) != nil else { continue }
      if let cacheLimit { replayer.cache?.close(limit: cacheLimit) }
      break
    }
    return host.keptFiles
  }

  private func refused(_ mistakes: [Diagnostic]) -> RunOutcome {
    RunOutcome(status: .refused, mistakes: mistakes, replay: nil, outputFolder: nil)
  }

  func mistake(_ error: BookFileError, severity: Severity = .error) -> Diagnostic {
    Diagnostic(
      error.code, error.message, hint: error.hint, severity: severity, in: Source(withoutLines: file.name),
      at: Span(0, 0))
  }

  /// Reads the book, fits the params to it and checks its cells in sequence.
  func prepare(
    isRunning: Bool, checksCells: Bool = true, option: String = "-P "
  ) -> (book: Book?, values: ParameterValues?, mistakes: [Diagnostic]) {
    let text: BookText
    do { text = try file.read(from: workingFolder) } catch { return (nil, nil, [error]) }
    var (book, mistakes) =
      file.isBook(text)
      ? BookReader.read(text, registry: registry) : BookReader.read(script: text, registry: registry)
    if let engine = book.frontMatter.engine, !engine.allows(Engine.version) {
      mistakes.append(
        text.mistake(
          "engine-version", "the book asks for an engine \(engine.text), this is \(Engine.version)", line: 1))
    }
    let values = ParameterValues(parameters, for: book, workingFolder: workingFolder, mistakes: &mistakes)
    if let seed = values.seed { book.frontMatter.seed = seed }
    if isRunning {
      for parameter in values.missing {
        mistakes.append(
          text.mistake(
            "parameter-missing", "the book needs a value for '\(parameter.name)'",
            hint: "give it by `\(option)\(parameter.name)=…`" + (parameter.help.isEmpty ? "" : ": \(parameter.help)"),
            line: book.line(ofParameter: parameter.name)))
      }
    }
    if checksCells && book.frontMatter.isWhole {
      mistakes += CellChecker(book: book, bookFolder: bookFolder).diagnostics(registry: registry, values: values)
      if mistakes.isEmpty, let idle = book.nothingToRun(isRefused: isRunning && file.isStandardInput) {
        mistakes.append(idle)
      }
    }
    return (book, values, mistakes)
  }
}

extension Book {
  /// Where a param is declared.
  fileprivate func line(ofParameter name: String) -> Int {
    let last = min(text.lineCount, 2000)
    return (1...last).first { number in
      let line = trimmed(text.line(number))
      return line.hasPrefix(name) && trimmed(line.dropFirst(name.count)).hasPrefix(":")
    } ?? 1
  }
}
