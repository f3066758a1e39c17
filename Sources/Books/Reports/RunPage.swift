import Base
import Language
import Vocabulary

/// A page about runs, in the looks of a report and in its Markdown: prose, tables, texts and pictures side by side.
struct RunPage {
  enum Part {
    /// Markdown, without headings of the first level.
    case prose(String)
    case table(TableValue)
    /// A text that is set as it is, line by line.
    case text(String)
    case pictures([Picture])
  }

  /// A PNG file with what stands below it.
  struct Picture {
    let caption: String
    /// `nil` where there is none, and `missing` says so.
    let png: [UInt8]?
    let missing: String

    init(caption: String, png: [UInt8]?, missing: String = "") {
      (self.caption, self.png, self.missing) = (caption, png, missing)
    }
  }

  let title: String
  let parts: [Part]
  /// What the page is, for whoever would replace it.
  let kind: String

  init(kind: String, title: String, parts: [Part]) { (self.kind, self.title, self.parts) = (kind, title, parts) }

  /// Whether a file is such a page.
  static func isPage(_ path: String, of kind: String) -> Bool {
    guard let bytes = try? fileBytes(path, limit: 256 << 20) else { return false }
    return String(decoding: bytes.prefix(2000), as: UTF8.self).contains(mark(kind))
  }

  private static func mark(_ kind: String) -> String { "<meta name=\"description\" content=\"\(kind)\"/>" }

  /// `report.html` of these parts: one file, as every report.
  var html: String {
    var tableCount = 0
    let sections = parts.map { part -> [String: Any] in
      switch part {
      case .prose(let markdown): return ["prose": ["html": Self.html(ofProse: markdown)]]
      case .text(let text): return Self.cell(["text": ["text": visible(text)]])
      case .pictures(let pictures): return Self.cell(["pair": ["sides": pictures.map(Self.side)]])
      case .table(let table):
        tableCount += 1
        return Self.cell(["table": HTMLTable(table, number: tableCount).entry])
      }
    }
    return HTMLTemplates.page.render(
      [
        "kind": kind, "title": title, "heading": title, "style": HTMLStyle.text, "script": HTMLScript.text,
        "scriptDigest": HTMLScript.digest, "engine": Engine.version, "sections": sections,
      ] as [String: Any])
  }

  /// The same without pictures.
  var markdown: String {
    let texts = parts.compactMap { part -> String? in
      switch part {
      case .prose(let markdown): markdown
      case .table(let table): Books.markdown(of: table)
      case .text(let text): fenced(visible(text), info: "diff")
      case .pictures: nil
      }
    }
    return (["# \(escapedMarkdown(title))"] + texts).joined(separator: "\n\n") + "\n"
  }

  private static func cell(_ output: [String: Any]) -> [String: Any] { ["part": ["outputs": [output]]] }

  private static func side(_ picture: Picture) -> [String: Any] {
    var side: [String: Any] = [
      "caption": visible(picture.caption), "alternative": visible(picture.caption), "missing": picture.missing,
    ]
    side["address"] = picture.png.map { dataAddress($0, type: "image/png") }
    return side
  }

  /// As the prose of a book is rendered.
  private static func html(ofProse markdown: String) -> String {
    let text = BookText("---\ncnpbook: 1\n---\n\n\(markdown)\n", name: "page")
    let (book, _) = BookReader.read(text, registry: Registry(commands: [], types: []))
    return book.sections.map { if case .prose(let prose) = $0 { prose.html } else { "" } }.joined()
  }
}
