import ArgumentParser
import Books
import Kernels
import Language

/// `cnp export`: writes what a run has left in another form; no cell runs again.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what a run has left as a page, Markdown, a Jupyter notebook, a script or a PDF.",
    discussion: """
      Nothing runs again: the results are those that `cnp run` has kept of the book as it is now, with the same params. \
      --html and --md are the reports, --ipynb a notebook with all outputs, --script the cells as a plain script of the same \
      numbers, --pdf the page on paper, printed by Chromium. Exit codes: 0 done, 2 mistakes found by checking, or a cell \
      that has not run; 3 something could not be written.
      """)

  enum Format: String, EnumerableFlag {
    case html, md, ipynb, script, pdf

    var exported: ExportFormat {
      switch self {
      case .html: .html
      case .md: .markdown
      case .ipynb: .notebook
      case .script: .script
      case .pdf: .pdf
      }
    }
  }

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(
    help: "A .cnpbook, or a script of the same language.", completion: .file(extensions: ["cnpbook", "cnp"]))
  var book: String
  @Flag(help: "What to write.")
  var format: Format
  @OptionGroup var options: BookOptions
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file, which is replaced where there is one; left out, one beside the book that is not there yet.")
  var output: String?

  func validate() throws {
    if book == "-" { throw ValidationError("nothing is kept of what comes through a pipe: export a file") }
  }

  func run() throws {
    try machine.prepare()
    let runner = BookRunner(path: book, parameters: try options.given(report: show), threads: Workers.count)
    let path = output ?? exportPath(ofBook: book, format.exported)
    do {
      let stored = try runner.stored()
      try Export(stored).write(format.exported, to: path, isReplacing: output != nil)
    } catch let refused as RefusedBook {
      show(refused.mistakes)
      throw ExitCode(ExitStatus.refused.rawValue)
    } catch let error as BookFileError {
      complain("error[\(error.code)]: \(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    say("written: \(path)")
  }
}
