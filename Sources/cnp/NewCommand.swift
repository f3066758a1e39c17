import ArgumentParser
import Books

/// `cnp new`: writes a small book to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small book to begin with, which runs in seconds.",
    discussion: """
      A file that is there is never replaced. Templates: \
      \(BookTemplate.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: ", ")).
      """)

  @ArgumentParser.Argument(help: "The name of the book; the ending .cnpbook may be left out.", completion: .file())
  var name: String
  @Option(help: "What the book begins with.")
  var template = BookTemplate.quickstart

  func run() throws {
    do {
      let path = try template.write(as: name)
      say("\(path): cnp run \(path)")
    } catch {
      complain("error[\(error.code)]: \(error.message)" + (error.hint.map { "\n  = help: \($0)" } ?? ""))
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}

extension BookTemplate: ExpressibleByArgument {}
