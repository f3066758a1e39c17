import ArgumentParser
import Books
import Kernels
import Language
import Terminal

/// `cnp watch`: a report that follows its book.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Replay a book whenever it is saved, and keep its open report up to date.",
    discussion: """
      Cells of which nothing has changed come from the cache, so that a change of a figure shows at once. A file that the \
      book has read counts as the book itself. watch.html in the output folder, once opened in a \
      browser, loads itself again after each run; report.html is the report as ever. Ctrl-C ends the watch.
      """)

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language.", completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String
  @OptionGroup var options: BookOptions
  @Option(name: [.customShort("o"), .customLong("output")], help: "The output folder; left out, <book>.out.")
  var outputFolder: String?
  @Flag(name: [.short, .long], help: "Print nothing but mistakes, and when a run has ended.")
  var quiet = false
  @OptionGroup var cacheSize: CacheSize
  @OptionGroup var bounds: RunBounds

  func validate() throws {
    if book == "-" { throw ValidationError("what comes through a pipe can't be saved again: watch a file") }
  }

  func run() throws {
    try machine.prepare()
    bounds.apply()
    let given = try options.given(report: show)
    if try options.grid(given, ofBookAt: book, report: show) != nil {
      throw ValidationError("watch takes one value for each param; `cnp run` runs them all")
    }
    let mistyped = BookRunner(path: book, parameters: given).check().mistakes.filter { mistake in
      // No saving can mend these.
      mistake.source.name == ParameterValues.commandLine || mistake.code == "file-missing"
    }
    guard mistyped.isEmpty else {
      show(mistyped)
      throw ExitCode(ExitStatus.refused.rawValue)
    }
    interruption.install()
    let watcher = BookWatcher([book] + options.parameterFiles, until: interruption.cancellation) {
      cancellation throws(BookMistakes) in
      BookRunner(
        path: book, parameters: try options.given(), outputFolder: outputFolder,
        threads: Workers.count, cancellation: cancellation,
        cacheLimit: cacheSize.limit.bytes, cellSeconds: bounds.cellSeconds, isWatched: true)
    }
    let observer = LineObserver { [quiet] line in
      if !quiet { say(line) }
      if results.hasLostReader { interruption.cancellation.request() }
    }
    watcher.watch(
      observer: observer, warn: show,
      tell: { outcome in
        show(outcome.mistakes)
        if let folder = outcome.outputFolder { say("report that follows: \(folder)/\(BookWatcher.reportName)") }
        if !interruption.cancellation.isRequested { say("watching; Ctrl-C ends it") }
      },
      announce: { reason in say("\n\(visible(reason, isRow: true))") })
  }
}
