import CMark
import Glibc

/// A block at the top of a Markdown document, rendered; this file is the one place that talks to cmark-gfm.
struct MarkdownBlock {
  struct HeadingText {
    let level: Int
    let html: String
    let plainText: String
  }

  /// The first line of the block, counted in the file.
  let firstLine: Int
  /// Whether it is a code block, fenced or indented.
  let isCode: Bool
  /// The info string where the block is a fenced code block.
  let fenceInfo: String?
  let heading: HeadingText?
  /// Raw HTML of the book is left out, dangerous addresses are emptied, formulas are rendered.
  let html: String
  /// The addresses of its images, by their number in the document.
  let images: [Int: String]
  /// The lines of `cnp` fences inside lists and quotations.
  let nestedCells: [Int]

  /// What stands in the place of an image's address, before its number.
  static let imageScheme = "cnp-image:"

  /// The blocks of a document: CommonMark with tables and formulas.
  ///
  /// - Parameter firstLine: the line of the file on which `markdown` starts.
  static func blocks(of markdown: String, firstLine: Int) -> [MarkdownBlock] {
    let cut = CutMath(markdown)
    return withDocument(cut.markdown) { document, extensions in
      var blocks: [MarkdownBlock] = []
      var imageCount = 0
      var node = cmark_node_first_child(document)
      while let current = node {
        blocks.append(
          MarkdownBlock(
            current, extensions: extensions, lineOffset: firstLine - 1, math: cut, imageCount: &imageCount))
        node = cmark_node_next(current)
      }
      return blocks
    } ?? []
  }

  /// A document as text without the marks of emphasis, a line a paragraph; formulas are given back by `math`.
  static func plainText(of math: CutMath) -> String {
    let rendered = withDocument(math.markdown) { document, _ -> String? in
      let rendered = cmark_render_plaintext(document, CMARK_OPT_DEFAULT | CMARK_OPT_NOBREAKS, 0)
      defer { free(rendered) }
      return text(rendered)
    }
    return math.restoredText(in: (rendered ?? nil) ?? math.markdown)
  }

  /// Parses Markdown with tables; `nil` where there is no memory for it.
  private static func withDocument<Result>(
    _ markdown: String, _ body: (_ document: OpaquePointer, _ extensions: UnsafeMutablePointer<cmark_llist>?) -> Result
  ) -> Result? {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough"] {
      if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
    }
    var bytes = markdown
    bytes.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(document) }
    return body(document, cmark_parser_get_syntax_extensions(parser))
  }

  private init(
    _ node: OpaquePointer, extensions: UnsafeMutablePointer<cmark_llist>?, lineOffset: Int, math: CutMath,
    imageCount: inout Int
  ) {
    firstLine = Int(cmark_node_get_start_line(node)) + lineOffset
    isCode = cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK
    fenceInfo = isCode ? text(cmark_node_get_fence_info(node)).flatMap { $0.isEmpty ? nil : $0 } : nil
    var images: [Int: String] = [:]
    var nestedCells: [Int] = []
    var plainText = ""
    if let iterator = cmark_iter_new(node) {
      defer { cmark_iter_free(iterator) }
      while true {
        let event = cmark_iter_next(iterator)
        if event == CMARK_EVENT_DONE { break }
        guard event == CMARK_EVENT_ENTER, let inner = cmark_iter_get_node(iterator) else { continue }
        switch cmark_node_get_type(inner) {
        case CMARK_NODE_IMAGE:
          images[imageCount] = text(cmark_node_get_url(inner)) ?? ""
          cmark_node_set_url(inner, "\(MarkdownBlock.imageScheme)\(imageCount)")
          imageCount += 1
        case CMARK_NODE_CODE_BLOCK where inner != node:
          let info = text(cmark_node_get_fence_info(inner)) ?? ""
          if info.split(separator: " ").first == "cnp" {
            nestedCells.append(Int(cmark_node_get_start_line(inner)) + lineOffset)
          }
        case CMARK_NODE_TEXT, CMARK_NODE_CODE: plainText += text(cmark_node_get_literal(inner)) ?? ""
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: plainText += " "
        default: break
        }
      }
    }
    self.images = images
    self.nestedCells = nestedCells
    // Cells are shown by the reports, with their own colours.
    let isCell = fenceInfo?.split(separator: " ").first == "cnp"
    let rendered = isCell ? nil : cmark_render_html(node, CMARK_OPT_DEFAULT, extensions)
    defer { free(rendered) }
    let html = math.restored(in: text(rendered) ?? "")
    self.html = html
    if cmark_node_get_type(node) == CMARK_NODE_HEADING {
      let inner = html.dropFirst(4).prefix(max(0, html.count - 10))
      heading = HeadingText(
        level: Int(cmark_node_get_heading_level(node)), html: String(inner),
        plainText: math.restoredSource(in: plainText))
    } else {
      heading = nil
    }
  }
}

private func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
private func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
