import Base
import Language
import Mustache
import Vocabulary

/// `report.html`: one file with everything in it, for screens, phones and paper.
struct HTMLReport {
  private let replay: Replay
  private let facts: RunFacts
  private let bookFolder: String
  /// By the start of their files' names.
  private let drawn: [String: DrawnFigure]
  private let showsContents: Bool
  private let headings: [Heading]

  /// Fewer headings than this need no table of contents.
  private static let fewestHeadings = 4

  init(replay: Replay, facts: RunFacts, bookFolder: String, drawn: [String: DrawnFigure]) {
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
      "title": title, "style": HTMLTemplates.style, "engine": Engine.version,
      "facts": facts.lines.map { ["name": $0.name, "value": $0.value] },
      "cells": replay.records.map(timing(of:)),
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
    var figureNumber = 0
    return replay.book.sections.compactMap { section in
      switch section {
      case .prose(let prose): return ["prose": ["html": withEmbeddedImages(prose, bookFolder: bookFolder)]]
      case .cell: return records.next().map { ["cell": cell($0, &figureNumber)] }
      }
    }
  }

  private func cell(_ record: CellRecord, _ figureNumber: inout Int) -> [String: Any] {
    var cell: [String: Any] = ["label": record.cell.label]
    if record.cell.options.isSolution { cell["solution"] = true }
    if record.cell.options.echo { cell["code"] = highlightedCode(record.cell.code) }
    var outputs: [[String: Any]] = []
    for output in record.outputs {
      switch output.shown {
      case .text(let text): outputs.append(["text": ["text": visible(text)]])
      case .figure:
        guard let figure = drawn[output.name] else { preconditionFailure("figures are drawn before the report is") }
        figureNumber += 1
        outputs.append(["figure": entry(figure, of: output, number: figureNumber)])
      case .table(let table): outputs.append(["table": entry(table)])
      case .metrics(let metrics): outputs.append(["table": entry(metrics.table)])
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

  /// Drawn as SVG, which prints at any size, unless it is only pixels or the SVG is huge.
  private func entry(_ figure: DrawnFigure, of output: CellOutput, number: Int) -> [String: Any] {
    let usesPixels = figure.isPixelsOnly || figure.svg.count > 3 << 20
    let address =
      usesPixels
      ? dataAddress(figure.png, type: "image/png") : dataAddress(figure.svg, type: "image/svg+xml")
    return [
      "address": address, "name": output.name, "number": number, "caption": visible(output.caption ?? ""),
      "alternative": visible(output.caption ?? "Figure \(number)"), "pixels": figure.isPixelsOnly,
    ]
  }

  private func entry(_ table: TableValue) -> [String: Any] {
    let isNumeric = table.columns.indices.map(table.isNumeric)
    func cells(_ entries: [String]) -> [[String: Any]] {
      entries.enumerated().map { ["text": visible($1), "number": isNumeric[$0]] }
    }
    return [
      "title": visible(table.title), "columns": cells(table.columns),
      "rows": table.rows.map { ["cells": cells($0.map(\.text))] },
    ]
  }

  private func timing(of record: CellRecord) -> [String: Any] {
    ["label": record.cell.label, "ending": record.ending.word, "time": duration(record.seconds)]
  }
}
