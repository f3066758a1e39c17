import ArgumentParser
import Books
import Language

/// `cnp check`: finds every mistake that can be found without running.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in a book that can be found without running it.",
    discussion: """
      Exit codes: 0 none found, which is said, or warnings alone; 2 mistakes found. With --json, standard output is an array with an \
      object for each: severity (error or warning), code, message, hint (or null), file, start and end. A position has line, column (UTF-16 code units) and \
      byteColumn (UTF-8 bytes), all from 1; the end lies behind the last character.
      """)

  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language; - is standard input.",
    completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String?
  @OptionGroup var options: BookOptions
  @Flag(help: "Write the mistakes to standard output as JSON, for editors.")
  var json = false
  @Flag(help: "Write all codes of mistakes and warnings as Markdown, each with a program that gives it.")
  var codes = false

  func validate() throws {
    if codes == (book != nil) { throw ValidationError("name a book to check, or ask for --codes") }
  }

  func run() throws {
    if codes { return results.write(CodeCatalogue.page()) }
    guard let book else { return }
    let given = try options.given(report: report)
    let grid = try options.grid(given, ofBookAt: book, report: report)
    let found = grid.map { $0.check(bookAt: book) } ?? BookRunner(path: book, parameters: given).check().diagnostics
    report(found)
    if found.errors.isEmpty, !json { say("no mistakes") }
    if !found.errors.isEmpty { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func report(_ mistakes: [Diagnostic]) {
    if json { say(Books.json(of: mistakes)) } else { show(mistakes) }
  }
}
