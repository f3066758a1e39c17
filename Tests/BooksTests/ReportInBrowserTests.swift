import Books
import Foundation
import Testing

/// The report in a real browser: at every width, by keyboard, with and without scripts, light and dark, on paper.
@Suite(.enabled(if: Browser.isHere, "\(Browser.wanted)"), .serialized)
final class ReportInBrowserTests {
  private let bench = Workbench()
  private let browser: Browser

  init() throws {
    let chapters = (1...5).map { "## Chapter \($0)\n\nSome *words* with $x_i < 1$ and a `name`.\n" }.joined(
      separator: "\n")
    let long = String(repeating: "a word and ", count: 40)
    let text = book(
      "# Title\n\n\(chapters)\n| a | \(long) |\n| --- | --- |\n| 1 | `\(String(repeating: "x", count: 200))` |\n\n"
        + cell(
          "#| label: pictures\n# \(long)\nshow ramp\nshow (sheet (phantom 3 size: 64) count: 2)\nshow (diagram (unet width: 4) size: 64)"
        )
        + cell("#| label: tables\nlong-table\nscores\ntiny-table") + cell("#| label: words\nprint \"\(long)\"")
        + cell("#| error: disk-full\nrefuse \"disk-full\"") + cell("#| skip: needs a camera\nprint 1"),
      frontMatter: "title: Title\n")
    let outcome = try bench.run(text)
    #expect(outcome.mistakes.map(\.message) == [])
    browser = try Browser()
    try browser.resize(width: 1400)
    try browser.open(bench.path("book.out/report.html"))
  }

  @Test func theBrowserHasNothingToComplainOf() throws {
    try browser.value("document.querySelectorAll('button').forEach(button => button.click())")
    #expect(browser.complaints == [])
  }

  @Test(arguments: [390, 1000, 1400, 1920]) func nothingIsCutOff(width: Int) throws {
    try browser.resize(width: width)
    let wide = try browser.texts(
      """
      [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .filter(e => !e.closest(".scroll, pre, .math.display, .skip, [hidden]")).map(e => e.outerHTML.slice(0, 80))
      """)
    #expect(wide == [])
    #expect(try browser.number("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0)
    // The last column comes into sight where its table is scrolled.
    let hidden = try browser.texts(
      """
      [...document.querySelectorAll(".scroll")].filter(area => {
        area.scrollLeft = area.scrollWidth;
        const last = area.querySelector("tr").lastElementChild.getBoundingClientRect();
        return last.right > area.getBoundingClientRect().right + 1;
      }).map(area => area.getAttribute("aria-label"))
      """)
    #expect(hidden == [])
    let measure = try browser.number("document.querySelector('.prose p').getBoundingClientRect().width")
    #expect(measure <= 750, "prose keeps to lines that can be read")
    if width >= 1400 {
      let code = try browser.number("document.querySelector('.code').getBoundingClientRect().width")
      #expect(code > 950, "code takes the width that there is")
    }
  }

  @Test func everythingIsReachedByTheKeyboard() throws {
    try browser.resize(width: 390)
    var reached: [String] = []
    for _ in 0..<90 {
      try browser.press("Tab")
      reached.append(
        try browser.text(
          """
          (() => {
            const e = document.activeElement;
            const isSeen = getComputedStyle(e).outlineStyle != "none";
            return [e.tagName, e.className, e.closest(".table") ? "in a table" : "", isSeen ? "" : "unseen"].join(" ").trim();
          })()
          """))
    }
    for wanted in [
      "A skip", "BUTTON", "SELECT", "A", "A anchor", "A label", "SUMMARY", "PRE code", "PRE out",
      "DIV scroll in a table", "BUTTON  in a table", "BUTTON more in a table",
    ] {
      #expect(reached.contains(wanted), "\(wanted)")
    }
    #expect(!reached.contains { $0.hasSuffix("unseen") && !$0.hasPrefix("BODY") })
  }

  private func firstCells(_ count: Int) throws -> [String] {
    try browser.texts(
      """
      [...document.querySelectorAll(".long tbody tr")].filter(row => row.offsetHeight > 0).slice(0, \(count))
        .map(row => row.cells[1].textContent)
      """)
  }

  @Test func tablesSort() throws {
    let given = try firstCells(3)
    #expect(given == ["0.00", "7.00", "14.00"])
    try browser.value("document.querySelectorAll('.long th button')[1].focus()")
    try browser.press("Enter")
    #expect(try firstCells(3) == ["0.00", "1.00", "2.00"])
    #expect(try browser.text("document.querySelectorAll('.long th')[1].getAttribute('aria-sort')") == "ascending")
    try browser.press("Enter")
    #expect(try firstCells(3) == ["39.00", "38.00", "37.00"])
    try browser.press(" ")
    #expect(try firstCells(3) == given)
    let foot = "document.querySelector('.long tfoot').textContent.includes('mean ± SD')"
    #expect(try browser.value(foot) as? Bool == true)
    // Words by their letters, and the numbers in them as numbers.
    try browser.value("document.querySelectorAll('.long th button')[0].click()")
    try browser.value("document.querySelectorAll('.long th button')[0].click()")
    #expect(try browser.text("document.querySelector('.long tbody tr').cells[0].textContent") == "row 39")
  }

