import Base
import Books
import Foundation
import Language
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct HTMLReportTests {
  private let everything = book(
    """
    # A <title> & more

    Prose with $\\hat{y}_i = \\sigma(x^2) < 1$, a [link](https://example.org "say \\"hi\\""), `code $x$`, **bold**.

    $$
    L = -\\sum_i \\left( y_i \\log \\hat{y}_i \\right) + \\frac{\\alpha}{1 + \\beta}
    $$

    <script>alert(1)</script> <img src="http://example.org/x.png"> [bad](javascript:alert(1))

    | a | b |
    |---|--:|
    | 1 | $x_1$ |

    ## One
    ## Two
    ## Three
    ## Three

    """ + cell("#| label: show\n#| caption: \"A <ramp> & 'more'\"\nshow ramp # <tag> \"text\"\nprint \"<b>\"")
      + cell("tiny-table") + cell("scores") + cell("#| error: disk-full\nrefuse \"disk-full\"")
      + cell("#| skip: \"<slow>\"\nprint 1") + cell("#| echo: false\nprint 987654"),
    frontMatter: "title: \"T <1> & 'co'\"\nauthors: \"<a>\"\n")

  private func html() throws -> String {
    let bench = Workbench()
    let outcome = try bench.run(everything)
    #expect(outcome.mistakes.map { render($0) } == [])
    return bench.text("book.out/report.html")
  }

  @Test func pageIsWellFormed() throws {
    let text = try html().replacing("<!DOCTYPE html>\n", with: "").replacing("<meta charset=\"utf-8\"/>", with: "")
    let parser = XMLParser(data: Data(text.utf8))
    #expect(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
  }

  @Test func pageNeedsNothingElse() throws {
    let text = try html()
    #expect(!text.contains("src=\"http"))
    // The page's own script alone, by whose digest its policy lets it run.
    let scripts = text.matches(of: #/<script>([^<]*)<\/script>/#)
    #expect(scripts.count == 1 && text.split(separator: "<script").count == 2)
    let digest = Data(digestBytes(of: String(scripts[0].1))).base64EncodedString()
    #expect(text.contains("script-src 'sha256-\(digest)'"))
    #expect(text.contains("default-src 'none'; img-src data:;"))
    #expect(!text.contains("javascript:"))
    #expect(!text.contains("@import") && !text.contains("url("))
    #expect(text.contains("src=\"data:image/png;base64,"))
    #expect(!text.unicodeScalars.contains { ("\u{E000}"..."\u{E002}").contains($0) })
  }

  /// Drawings that take turns move, except where nobody can see that or wishes to.
  @Test func drawingsTakeTurns() throws {
    let bench = Workbench()
    #expect(try bench.run(book(cell("#| label: both\n#| caption: Both\nshow blink"))).status == .success)
    let html = bench.text("book.out/report.html")
    let moving = base64(try fileBytes(bench.path("book.out/both-1.png"), limit: 1 << 20))
    let picture =
      #/<picture><source media="print, \(prefers-reduced-motion: reduce\)" srcset="data:image\/png;base64,([^"]+)"\/>/#
    let still = try #require(html.firstMatch(of: picture)?.1)
    #expect(still != moving && !html.contains("<svg"))
    #expect(
      html.contains(
        "<img src=\"data:image/png;base64,\(moving)\" alt=\"Two pictures take turns: &lt;blinking&gt;\"/></picture>"))
    let parser = XMLParser(data: Data(html.replacing("<!DOCTYPE html>\n", with: "").utf8))
    #expect(parser.parse())
    #expect(bench.text("book.out/report.md").contains("![Two pictures take turns: Both](both-1.png)"))
  }

  @Test func tablesSumUpBelow() throws {
    let bench = Workbench()
    #expect(try bench.run(book(cell("long-table"))).status == .success)
    let html = bench.text("book.out/report.html")
    #expect(html.contains("<figure class=\"table wide long\""))
    let foot = try #require(html.firstMatch(of: #/<tfoot>(.|\n)*<\/tfoot>/#)).0
    #expect(foot.contains("mean ± SD") && !foot.contains("row 39"))
  }

  @Test func pageShowsEverything() throws {
    let text = try html()
    for part in [
      "<title>T &lt;1&gt; &amp; &#39;co&#39;</title>", "<b>Figure 1.</b> A &lt;ramp&gt; &amp; &#39;more&#39;",
      "<code>code $x$</code>", "a &amp; b", "refused as asked", "Skipped: &lt;slow&gt;", "987654", "id=\"s-three-2\"",
      "<nav aria-label=\"Contents\">", "<h2 id=\"this-run\">", "<a class=\"anchor\" href=\"#s-three-2\"",
      "<a class=\"label\" href=\"#cell-show\"", "alt=\"image 16×8: mean 0.500", "id=\"cell-show\"",
      "aria-label=\"Table: Two &lt;rows&gt;\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("print 987654"))
  }

  @Test(arguments: [
    ("\\alpha", "<i>α</i>"), ("x^2", "<i>x</i><sup>2</sup>"), ("\\hat{y}_i", "<i>y\u{302}</i><sub><i>i</i></sub>"),
    ("a < b", "<i>a</i>\u{2009}&lt;\u{2009}<i>b</i>"), ("x = -1", "<i>x</i>\u{2009}=\u{2009}\u{2212}1"),
    ("x^{a+b}, y", "<i>x</i><sup><i>a</i>+<i>b</i></sup>, <i>y</i>"),
    ("G \\oplus Y", "<i>G</i>\u{2009}⊕\u{2009}<i>Y</i>"), ("\\log x", "<span class=\"fn\">log</span><i>x</i>"),
    ("L_{bce}", "<i>L</i><sub><i>b</i><i>c</i><i>e</i></sub>"),
    ("\\text{a & b}", "<span class=\"up\">a &amp; b</span>"),
    ("\\unknown{x}", "<span class=\"up\">\\unknown</span><i>x</i>"), ("{{{", ""), ("x_", "<i>x</i>"), ("\\", ""),
  ])
  func formulaBecomesHTML(_ source: String, _ html: String) {
    #expect(mathHTML(source, isDisplayed: false) == "<span class=\"math\" role=\"math\">\(html)</span>")
  }

  @Test func dollarSignsOfProseStay() throws {
    let bench = Workbench()
    _ = try bench.run(book("It costs $5 or \\$6, and $ 7 $ too; $a$ is a formula.\n"))
    let html = bench.text("book.out/report.html")
    #expect(html.contains("It costs $5 or $6, and $ 7 $ too; <span class=\"math\""))
  }

  @Test func base64FollowsItsStandard() {
    // RFC 4648, section 10.
    for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
      #expect(base64(Array(text.utf8)) == code)
    }
  }
}

private func digestBytes(of text: String) -> [UInt8] {
  let digits = Array(sha256(of: Array(text.utf8)))
  return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
}
