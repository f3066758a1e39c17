import ArgumentParser
import Base
import Books
import Language

/// `cnp fmt`: sets the cells of books and the lines of scripts in the usual form.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Set books and scripts in the usual form; what they do stays the same.",
    discussion: """
      Options of a cell come in one order, programs have one space around operators and two of indentation a level, \
      fences a blank line around them; comments and lines stay. A file in which something can't be read is left as it is. \
      Exit codes: 0 done, 1 with --check where something would change, 2 mistakes, 3 a file could not be written.
      """)

  @ArgumentParser.Argument(
    help: "Books and scripts; - is standard input, which is answered on standard output.",
    completion: .file(extensions: ["cnpbook", "cnp"]))
  var files: [String]
  @Flag(help: "Change nothing, and name the files that would change.")
  var check = false
  @Flag(help: "Change nothing, and print what would change.")
  var diff = false

  func run() throws {
    var status = ExitStatus.success
    for file in files { status = worse(status, try format(file)) }
    if status != .success { throw ExitCode(status.rawValue) }
  }

  private func format(_ file: String) throws -> ExitStatus {
    let book: FormattedBook
    do { book = try FormattedBook(path: file) } catch {
      show(error.diagnostics)
      return .refused
    }
    if diff { results.write(visible(book.diff)) }
    if check {
      if book.isChanged, !diff { say(book.name) }
      return book.isChanged ? .different : .success
    }
    if diff { return .success }
    if file == "-" {
      results.write(book.text)
    } else if book.isChanged {
      do throws(FileError) { try writeFile(book.text, to: resolvedPath(file) ?? file) } catch {
        complain("error: \(error.message)")
        return .failed
      }
      say("formatted \(file)")
    }
    return .success
  }

  private func worse(_ left: ExitStatus, _ right: ExitStatus) -> ExitStatus {
    left.rawValue >= right.rawValue ? left : right
  }
}
