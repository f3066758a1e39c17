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
      book has read counts as the book itself. The report, once opened in a browser, loads itself again after each run. \
      Ctrl-C ends the watch.
      """)

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language.", completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String
  @OptionGroup var options: BookOptions
  @Option(name: [.customShort("o"), .customLong("output")], help: "The output folder; left out, <book>.out.")
  var outputFolder: String?
  @OptionGroup var cacheSize: CacheSize
  @OptionGroup var bounds: RunBounds

  func validate() throws {
    if book == "-" { throw ValidationError("what comes through a pipe can't be saved again: watch a file") }
  }

  func run() throws {
    try machine.prepare()
    bounds.apply()
    let given = try options.given(report: show)
    interruption.install()
    let watcher = BookWatcher([book] + options.parameterFiles, until: interruption.cancellation) { cancellation in
      BookRunner(
        path: book, parameters: (try? options.given(report: { _ in })) ?? given, outputFolder: outputFolder,
        threads: Workers.count, cancellation: cancellation,
        cacheLimit: cacheSize.limit.bytes, cellSeconds: bounds.cellSeconds, isWatched: true)
    }
    let observer = LineObserver { line in
      say(line)
      if results.hasLostReader { interruption.cancellation.request() }
    }
    watcher.watch(
      observer: observer, warn: show,
      tell: { outcome in
        show(outcome.mistakes)
        if let folder = outcome.outputFolder { say("report: \(folder)/report.html") }
        if !interruption.cancellation.isRequested { say("watching; Ctrl-C ends it") }
      },
      announce: { reason in say("\n\(visible(reason, isRow: true))") })
  }
}
