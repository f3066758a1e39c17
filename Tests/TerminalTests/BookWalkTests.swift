import Language
import Terminal
import Testing

/// A loaded book is walked through cell by cell.
@Suite("Walking through a book")
struct BookWalkTests {
  let prompt: ScriptedSession

  init() throws {
    prompt = try ScriptedSession()
    let book = """
      ---
      cnpbook: 1
      title: Two steps
      params:
        n: {type: int, default: 3}
      ---
      # Two steps

      The **loss** is $L = -\\sum_i \\log D(x_i)^2$, and
      goes on here.

      $$\\frac{TP}{TP + FN}$$

      ```cnp
      #| label: one
      x = n + 1
      print x
      ```

      Between them.

      ```cnp
      #| label: left
      #| skip: it takes hours
      print "never"
      ```

      ```cnp
      #| label: two
      print x / (x - 4)
      ```

      The end.
      """
    try prompt.folder.write(Array(book.utf8), to: "steps.cnpbook")
  }

  private func run(_ lines: String...) throws -> (output: String, errors: String) {
    let outcome = try prompt.run(lines.map(LineEvent.text))
    return (outcome.output, outcome.errors)
  }

  @Test("Prose, formula and code come before each cell")
  func step() throws {
    let opened = try run(":load steps.cnpbook", "print n")
    #expect(opened.output == "3\n" && opened.errors.contains("Two steps: 2 cells"))
    let first = try run(":load steps.cnpbook", ":next").output
    #expect(first.contains("The loss is L = −∑ᵢ log D(xᵢ)², and goes on here."))
    #expect(first.contains("    TP/(TP + FN)"))
    #expect(first.contains("│ x = n + 1\n│ print x\n4\n"))
    #expect(!first.contains("Between"))
  }

  @Test("A cell that failed runs again; a skipped one is said; at its end the book is closed")
  func failure() throws {
    let walked = try run(":load steps.cnpbook", ":next", ":next", "x = 6", ":next", ":next", ":next")
    #expect(walked.output.contains("Between them.") && walked.output.hasSuffix("The end.\n\n"))
    #expect(walked.output.contains("│ print x / (x - 4)\n3\n") && !walked.output.contains("never"))
    #expect(walked.errors.contains("[left] is skipped: it takes hours"))
    #expect(walked.errors.contains("stopped at [two]") && walked.errors.contains("the book ends here"))
    #expect(walked.errors.contains("error[no-book]"))
  }

  @Test("What is taken back is offered again, and the seed is what it was")
  func undo() throws {
    let again = try run(":load steps.cnpbook", ":next", ":undo", ":next", "print x").output
    #expect(again.components(separatedBy: "│ x = n + 1").count == 3 && again.hasSuffix("4\n4\n"))
    let text = try prompt.folder.read("steps.cnpbook").replacing("title: Two steps", with: "title: Two steps\nseed: 77")
      .replacing("params:\n  n: {type: int, default: 3}\n", with: "")
    try prompt.folder.write(Array(text.utf8), to: "seeded.cnpbook")
    let undone = try prompt.run([.text(":load seeded.cnpbook"), .text(":undo"), .text(":next")])
    #expect(undone.session.seed == 1 && undone.errors.contains("error[no-book]"))
    let params = try prompt.run([.text(":load steps.cnpbook"), .text(":undo")])
    #expect(params.session.seed == 1 && params.session.bindings.names.isEmpty)
  }

  @Test("Mistakes are told when the book is opened; names that were bound since count for a failed cell")
  func mistakes() throws {
    let text = """
      ---
      cnpbook: 1
      ---
      ```cnp
      #| label: bad
      found = nothing-such
      ```
      ```cnp
      print found
      ```
      """
    try prompt.folder.write(Array(text.utf8), to: "bad.cnpbook")
    let walked = try run(":load bad.cnpbook", ":next", "found = 7", ":next")
    #expect(walked.errors.contains("error[unknown-name]") && walked.errors.contains("the book will stop there"))
    #expect(walked.errors.contains("[bad] counts as done: `found` was bound since"))
    #expect(walked.output.hasSuffix("│ print found\n7\n"))
  }

  @Test("A step ends at an exercise")
  func exercise() throws {
    let text = """
      ---
      cnpbook: 1
      ---
      How much is it?

      ```cnp
      #| label: answer
      #| solution: true
      print 42
      ```

      Later.

      ```cnp
      print 1
      ```
      """
    try prompt.folder.write(Array(text.utf8), to: "lesson.cnpbook")
    let first = try run(":load lesson.cnpbook", ":next")
    #expect(first.output.contains("How much") && !first.output.contains("Later"))
    #expect(first.errors.contains("`:solution answer` shows it"))
    #expect(try run(":load lesson.cnpbook", ":next 2").output.hasSuffix("Later.\n\n│ print 1\n1\n"))
  }

  @Test("A script that is loaded on the way leaves the book open")
  func scriptOnTheWay() throws {
    try prompt.folder.write(Array("y = 5\n".utf8), to: "lib.cnp")
    let walked = try run(":load steps.cnpbook", ":next", ":load lib.cnp", ":next", "print y")
    #expect(walked.errors.contains("division-by-zero") && walked.output.hasSuffix("5\n"))
  }

  @Test("Several cells, and all that is left")
  func several() throws {
    let two = try run(":load steps.cnpbook n=5", ":next 2").output
    #expect(two.contains("6\n") && two.contains("Between them.") && two.contains("\n3\n"))
    let all = try run(":load steps.cnpbook n=5", ":next all").output
    #expect(all == "6\n3\n", "without prose and code")
    #expect(try run(":load steps.cnpbook", ":next none").errors.contains("error[not-whole]"))
    #expect(try run(":next").errors.contains("error[no-book]"))
  }
}
