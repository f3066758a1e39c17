import ArgumentParser
import Books

/// `cnp params`: what may be set of a book.
struct ParamsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "params", abstract: "List the params of a book with type, range, default and help.",
    discussion: """
      They are set by `cnp run BOOK -P name=value`, or by a YAML file after --params. With --json, standard output is an \
      array with an object for each: name, type, default, min, max, choices and help, null where there is none. Exit codes: \
      0 done, 2 the front matter has mistakes.
      """)

  @ArgumentParser.Argument(
    help: "A .cnpbook; - is standard input.", completion: .file(extensions: ["cnpbook"]))
  var book: String
  @Flag(help: "Write them as JSON.")
  var json = false

  func run() throws {
    do {
      let list = try ParameterList(path: book)
      say(json ? list.json : list.text)
    } catch {
      show(error.diagnostics)
      throw ExitCode(ExitStatus.refused.rawValue)
    }
  }
}
