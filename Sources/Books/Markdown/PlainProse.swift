import CMark
import Glibc
import Language
import Vocabulary

/// Markdown as text for a terminal: a line a paragraph, formulas in characters, without the marks of emphasis.
package func plainText(ofMarkdown markdown: String) -> String {
  let cut = CutMath(markdown)
  cmark_gfm_core_extensions_ensure_registered()
  guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return markdown }
  defer { cmark_parser_free(parser) }
  for name in ["table", "strikethrough"] {
    if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
  }
  var bytes = cut.markdown
  bytes.withUTF8 { text in
    text.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
  }
  guard let document = cmark_parser_finish(parser) else { return markdown }
  defer { cmark_node_free(document) }
  let rendered = cmark_render_plaintext(document, CMARK_OPT_DEFAULT | CMARK_OPT_NOBREAKS, 0)
  defer { free(rendered) }
  let text = withAlignedTables(cut.restoredText(in: rendered.map { String(cString: $0) } ?? markdown))
  return String(trimmedLines(text)).replacing(#/\n(?: *\n)+/#, with: "\n\n")
}

/// Tables of Markdown in columns.
private func withAlignedTables(_ text: String) -> String {
  var result: [String] = []
  var table: [[String]] = []
  func flush() {
    guard let head = table.first, table.count > 1 else {
      result += table.map { "| " + $0.joined(separator: " | ") + " |" }
      return table = []
    }
    let rule = table[1]
    let rows = table.dropFirst(2).map { row in head.indices.map { $0 < row.count ? row[$0] : "" } }
    let isNumeric = head.indices.map { $0 < rule.count && rule[$0].hasSuffix(":") && !rule[$0].hasPrefix(":") }
    result.append(alignedTable(title: "", columns: head, rows: rows, isNumeric: isNumeric))
    table = []
  }
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    guard line.hasPrefix("|"), line.hasSuffix("|"), line.count > 2 else {
      flush()
      result.append(String(line))
      continue
    }
    table.append(
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map { String(trimmed($0)) })
  }
  flush()
  return result.joined(separator: "\n")
}
