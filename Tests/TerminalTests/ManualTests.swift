import Base
import Books
import Language
import Terminal
import Testing
import Vocabulary

/// The manual has all that is declared, in every form, and the one in the repository is what the program writes.
@Suite("Manual")
struct ManualTests {
  let folder: TemporaryFolder
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  init() throws { folder = try TemporaryFolder() }

  private func manual(_ arguments: String...) throws -> PipedRun {
    let run = try runPiped(["manual"] + arguments, input: [], in: folder)
    #expect(run.exitCode == 0 && run.errors == "")
    return run
  }

  @Test("The Markdown in the repository is up to date")
  func committed() throws {
    let written = String(decoding: try readFile(Self.root + "/examples/manual/cnp.md"), as: UTF8.self)
    let isCurrent = written == (try manual().output)
    #expect(isCurrent, "write it anew: cnp manual --markdown examples/manual/cnp.md")
  }

  @Test("Every command, label, member, measure, option and code stands in it")
  func isComplete() throws {
    let text = try manual().output
    let registry = standardRegistry()
    let lines = Set(text.split(separator: "\n"))
    for command in registry.commands.values {
      #expect(lines.contains("#### \(command.name)"), "\(command.name)")
      for example in command.help.examples { #expect(text.contains(example), "\(example)") }
      for parameter in command.parameters where parameter.position == .labelled {
        #expect(text.contains("| `\(parameter.name):` |"), "\(parameter.name)")
      }
    }
    for type in registry.types.values {
      #expect(!type.meaning.isEmpty && !type.meaning.hasSuffix("."))
      #expect(lines.contains("### A value: \(type.typeName)"))
      for member in type.members { #expect(text.contains("| `.\(member.name)` |"), "\(member.name)") }
    }
    for entry in CodeCatalogue.chapters.flatMap(\.entries) {
      #expect(text.contains("| `\(entry.code)` |"), "\(entry.code)")
    }
    for option in CellOption.allCases {
      let written = ##"`#\| \##(option.example)`"##
      #expect(text.contains(written), "\(written)")
    }
    for subcommand in ["prompt", "run", "check", "manual", "bench"] { #expect(lines.contains("### cnp \(subcommand)")) }
    for command in PromptCommand.all { #expect(text.contains("| `:\(command.name)")) }
  }

  @Test("Every link leads to a heading, in Markdown as on the page")
  func links() throws {
    for text in [try manual().output, try manual("--html", "-").output] {
      let isPage = text.hasPrefix("<!DOCTYPE")
      let ids =
        isPage
        ? Set(text.matches(of: #/id="([^"]+)"/#).map { String($0.1) })
        : anchors(of: text.split(separator: "\n").filter { $0.hasPrefix("#") && $0.contains(#/^#+ /#) })
      let targets = text.matches(of: isPage ? #/href="#([^"]+)"/# : #/\]\(#([^)]+)\)/#).map { String($0.1) }
      #expect(targets.count > 60)
      for target in targets { #expect(ids.contains(target), "\(target)") }
    }
  }

  /// As those make them who show Markdown.
  private func anchors(of headings: [Substring]) -> Set<String> {
    Set(
      headings.map { heading in
        let words = heading.drop { $0 == "#" }.dropFirst().lowercased()
        return words.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.replacing(" ", with: "-")
      })
  }

  @Test("The page asks the network for nothing")
  func page() throws {
    _ = try manual("--html", "cnp.html")
    let page = try folder.read("cnp.html")
    #expect(page.contains("<h4 id=\"train-gan\">") && page.contains("<span class=\"l\">epochs:</span>"))
    for sign in ["src=", "http:", "https:", "@import", "<script"] { #expect(!page.contains(sign), "\(sign)") }
  }

  @Test("A place that can't be written is told of, and nothing is left there")
  func unwritable() throws {
    let run = try runPiped(["manual", "--html", "missing/cnp.html"], input: [], in: folder)
    #expect(run.exitCode == 3 && run.errors.contains("missing"))
  }

  @Test("man reads its page without a complaint")
  func manPage() throws {
    let page = try manual("--man").output
    #expect(page.hasPrefix(".TH CNP 1 "))
    for name in ["cnp run", "cnp check", "cnp manual"] { #expect(page.contains("\n.SS \(name)\n")) }
    #expect(page.contains("\\-\\-threads") && page.contains(":save FILE"))
    // A line that begins so would be a request.
    for line in page.split(separator: "\n") {
      #expect(line.first != "'" && (line.first != "." || line.dropFirst().first?.isLetter == true), "\(line)")
    }
  }
}
