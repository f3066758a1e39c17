import Base
import Figures
import Language
import Mustache
import Vocabulary

/// `report.html`: one file with everything in it, for screens, phones and paper.
struct HTMLReport {
  private let replay: Replay
  private let facts: RunFacts
  private let bookFolder: String
  private let watch: WatchScript?
  /// By the start of their files' names.
  private let drawn: [String: DrawnFigure]
  private let showsContents: Bool
  private let headings: [Heading]

  /// Fewer headings than this need no table of contents.
  private static let fewestHeadings = 4

  init(replay: Replay, facts: RunFacts, bookFolder: String, drawn: [String: DrawnFigure], watch: WatchScript? = nil) {
    self.watch = watch
    self.replay = replay
    self.facts = facts
    self.bookFolder = bookFolder
    self.drawn = drawn
    headings = replay.book.sections.flatMap { section -> [Heading] in
      if case .prose(let prose) = section { prose.headings.filter { $0.level == 2 || $0.level == 3 } } else { [] }
    }
    showsContents = headings.count >= HTMLReport.fewestHeadings
  }

  var text: String {
    let frontMatter = replay.book.frontMatter
    let title = frontMatter.title ?? fileName(of: replay.book.text.source.name)
    var page: [String: Any] = [
      "title": title, "style": HTMLStyle.text, "script": HTMLScript.text, "scriptDigest": HTMLScript.digest,
      "engine": Engine.version,
      "run": [
        "facts": facts.lines.map { ["name": $0.name, "value": $0.value] },
        "cells": replay.records.map(timing(of:)),
      ],
    ]
    var sections = sections
    if opensWithTitle, let (opening, rest) = openingHeading(of: sections) {
      page["opening"] = opening
      sections[0] = ["prose": ["html": rest]]
    } else {
      page["heading"] = title
    }
    page["sections"] = sections
    if !frontMatter.authors.isEmpty { page["authors"] = frontMatter.authors.joined(separator: ", ") }
    if showsContents {
      let entries = headings.map { ["level": "\($0.level)", "anchor": $0.anchor, "html": $0.html] }
      page["contents"] = ["entries": entries]
    }
    if let watch { page["watch"] = watch.entry }
    if let notice { page["notice"] = notice }
    return HTMLTemplates.page.render(page)
  }

  /// Whether the book's own first heading is at the top of the page.
  private var opensWithTitle: Bool {
    guard case .prose(let prose)? = replay.book.sections.first else { return false }
    return prose.headings.first?.level == 1 && prose.html.hasPrefix("<h1")
  }

  /// The book's own title, which authors and contents follow, and the rest of its section.
  private func openingHeading(of sections: [[String: Any]]) -> (opening: String, rest: String)? {
    guard let prose = sections.first?["prose"] as? [String: String], let html = prose["html"],
      let end = html.firstRange(of: "</h1>")
    else { return nil }
    return (String(html[..<end.upperBound]), String(html[end.upperBound...]))
  }

  /// Says at the top that the run did not reach the end.
  private var notice: [String: Any]? {
    for record in replay.records {
      let cell: [String: Any] = ["label": record.cell.label]
      switch record.ending {
      case .failed(let diagnostic):
        return cell.merging(["text": "The run stopped at line \(diagnostic.line) of the book: \(diagnostic.message)."])
        { $1 }
      case .timedOut(let seconds):
        return cell.merging(["text": "The run stopped: a cell ran longer than \(plain(seconds)) s."]) { $1 }
      case .interrupted: return cell.merging(["text": "The run was interrupted."]) { $1 }
      case .finished, .skipped, .failedAsExpected, .notReached: continue
      }
    }
    return nil
  }

  private var sections: [[String: Any]] {
    var records = replay.records.makeIterator()
    var numbers = Numbers()
    return replay.book.sections.compactMap { section in
      switch section {
      case .prose(let prose): return ["prose": ["html": html(of: prose)]]
      case .cell: return records.next().map { ["cell": cell($0, &numbers)] }
      }
    }
  }

  /// How many figures and tables there were, and which drawings.
  private struct Numbers {
    var figures = 0
    var tables = 0
    var drawings: Set<[UInt8]> = []
  }

  /// With its images in it, links to its headings, and tables that scroll inside themselves.
  private func html(of prose: Prose) -> String {
    var html = withEmbeddedImages(prose, bookFolder: bookFolder)
    for heading in prose.headings {
      let end = "</h\(heading.level)>"
      let written = "<h\(heading.level) id=\"\(heading.anchor)\">\(heading.html)"
      let link = "<a class=\"anchor\" href=\"#\(heading.anchor)\" aria-label=\"Link to this section\">#</a>"
      if let range = html.firstRange(of: written + end) { html.replaceSubrange(range, with: written + link + end) }
    }
    // Text of the book has no tags of its own in it.
    return html.replacing(
      "<table>", with: "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>"
    ).replacing("</table>", with: "</table></div>")
  }

  private func cell(_ record: CellRecord, _ numbers: inout Numbers) -> [String: Any] {
    var cell: [String: Any] = ["label": record.cell.label]
    if record.cell.options.isSolution { cell["solution"] = true }
    if record.cell.options.echo { cell["code"] = highlightedCode(record.cell.code) }
    var outputs: [[String: Any]] = []
    for output in record.outputs {
      switch output.shown {
      case .text(let text): outputs.append(["text": ["text": visible(text)]])
      case .figure(let figure):
        outputs.append(["figure": entry(figure, of: output, &numbers)])
      case .table(let table): outputs.append(["table": entry(table, &numbers)])
      case .metrics(let metrics): outputs.append(["table": entry(metrics.table, &numbers)])
      }
    }
    cell["outputs"] = outputs
    switch record.ending {
    case .finished: break
    case .skipped(let reason): cell["note"] = reason.isEmpty ? "Skipped." : "Skipped: \(reason)"
    case .failedAsExpected(let diagnostic): cell["error"] = ["expected": true, "text": render(diagnostic.portable)]
    case .failed(let diagnostic): cell["error"] = ["text": render(diagnostic.portable)]
    case .timedOut(let seconds): cell["error"] = ["text": "stopped: the cell ran longer than \(plain(seconds)) s"]
    case .interrupted: cell["error"] = ["text": "interrupted"]
    case .notReached: cell["note"] = "Not run."
    }
    return cell
  }

  private func entry(_ figure: Figure, of output: CellOutput, _ numbers: inout Numbers) -> [String: Any] {
    guard let files = drawn[output.name] else { preconditionFailure("figures are drawn before the report is") }
    numbers.figures += 1
    let isRepeated = !numbers.drawings.insert(files.page).inserted
    return HTMLFigure(figure, files: files, of: output, number: numbers.figures, isRepeated: isRepeated).entry
  }

  private func entry(_ table: TableValue, _ numbers: inout Numbers) -> [String: Any] {
    numbers.tables += 1
    return HTMLTable(table, number: numbers.tables).entry
  }

  private func timing(of record: CellRecord) -> [String: Any] {
    ["label": record.cell.label, "ending": record.ending.word, "time": duration(record.seconds)]
  }
}
