import Base
import Language
import Vocabulary

/// The manual to read outside of the prompt, written from the declarations of all that there is.
public struct Manual: Sendable {
  let registry: Registry
  let program: ProgramHelp
  let promptCommands: [(name: String, text: String)]
  let keys: [(name: String, text: String)]

  static let title = "The cnp manual"

  /// - Parameters:
  ///   - registry: the commands and types of the language.
  ///   - program: the subcommands with their options.
  ///   - promptCommands: the lines that are for the prompt itself.
  ///   - keys: what keys do at the prompt.
  public init(
    registry: Registry = standardRegistry(), program: ProgramHelp, promptCommands: [(name: String, text: String)],
    keys: [(name: String, text: String)]
  ) {
    (self.registry, self.program, self.promptCommands, self.keys) = (registry, program, promptCommands, keys)
  }

  /// As Markdown, with links to every heading of a chapter.
  public var markdown: String {
    let document = ManualText(heading: 1, Self.title) { text in
      text.paragraph("Written by `cnp manual`, of cnp \(Engine.version), from the declarations in the program itself.")
    }
    return ([document.markdown + contents] + chapters.map(\.markdown)).joined(separator: "\n")
  }

  /// As one page with all that it needs in it.
  public var html: String { ManualPage(title: Self.title, chapters: chapters).text }

  /// As a page for `man`.
  public var manPage: String {
    ManPage(program: program, promptCommands: promptCommands, keys: keys).text
  }

  private var chapters: [ManualText] {
    [languageChapter, commandsChapter, typesChapter, booksChapter, wordsChapter, methodChapter]
      + [programChapter, promptChapter, codesChapter]
  }

  /// The chapters, each with the headings below it.
  private var contents: String {
    var anchors = ManualAnchors()
    _ = anchors.anchor(of: Self.title)
    var lines: [String] = []
    for chapter in chapters {
      let entries = chapter.headings.map { (level: $0.level, text: $0.text, anchor: anchors.anchor(of: $0.text)) }
      guard let first = entries.first else { continue }
      let rest = entries.dropFirst().filter { $0.level == 3 }.map { "[\($0.text)](#\($0.anchor))" }
      let below = rest.isEmpty ? "" : ": " + rest.joined(separator: ", ")
      lines.append("- [\(first.text)](#\(first.anchor))\(below)")
    }
    return "\n" + lines.joined(separator: "\n") + "\n"
  }
}

/// The fragments of headings, as those make them who show Markdown: small letters, digits and hyphens, repeats numbered.
struct ManualAnchors {
  private var counts: [String: Int] = [:]

  mutating func anchor(of heading: String) -> String {
    let plain = heading.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
    let stem = String(plain.map { $0 == " " ? "-" : $0 })
    let count = counts[stem, default: 0]
    counts[stem] = count + 1
    return count == 0 ? stem : "\(stem)-\(count)"
  }
}
