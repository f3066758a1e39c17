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
      start at the working folder. `help books` at the prompt shows how a book is written. Exit codes: 0 done, 2 mistakes found by checking, 3 a cell failed \
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
  @Flag(help: .hidden)
  var check = false

  func validate() throws {
    if check { throw ValidationError("to find mistakes without running: cnp check \(book)") }
  }

  func run() throws {
    try machine.prepare()
    let runner = BookRunner(
      path: book, parameters: try options.given(report: show), outputFolder: outputFolder, threads: Workers.count,
      cancellation: interruption.cancellation)
    // Until standard input has been read there is nothing to stop gently.
    interruption.install()
    let observer = LineObserver { line in
      say(line)
      // Nobody reads any more: the run stops as by Ctrl-C, and leaves the report of what ran.
      if results.hasLostReader { interruption.cancellation.request() }
    }
    let outcome = runner.run(observer: quiet ? nil : observer, warn: show)
    show(outcome.mistakes)
    if let folder = outcome.outputFolder, !quiet { say("report: \(folder)/report.html") }
    if outcome.status != .success { throw ExitCode(outcome.status.rawValue) }
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
