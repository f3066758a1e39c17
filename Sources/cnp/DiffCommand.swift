import ArgumentParser
import Base
import Books

/// `cnp diff`: what is not the same in two runs.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two runs of a book: settings, metrics and figures side by side, on one page.",
    discussion: """
      Runs are named by the folders that `cnp run` has written, or by their books: cnp diff width-8.out width-16.out. The \
      page is one file. Times and the machine are shown and are no difference. Exit codes: 0 the same, 1 different, 2 no run \
      is there, 3 the page could not be written.
      """)

  @ArgumentParser.Argument(help: "The output folder of a run, or a book.", completion: .directory)
  var before: String
  @ArgumentParser.Argument(help: "That of another run.", completion: .directory)
  var after: String
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The page, which is replaced where there is one; left out, diff.html, if that is not there yet.")
  var output: String?
  @Flag(name: [.short, .long], help: "Write no page, and print nothing: the exit code says it.")
  var quiet = false

  func run() throws {
    do {
      let difference = try RunDifference(before, after)
      if !quiet {
        let path = output ?? "diff.html"
        for line in difference.lines { say(line) }
        do { try difference.write(to: path, isReplacing: output != nil) } catch {
          throw fail(error, .failed)
        }
        say("written: \(path)")
      }
      if !difference.isSame { throw ExitCode(ExitStatus.different.rawValue) }
    } catch let error as BookFileError { throw fail(error, .refused) }
  }

  private func fail(_ error: BookFileError, _ status: ExitStatus) -> ExitCode {
    complain("error[\(error.code)]: \(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
    return ExitCode(status.rawValue)
  }
}