  @Test func longTablesAreFolded() throws {
    #expect(try firstCells(99).count == 30)
    #expect(try browser.text("document.querySelector('.more').textContent") == "Show all 40 rows")
    try browser.value("document.querySelector('.more').focus()")
    try browser.press("Enter")
    #expect(try firstCells(99).count == 40)
    let head = "document.querySelector('.long thead th').getBoundingClientRect().top"
    try browser.value("document.querySelector('.long .scroll').scrollIntoView()")
    let before = try browser.number(head)
    try browser.value("document.querySelector('.long .scroll').scrollTop = 300")
    #expect(try abs(browser.number(head) - before) < 3, "the head stays")
  }

  @Test func codeFolds() throws {
    let shown = "[...document.querySelectorAll('.code')].filter(code => code.checkVisibility()).length"
    let all = try browser.number(shown)
    #expect(all > 3)
    try browser.value("document.querySelector('summary').focus()")
    try browser.press("Enter")
    #expect(try browser.number(shown) == all - 1)
    try browser.value("document.querySelector('#tools button').click()")
    #expect(try browser.number(shown) == 0)
    #expect(try browser.number("document.querySelectorAll('.out').length") > 0)
    try browser.value("document.querySelector('#tools button').click()")
    #expect(try browser.number(shown) == all)
  }

  @Test func colours() throws {
    let ground = "getComputedStyle(document.body).backgroundColor"
    let ink =
      "getComputedStyle(document.querySelector('.drawn svg [style*=figure-ink] , .drawn svg [fill*=figure-ink]')).fill"
    try browser.emulate(colours: "light")
    let light = (ground: try browser.text(ground), ink: try browser.text(ink))
    try browser.emulate(colours: "dark")
    let dark = (ground: try browser.text(ground), ink: try browser.text(ink))
    #expect(light.ground == "rgb(253, 253, 251)" && dark.ground == "rgb(23, 25, 28)")
    #expect(light.ink == "rgb(31, 31, 31)" && dark.ink == "rgb(228, 229, 227)")
    try browser.value(
      "{ const s = document.querySelector('select'); s.value = 'light'; s.dispatchEvent(new Event('change')); }")
    #expect(try browser.text(ground) == light.ground)
  }

  @Test func withoutScriptsEverythingIsThere() throws {
    try browser.call("Emulation.setScriptExecutionDisabled", ["value": true])
    try browser.open(bench.path("book.out/report.html"))
    try browser.call("Emulation.setScriptExecutionDisabled", ["value": false])
    #expect(try firstCells(99).count == 40)
    #expect(try browser.number("document.querySelector('#tools').offsetHeight") == 0)
    #expect(try browser.value("document.querySelector('.code').checkVisibility()") as? Bool == true)
    #expect(browser.complaints == [])
  }

  @Test func printedPagesHaveEverything() throws {
    try browser.value("document.querySelector('#tools button').click()")
    let answer = try browser.call("Page.printToPDF", ["preferCSSPageSize": true])
    let pdf = Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
    #expect(pdf.starts(with: Data("%PDF-".utf8)))
    // As wide as paper, nothing scrolls and nothing is out of it.
    try browser.resize(width: 690)
    try browser.emulate(medium: "print")
    let cut = try browser.texts(
      """
      [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 691
        || (e.matches("pre, .scroll") && e.scrollWidth > e.clientWidth + 1)).map(e => e.outerHTML.slice(0, 80))
      """)
    #expect(cut == [])
    #expect(try firstCells(99).count == 40)
    guard let words = try textOf(pdf) else { return }
    for word in ["measure 9", "10 11 12", "row 39", "mean ± SD", "refused as asked", "show ramp"] {
      #expect(words.contains(word), "\(word)")
    }
    #expect(words.split(separator: "19.50 ± 19.50 ± 19.50").count < 6, "what sums up stands at the end alone")
    #expect(words.split(separator: "measure 9").count > 2, "a head stands on every page of its table")
  }

  @Test func aPDFIsExported() throws {
    let replay = try #require(try bench.run(book(cell("#| label: t\nlong-table"))).replay)
    let files = try Export(replay, bookFolder: bench.folder).files(.pdf, named: "book")
    #expect(files.count == 1 && files[0].bytes.starts(with: Array("%PDF-".utf8)))
    if let words = try textOf(Data(files[0].bytes)) {
      #expect(words.contains("10 11 12") && words.contains("row 39") && words.contains("This run"))
    }
  }

  /// The words of a PDF, with its lines as they stand; `nil` without poppler's `pdftotext`.
  private func textOf(_ pdf: Data) throws -> String? {
    let program = "/usr/bin/pdftotext"
    guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
    try pdf.write(to: URL(filePath: bench.path("page.pdf")))
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["-layout", bench.path("page.pdf"), bench.path("page.txt")]
    try process.run()
    process.waitUntilExit()
    return bench.text("page.txt").split(whereSeparator: { $0 == " " || $0.isNewline }).joined(separator: " ")
  }
}
