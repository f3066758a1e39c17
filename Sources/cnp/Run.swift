import ArgumentParser
import Base
import Books
import Glibc
import Kernels
import Language
import Terminal

/// `cnp run`: replays a book or a script and writes its report.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Replay a book or a script: report, figures and metrics.",
    discussion: """
      Everything is checked before anything runs. `cnp run -` reads a script, or a book, from standard input; its paths \
      start at the working folder. `help books` at the prompt shows how a book is written.

      A param that is a number, a truth or a choice may have several values: -P width=8,16 -P seed=1..3 runs all six \
      combinations, each into a folder of its own below <book>.grid, and puts one table of their metrics in \
      <book>.grid/table. `seed` is the book's own seed where no param has that name.

      `mpirun -n 4 cnp run BOOK`, with a build made by `make build MPI=1`, runs it on four ranks, which share out the work of \
      compare, tune, predict and segment, and the batches of a training; the results are the same bits, and the first rank \
      alone writes and talks.

      Exit codes: 0 done, 1 not as it is on record, 2 mistakes found by checking, 3 a cell failed or something could not be \
      written, 4 interrupted or out of time.
      """)

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language; - is standard input.",
    completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String
  @OptionGroup var options: BookOptions
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: """
      The output folder; left out, <book>.out, or stdin.out; of a grid <book>.grid. It stands beside the book; in the working \
      folder where nothing may be written beside it, or where the book comes with the program.
      """)
  var outputFolder: String?
  @Flag(name: [.short, .long], help: "Print nothing but mistakes.")
  var quiet = false
  @Flag(help: "Run every cell, and keep nothing in the .cnp/cache beside the book.")
  var noCache = false
  @OptionGroup var cacheSize: CacheSize
  @OptionGroup var bounds: RunBounds
  @Flag(help: "Compare what comes out with what is on record; exit code 1 where it differs.")
  var check = false
  @Flag(help: "Put on record what comes out: `out` fences in the book, <book>.lock, <book>.ref.")
  var update = false
  @Flag(help: "With --check: write what was found as JSON to standard output, and nothing else.")
  var json = false

  func validate() throws {
    if check, update { throw ValidationError("--check compares with the record, --update writes it: choose one") }
    if json, !check { throw ValidationError("--json is for --check") }
  }

  func run() throws {
    try machine.prepare()
    if machine.threads == nil { RankStart.adviseOnBinding() }
    bounds.apply()
    let given = try options.given(report: show)
    if let grid = try options.grid(given, ofBookAt: book, report: show) { return try run(grid) }
    let runner = runner(given, into: outputFolder)
    // Until standard input has been read there is nothing to stop gently.
    interruption.install()
    let outcome = runner.run(
      check ? .check : update ? .update : .replay, observer: check ? nil : observer, warn: show,
      tell: { [json] verdict in if !json { say(visible(verdict.sentence, isRow: true)) } })
    show(outcome.mistakes)
    if quiet, outcome.status == .stopped {
      complain("stopped: interrupted, or out of time; the next run goes on from there")
    }
    if let comparison = outcome.comparison { report(comparison, outcome) }
    if json {
      if outcome.status != .success { throw ExitCode(outcome.status.rawValue) }
      return
    }
    if let folder = outcome.outputFolder, !quiet { say("report: \(folder)/report.html") }
    if outcome.status != .success { throw ExitCode(outcome.status.rawValue) }
  }
}

extension Run {
  private func runner(_ given: [ParameterValues.Given], into folder: String?) -> BookRunner {
    BookRunner(
      path: book, parameters: given, outputFolder: folder, threads: Workers.count,
      cancellation: interruption.cancellation, cacheLimit: noCache ? nil : cacheSize.limit.bytes,
      cellSeconds: bounds.cellSeconds)
  }

  /// `nil` where nothing is to be said.
  private var observer: LineObserver? {
    if quiet || !Ranks.current.isFirst { return nil }
    return LineObserver { line in
      say(line)
      // Nobody reads any more: the run stops as by Ctrl-C, and leaves the report of what ran.
      if results.hasLostReader { interruption.cancellation.request() }
    }
  }

  /// Runs all combinations of the params' values.
  private func run(_ grid: ParameterGrid) throws {
    if check || update { throw ValidationError("a record is of one value for each param: give one") }
    interruption.install()
    let outcome = GridRunner(grid, ofBookAt: book, outputFolder: outputFolder, runner(_:into:)).run(
      observer: observer, announce: { [quiet] in if !quiet { say(visible($0, isRow: true)) } }, warn: show, report: show
    )
    show(outcome.mistakes)
    if !quiet {
      for table in outcome.tables { say("\n" + visible(table.display)) }
      if let folder = outcome.tableFolder { say("\nreport: \(folder)/report.html") }
    }
    if outcome.status != .success { throw ExitCode(outcome.status.rawValue) }
  }

  /// Says how a run compares with the record, or what of that was written.
  private func report(_ comparison: RecordComparison, _ outcome: BookRunner.RunOutcome) {
    if json { return say(Books.json(of: comparison)) }
    guard check else {
      if !quiet, !comparison.written.isEmpty { say("on record: \(comparison.written.joined(separator: ", "))") }
      return
    }
    for file in comparison.files { say(visible(file, isRow: true)) }
    for label in comparison.missing { say("\(label): on record, and not in the book") }
    if !quiet, !comparison.diff.isEmpty { say(visible(comparison.diff)) }
    if let corrected = comparison.written.first { say("as it is now: \(corrected)") }
    say(comparison.cells.totals)
  }
}

/// Writes mistakes and warnings to standard error, with their place and a caret; in colour where the prompt would use it.
func show(_ mistakes: [Diagnostic]) {
  let hasColour = Screen().coloursErrors
  for mistake in mistakes { writeToStandardError(render(mistake, colour: hasColour) + "\n") }
  let counts = [(mistakes.errors.count, "mistake"), (mistakes.warnings.count, "warning")].filter { $0.0 > 0 }
  if mistakes.count > 1 {
    let words = counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    writeToStandardError(words.joined(separator: ", ") + "\n")
  }
}
