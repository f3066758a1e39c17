import Base
import Language
import Vocabulary

/// A replay's record as a Jupyter notebook (nbformat 4.5): prose, programs and what they put out, to be read and shown by
/// the tools of that world. Its programs are this language's, for which there is no kernel.
struct NotebookExport {
  let replay: Replay
  let facts: RunFacts
  let bookFolder: String
  let drawn: [String: DrawnFigure]

  var text: String {
    let notebook: [String: JSON] = [
      "nbformat": .whole(4), "nbformat_minor": .whole(5), "metadata": .object(metadata), "cells": .list(cells),
    ]
    return JSON.object(notebook).text(.lines) + "\n"
  }

  private var metadata: [String: JSON] {
    let frontMatter = replay.book.frontMatter
    let parameters = replay.parameters.map { ($0.name, JSON.text($0.text)) }
    var metadata: [String: JSON] = [
      "language_info": .object([
        "name": .text("cnp"), "file_extension": .text(".cnp"), "mimetype": .text("text/x-cnp"),
        "pygments_lexer": .text("text"),
      ]),
      "cnp": .object([
        "engine": .text(Engine.version), "seed": .text(String(frontMatter.seed)),
        "params": .object(Dictionary(parameters) { first, _ in first }),
      ]),
    ]
    metadata["title"] = frontMatter.title.map { .text($0) }
    if !frontMatter.authors.isEmpty {
      metadata["authors"] = .list(frontMatter.authors.map { .object(["name": .text($0)]) })
    }
    return metadata
  }

  private var cells: [JSON] {
    var identifiers = CellLabels()
    for record in replay.records { _ = identifiers.take(record.cell.label) }
    var cells: [JSON] = []
    func addProse(_ text: String, attachments: JSON? = nil) {
      var cell: [String: JSON] = [
        "cell_type": .text("markdown"), "id": .text(identifiers.unique("prose")), "metadata": .object([:]),
        "source": lines(text),
      ]
      cell["attachments"] = attachments
      cells.append(.object(cell))
    }
    let frontMatter = replay.book.frontMatter
    let title = replay.book.startsWithTitle ? nil : frontMatter.title.map { "# " + escapedMarkdown($0) }
    let authors = frontMatter.authors.isEmpty ? nil : escapedMarkdown(frontMatter.authors.joined(separator: ", "))
    let opening = [title, authors].compactMap { $0 }.joined(separator: "\n\n")
    if !opening.isEmpty { addProse(opening) }
    var records = replay.records.makeIterator()
    var figures = 0
    var count = 0
    for section in replay.book.sections {
      switch section {
      case .prose(let prose):
        let (text, attachments) = withAttachments(prose)
        if !text.isEmpty { addProse(text, attachments: attachments) }
      case .cell:
        guard let record = records.next() else { continue }
        count += 1
        cells.append(cell(record, number: count, &figures))
      }
    }
    addProse("## This run\n\n" + markdownTable(facts))
    return cells
  }

  /// A line's end stands with its line, as nbformat writes texts.
  private func lines(_ text: String) -> JSON {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    lines[lines.count - 1].removeLast()
    return .list(lines.filter { !$0.isEmpty }.map { .text(String($0)) })
  }

  // MARK: Prose

  /// Prose with the images of the book's folder as attachments of its cell.
  private func withAttachments(_ prose: Prose) -> (text: String, attachments: JSON?) {
    var text = String(trimmedLines(prose.markdown))
    var attachments: [String: JSON] = [:]
    for (number, address) in prose.images.sorted(by: { $0.key < $1.key }) {
      guard text.contains("](\(address)"), let image = embeddableImage(address, bookFolder: bookFolder) else {
        continue
      }
      let name = "image-\(number).\(image.type.split(separator: "/").last ?? "png")"
      text = text.replacing("](\(address)", with: "](attachment:\(name)")
      attachments[name] = .object([image.type: .text(base64(image.bytes))])
    }
    return (text, attachments.isEmpty ? nil : .object(attachments))
  }

  // MARK: Programs

  private func cell(_ record: CellRecord, number: Int, _ figures: inout Int) -> JSON {
    let options = record.cell.options
    let hasRun =
      switch record.ending {
      case .skipped, .notReached: false
      default: true
      }
    var metadata: [String: JSON] = ["cnp": .object(["seconds": .number((record.seconds * 1000).rounded() / 1000)])]
    if !options.echo { metadata["jupyter"] = .object(["source_hidden": .truth(true)]) }
    return .object([
      "cell_type": .text("code"), "id": .text(record.cell.label), "metadata": .object(metadata),
      "execution_count": hasRun ? .whole(number) : .null,
      "source": lines(String(trimmedLines(record.cell.source.text))),
      "outputs": .list(record.outputs.flatMap { outputs($0, &figures) } + ending(of: record)),
    ])
  }

  private func outputs(_ output: CellOutput, _ figures: inout Int) -> [JSON] {
    switch output.shown {
    case .text(let text):
      return [.object(["output_type": .text("stream"), "name": .text("stdout"), "text": lines(visible(text) + "\n")])]
    case .table(let table): return [display(of: table)]
    case .metrics(let metrics): return [display(of: metrics.table)]
    case .figure(let figure):
      guard let files = drawn[output.name] else { preconditionFailure("figures are drawn before they are exported") }
      figures += 1
      let caption = output.caption.map { visible($0) } ?? ""
      let alternative = output.alternative(of: figure, number: figures)
      // A point is a 72nd of an inch, a pixel of a page a 96th.
      let width = Int((figure.size.width * 96 / 72).rounded())
      let number = "**Figure \(figures).**"
      return [
        display(
          ["image/png": .text(base64(files.png)), "text/plain": lines("Figure \(figures). \(caption)")],
          metadata: ["image/png": .object(["alt": .text(alternative), "width": .whole(width)])]),
        display(["text/markdown": lines(caption.isEmpty ? number : "\(number) \(escapedMarkdown(caption))")]),
      ]
    }
  }

  private func display(of table: TableValue) -> JSON {
    display(["text/html": lines(HTMLTable(table, number: 1).element), "text/plain": lines(table.display)])
  }

  private func display(_ data: [String: JSON], metadata: [String: JSON] = [:]) -> JSON {
    .object(["output_type": .text("display_data"), "metadata": .object(metadata), "data": .object(data)])
  }

  private func ending(of record: CellRecord) -> [JSON] {
    switch record.ending {
    case .finished: return []
    case .failedAsExpected(let mistake), .failed(let mistake):
      let shown = render(mistake.portable).split(separator: "\n", omittingEmptySubsequences: false)
      return [
        .object([
          "output_type": .text("error"), "ename": .text(mistake.code), "evalue": .text(visible(mistake.message)),
          "traceback": .list(shown.map { .text(String($0)) }),
        ])
      ]
    case .skipped(let reason):
      return [display(["text/markdown": lines("*Skipped\(reason.isEmpty ? "" : ": \(escapedMarkdown(reason))").*")])]
    case .timedOut(let seconds):
      return [display(["text/markdown": lines("*Stopped: the cell ran longer than \(plain(seconds)) s.*")])]
    case .interrupted: return [display(["text/markdown": lines("*Interrupted.*")])]
    case .notReached: return [display(["text/markdown": lines("*Not run.*")])]
    }
  }
}
