import Base
import Language
import Vocabulary

/// Runs a book once for every combination of a grid, each into a folder of its own, and keeps one table of their metrics.
public struct GridRunner {
  /// How the runs ended.
  public struct Outcome: Sendable {
    /// The first of: stopped, failed, refused, success.
    public let status: ExitStatus
    public let mistakes: [Diagnostic]
    /// The folder of the table; `nil` where nothing ran.
    public let tableFolder: String?
    /// For a screen.
    public let tables: [TableValue]
  }

  private let grid: ParameterGrid
  /// One a combination.
  private let runners: [BookRunner]
  private let folder: String

  /// - Parameters:
  ///   - path: of the book.
  ///   - outputFolder: of the folders of all runs; `<book>.grid` beside the book where it is `nil`.
  ///   - make: a runner with these values, which writes into that folder.
  public init(
    _ grid: ParameterGrid, ofBookAt path: String, outputFolder: String?,
    _ make: (_ given: [ParameterValues.Given], _ outputFolder: String) -> BookRunner
  ) {
    self.grid = grid
    let folder = absolutePath(
      outputFolder ?? ProgramFile(path).gridFolder(from: workingFolder()), from: workingFolder())
    self.folder = folder
    // All runs are of one text, even where somebody saves the book meanwhile.
    let file = ProgramFile(path).asItIs(from: workingFolder())
    runners = grid.combinations.map { make($0.given, joinPath(folder, $0.folder)).reading(file) }
  }

  /// Checks all runs, then runs one after another; one that fails does not keep the others from running, one that is
  /// interrupted does. The table is written anew after each.
  ///
  /// - Parameters:
  ///   - announce: is told of each run before it starts.
  ///   - warn: is given what checking warns of, once.
  ///   - report: is given what stopped a run.
  public func run(
    observer: (any ReplayObserver)? = nil, announce: (String) -> Void = { _ in },
    warn: ([Diagnostic]) -> Void = { _ in }, report: ([Diagnostic]) -> Void = { _ in }
  ) -> Outcome {
    var mistakes = withoutRepetition(runners.flatMap { $0.prepare(isRunning: true).mistakes.errors })
    if mistakes.isEmpty { mistakes = obstacles.map { runners[0].mistake($0) } }
    guard mistakes.isEmpty else { return Outcome(status: .refused, mistakes: mistakes, tableFolder: nil, tables: []) }
    var runs: [GridReport.Run] = []
    var (title, common) = ("", [(name: String, value: String)]())
    var tables: [TableValue] = []
    for (index, (runner, combination)) in zip(runners, grid.combinations).enumerated() {
      announce("[\(index + 1)/\(runners.count)] \(combination.words)")
      let outcome = runner.run(observer: observer, warn: index == 0 ? warn : { _ in })
      report(outcome.mistakes)
      if let replay = outcome.replay {
        title = replay.book.frontMatter.title ?? fileName(of: replay.book.text.source.name)
        common = facts(of: replay)
      }
      runs.append(GridReport.Run(combination, outcome))
      let table = GridReport(title: title, common: common, axes: grid.axes, runs: runs, runCount: runners.count)
      tables = table.tables
      do throws(BookFileError) { try write(table) } catch {
        return Outcome(status: .failed, mistakes: [runner.mistake(error)], tableFolder: nil, tables: tables)
      }
      if outcome.status == .stopped, runner.cancellation.isAgreed(by: Ranks.current) { break }
    }
    let order: [ExitStatus] = [.stopped, .failed, .refused]
    return Outcome(
      status: order.first { status in runs.contains { $0.status == status } } ?? .success, mistakes: [],
      tableFolder: joinPath(folder, GridReport.folder), tables: tables)
  }
}

extension GridRunner {
  /// Writes the table, on the first of several ranks; all know what comes of it.
  private func write(_ table: GridReport) throws(BookFileError) {
    let failure: SharedFailure?? = try? Ranks.current.ofFirst {
      do throws(BookFileError) { try table.write(below: folder) } catch { return SharedFailure(error) }
      return nil
    }
    if let failure = failure ?? nil { throw failure.error }
  }

  /// What a run has in common with all others.
  private func facts(of replay: Replay) -> [(name: String, value: String)] {
    let varied = Set(grid.axes.map(\.name))
    let seed: [(name: String, value: String)] =
      varied.contains(BookParameter.seedName) ? [] : [("seed", String(replay.book.frontMatter.seed))]
    let params = replay.parameters.filter { !varied.contains($0.name) && $0.name != BookParameter.seedName }
    return [("book", fileName(of: replay.book.text.source.name)), ("engine", "cnp \(Engine.version)")] + seed
      + params.map { ("param \($0.name)", $0.text) }
  }

  /// Why results can't be put where they belong: found before hours are spent on them.
  private var obstacles: [BookFileError] {
    if pathKind(joinPath(folder, RunManifest.name)) != nil {
      return [
        BookFileError(
          "output-folder-taken", "\(folder) is the output folder of a single run", hint: "name another by `-o`")
      ]
    }
    let folders = grid.combinations.map(\.folder) + [GridReport.folder]
    return folders.compactMap { OutputFolder.obstacle(at: joinPath(folder, $0)) }
  }
}

extension GridReport.Run {
  fileprivate init(_ combination: ParameterGrid.Combination, _ outcome: BookRunner.RunOutcome) {
    self.combination = combination
    status = outcome.status
    let records = outcome.replay?.records ?? []
    seconds = records.reduce(0) { $0 + $1.seconds }
    measured = MetricsFiles(records).measured
  }
}

extension ParameterGrid {
  /// What checking finds of a book with any of the combinations.
  public func check(bookAt path: String) -> [Diagnostic] {
    withoutRepetition(combinations.flatMap { BookRunner(path: path, parameters: $0.given).check().diagnostics })
  }
}

private func withoutRepetition(_ mistakes: [Diagnostic]) -> [Diagnostic] {
  mistakes.reduce(into: []) { found, mistake in
    if !found.contains(where: { $0.sameAs(mistake) }) { found.append(mistake) }
  }
}

extension Diagnostic {
  /// Whether it says the same of the same place.
  fileprivate func sameAs(_ other: Diagnostic) -> Bool {
    code == other.code && message == other.message && line == other.line && source.name == other.source.name
  }
}
