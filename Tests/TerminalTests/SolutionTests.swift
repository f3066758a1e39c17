import Foundation
import Language
import Terminal
import Testing

/// Exercises of a book that is loaded: their solutions are hidden until asked for.
@Suite("Solutions")
struct SolutionTests {
  let prompt: ScriptedSession

  init() throws {
    prompt = try ScriptedSession()
    let book = """
      ---
      cnpbook: 1
      ---
      ```cnp
      #| label: task
      x = 2
      ```
      ```cnp
      #| label: answer
      #| solution: true
      print "the answer is {x + 40}"
      ```
      ```cnp
      #| label: twice
      #| repeat: 2
      x
      ```
      """
    try prompt.folder.write(Array(book.utf8), to: "lesson.cnpbook")
  }

  @Test("They are left out when the book is loaded, and shown by :solution")
  func hidden() throws {
    let loaded = try prompt.run([.text(":load lesson.cnpbook"), .text(":next all")])
    #expect(!loaded.output.contains("42") && !loaded.output.contains("the answer"))
    #expect(loaded.errors.contains("`:solution answer` shows it"))
    #expect(loaded.errors.contains("it runs once here; `cnp run` runs it with 2 seeds"))
    let asked = try prompt.run([.text(":load lesson.cnpbook"), .text(":solution"), .text(":solution answer")])
    #expect(asked.output.components(separatedBy: "print \"the answer is {x + 40}\"").count == 3)
    #expect(!asked.output.contains("42"), "it is shown, not run")
  }

  @Test("What there is not is said")
  func none() throws {
    #expect(
      try prompt.run([.text(":solution")]).errors.contains("error[no-solution]: no book with a solution is loaded"))
    let wrong = try prompt.run([.text(":load lesson.cnpbook"), .text(":solution anser")])
    #expect(wrong.errors.contains("there is no solution 'anser'") && wrong.errors.contains(":solution answer"))
  }

  @Test("A session that is saved says what ran")
  func saved() throws {
    _ = try prompt.run([.text(":load lesson.cnpbook"), .text(":next all"), .text(":save mine")])
    let text = try prompt.folder.read("mine.cnpbook")
    #expect(!text.contains("repeat") && !text.contains("solution"))
  }
}
