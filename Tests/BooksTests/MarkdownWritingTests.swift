import Books
import Language
import Testing
import Vocabulary

/// GitHub's Markdown of what cells put out, whatever stands in it.
@Suite struct MarkdownWritingTests {
  @Test(arguments: [
    ("a|b", "a\\|b"), ("`x`", "\\`x\\`"), ("a\\", "a\\\\"), ("two\nlines", "two lines"), ("_a_ b_c", "\\_a\\_ b_c"),
    ("$5 or 6 $", "\\$5 or 6 $"), ("&lt; &#60; a & b", "\\&lt; \\&#60; a & b"), ("<b>", "\\<b\\>"),
    ("~~no~~", "\\~\\~no\\~\\~"),
    ("", ""), ("[x](y)", "\\[x\\](y)"),
  ]) func lettersStayLetters(_ text: String, _ markdown: String) {
    #expect(escapedMarkdown(text) == markdown)
  }

  @Test func captionsAreSetApartWhateverIsAroundThem() {
    #expect(emphasised(" a caption ") == "*a caption*")
    #expect(emphasised("  ") == "")
  }

  @Test(arguments: [
    ("a.png", "a.png"), ("a b/c.png", "<a b/c.png>"), ("a(1).png", "<a(1).png>"), ("a<b>.png", "<a\\<b\\>.png>"),
  ]) func addressesHold(_ path: String, _ address: String) { #expect(markdownAddress(path) == address) }

  @Test func emptyTables() {
    #expect(markdown(of: TableValue(columns: ["a", ""], rows: [])) == "| a |  |\n| --- | --- |")
    #expect(markdown(of: TableValue(title: "t*", columns: [], rows: [])) == "*t\\**")
    let long = String(repeating: "x", count: 5000)
    let table = TableValue(columns: ["`a"], rows: [[.text(long)], [.empty]])
    #expect(markdown(of: table) == "| \\`a |\n| --- |\n| \(long) |\n| – |")
  }
}
