import ArgumentParser
import Books
import Glibc
import Kernels
import Language
import Terminal

/// What a book is run or checked with.
struct BookOptions: ParsableArguments {
  @Option(
    name: [.customShort("P"), .customLong("param")],
    help:
      "A value for one of the book's params: -P name=value, -Pname=value. A path starts at the working folder, or at your home with ~/."
  )
  var parameters: [String] = []

  @Option(
    name: .customLong("params"), help: "A YAML file with values for the book's params; paths in it start at its folder."
  )
  var parameterFiles: [String] = []

  /// Values from files first, so that those on the command line replace them. Ends the program where something is wrong
  /// with them.
  ///
  /// - Parameter report: shows what is wrong.
  func given(report: ([Diagnostic]) -> Void) throws -> [ParameterValues.Given] {
    var given: [ParameterValues.Given] = []
    var mistakes: [Diagnostic] = []
    for file in parameterFiles {
      do { given += try ParameterValues.read(file: file) } catch { mistakes += error.diagnostics }
    }
    for argument in parameters {
      do { given.append(try ParameterValues.Given(argument: argument)) } catch { mistakes.append(error) }
    }
    guard mistakes.isEmpty else {
      report(mistakes)
      throw ExitCode(ExitStatus.refused.rawValue)
    }
    return given
  }
}

/// `cnp run`: replays a book or a script and writes its report.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay a book or a script: report, figures and metrics.",
    discussion: """
      Everything is checked before anything runs. `cnp run -` reads a script, or a book, from standard input; its paths \
      start at the working folder. `help books` at the prompt shows how a book is written. Exit codes: 0 done, 1 not as it is on record, 2 mistakes found by checking, 3 a cell failed \
      or something could not be written, 4 interrupted or out of time.
      """)

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language; - is standard input.",
    completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String
  @OptionGroup var options: BookOptions
  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The output folder; left out, <book>.out, or stdin.out.")
  var outputFolder: String?
  @Flag(name: [.short, .long], help: "Print nothing but mistakes.")
  var quiet = false
  @Flag(help: "Run every cell, and keep nothing in the .cnp/cache beside the book.")
  var noCache = false
  @Option(help: "How much the cache may hold, such as 500M or 8G; what was not of use for longest goes first.")
  var cacheLimit: ByteCount = ByteCount(bytes: 8 << 30)
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
    let runner = BookRunner(
      path: book, parameters: try options.given(report: show), outputFolder: outputFolder, threads: Workers.count,
      cancellation: interruption.cancellation, cacheLimit: noCache ? nil : cacheLimit.bytes)
    // Until standard input has been read there is nothing to stop gently.
    interruption.install()
    let observer = LineObserver { line in
      say(line)
      // Nobody reads any more: the run stops as by Ctrl-C, and leaves the report of what ran.
      if results.hasLostReader { interruption.cancellation.request() }
    }
    let outcome = runner.run(
      check ? .check : update ? .update : .replay, observer: quiet || check ? nil : observer, warn: show,
      tell: { [json] verdict in if !json { say(visible(verdict.sentence, isRow: true)) } })
    show(outcome.mistakes)
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
