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
    let folder = absolutePath(outputFolder ?? ProgramFile(path).gridFolder, from: workingFolder())
    self.folder = folder
    runners = grid.combinations.map { make($0.given, joinPath(folder, $0.folder)) }
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
    let mistakes = withoutRepetition(runners.flatMap { $0.prepare(isRunning: true).mistakes.errors })
    guard mistakes.isEmpty else { return Outcome(status: .refused, mistakes: mistakes, tableFolder: nil, tables: []) }
    var runs: [GridReport.Run] = []
    var title = ""
    for (index, (runner, combination)) in zip(runners, grid.combinations).enumerated() {
      announce("[\(index + 1)/\(runners.count)] \(combination.words)")
      let outcome = runner.run(observer: observer, warn: index == 0 ? warn : { _ in })
      report(outcome.mistakes)
      if let book = outcome.replay?.book { title = book.frontMatter.title ?? fileName(of: book.text.source.name) }
      runs.append(GridReport.Run(combination, outcome))
      let table = GridReport(title: title, axes: grid.axes, runs: runs)
      do throws(BookFileError) { try table.write(below: folder) } catch {
        return Outcome(status: .failed, mistakes: [runner.mistake(error)], tableFolder: nil, tables: table.tables)
      }
      if outcome.status == .stopped, runner.cancellation.isRequested { break }
    }
    let order: [ExitStatus] = [.stopped, .failed, .refused]
    return Outcome(
      status: order.first { status in runs.contains { $0.status == status } } ?? .success, mistakes: [],
      tableFolder: joinPath(folder, GridReport.folder),
      tables: GridReport(title: title, axes: grid.axes, runs: runs).tables)
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
