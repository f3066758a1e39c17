import ArgumentParser
import Base
import Books
import Terminal

/// `cnp manual`: the manual, to read outside of the prompt.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual: the language, every command, books, measures and codes.",
    discussion: """
      Without an option it is written to standard output as Markdown. A FILE is written whole, in place of what it was; \
      - is standard output.
      """)

  @Option(help: ArgumentHelp("Write one HTML page that needs nothing else.", valueName: "file"), completion: .file())
  var html: String?
  @Option(help: ArgumentHelp("Write Markdown.", valueName: "file"), completion: .file())
  var markdown: String?
  @Flag(help: "Write the page for man to standard output.")
  var man = false

  func run() throws {
    let manual = Manual(
      program: ProgramHelp(json: CNP._dumpHelp()), promptCommands: PromptCommand.rows, keys: PromptCommand.keys)
    if let html { try put(manual.html, html) }
    if let markdown { try put(manual.markdown, markdown) }
    if man { results.write(manual.manPage) }
    if html == nil && markdown == nil && !man { results.write(manual.markdown) }
  }

  private func put(_ text: String, _ path: String) throws {
    guard path != "-" else { return results.write(text) }
    do throws(FileError) { try writeFile(text, to: absolutePath(path, from: workingFolder())) } catch {
      complain("error: \(error.message)")
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
