import Base
import Vocabulary

/// The manual as one page of HTML: contents beside the text on a wide screen, above it on a narrow one.
struct ManualPage {
  let title: String
  let chapters: [ManualText]

  var text: String {
    var anchors = ManualAnchors()
    var (body, contents) = ("", "")
    for chapter in chapters {
      var entries: [(level: Int, html: String)] = []
      for block in chapter.blocks { body += html(of: block, &anchors, &entries) }
      contents += list(entries)
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="generator" content="cnp \(escapedHTML(Engine.version))"/>
      <title>\(escapedHTML(title))</title>
      <style>
      \(HTMLStyle.text)\(ManualPage.style)</style>
      </head>
      <body class="manual">
      <nav aria-label="Contents">
      \(contents)</nav>
      <main>
      <h1>\(escapedHTML(title))</h1>
      <p class="authors">cnp \(escapedHTML(Engine.version)). Find a word on this page with Ctrl-F.</p>
      \(body)</main>
      </body>
      </html>

      """
  }

  private func html(
    of block: ManualText.Block, _ anchors: inout ManualAnchors, _ entries: inout [(level: Int, html: String)]
  ) -> String {
    switch block {
    case .heading(let level, let text):
      let anchor = anchors.anchor(of: text)
      entries.append((level, "<a href=\"#\(anchor)\">\(escapedHTML(text))</a>"))
      return "<h\(level) id=\"\(anchor)\"><a href=\"#\(anchor)\">\(escapedHTML(text))</a></h\(level)>\n"
    case .code(let text, let info):
      let code = info == "cnp" ? highlightedCode(text) : escapedHTML(text)
      return "<pre tabindex=\"0\" class=\"code\"><code>\(code)</code></pre>\n"
    case .markdown(let text):
      return MarkdownBlock.blocks(of: text, firstLine: 1).map(\.html).joined()
    }
  }

  /// A chapter that opens: the headings below it, and those below these.
  private func list(_ entries: [(level: Int, html: String)]) -> String {
    guard let first = entries.first else { return "" }
    let rest = entries.dropFirst().map { "<li class=\"level-\($0.level)\">\($0.html)</li>\n" }.joined()
    if rest.isEmpty { return "<p>\(first.html)</p>\n" }
    return "<details><summary>\(first.html)</summary><ol>\n\(rest)</ol></details>\n"
  }

  /// What the manual adds to the style of a report.
  private static let style = """
    .manual { overflow-wrap: break-word; }
    .manual main { max-width: 54rem; }
    .manual h2 { margin-top: 3.4rem; padding-top: .8rem; border-top: 1px solid var(--rule); }
    .manual h3 { margin-top: 2.4rem; }
    .manual h4 { font-size: 1.02rem; margin: 2rem 0 .4rem; }
    .manual h2 > a, .manual h3 > a, .manual h4 > a { color: inherit; text-decoration: none; }
    .manual h2, .manual h3, .manual h4 { scroll-margin-top: 1rem; }
    .manual h4:target { background: var(--wash); }
    .manual main > pre { margin: .6rem 0 1rem; }
    .manual table { width: 100%; margin: .6rem 0 1.2rem; font-size: .88rem; }
    .manual th, .manual td { padding-right: 1.2rem; vertical-align: top; overflow-wrap: anywhere; }
    .manual td:first-child { min-width: 8.5rem; }
    .manual td:nth-child(3) { color: var(--soft); }
    .manual nav { font-size: .86rem; padding: 1rem 1.25rem 0; margin: 0 auto; max-width: 54rem; border: 0; }
    .manual nav p, .manual nav summary { padding: .22rem 0; margin: 0; color: var(--ink); font-weight: 600;
      font-size: 1em; letter-spacing: 0; text-transform: none; }
    .manual nav summary::marker { color: var(--soft); }
    .manual nav p { padding-left: 1.05rem; }
    .manual nav ol { columns: auto; list-style: none; margin: .1rem 0 .6rem; padding-left: 1.1rem; }
    .manual nav li.level-4 { padding-left: 1rem; }
    @media (min-width: 70rem) { body.manual { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
      .manual nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 3.2rem 1rem 2rem 2rem; margin: 0;
      border-right: 1px solid var(--rule); } .manual main { padding-left: 3rem; margin: 0; } }
    @media (max-width: 40rem) { .manual thead { display: none; } .manual tr { display: block; padding: .4rem 0;
      border-bottom: 1px solid var(--rule); } .manual td { display: block; padding: .08rem 0; } }
    @media print { .manual nav { display: none; } body.manual { display: block; } .manual h2 { break-before: page; }
      .manual table { break-inside: auto; } .manual tr { break-inside: avoid; } .manual main { max-width: none; } }

    """
}
