import Language

/// How programs are written, on one page: what `help language` shows.
package enum LanguagePage {
  /// Lines of programs with what they say, empty where that needs no words; in groups.
  package static let groups: [[(code: String, meaning: String)]] = [
    [
      ("x = 3", "a name for a value; names may be bound anew, values never change"),
      ("a, b = split eyes test: 2", "two names for a list of two"),
    ],
    [
      ("phantom 4 size: 128", "a command: arguments, then labelled ones in any order; no commas"),
      ("metrics (predict net test)", "a call inside a call stands in parentheses"),
      ("predict net test | metrics", "the same: | hands a value on as the first argument"),
      ("| show", "at the start of an input: goes on from the last value shown"),
    ],
    [
      ("1 + 2 * 3 ^ 2, 10 / 4, -x", "arithmetic; spaces on both sides of an operator or on neither"),
      ("x == 3, x != 3, x <= 5", "comparison"),
      ("not a and (b or c xor d)", "logic; also pixel by pixel, for masks"),
      ("10%, 15deg, 3px, 2mm", "0.1, and numbers with a unit"),
    ],
    [
      (#""two is {1 + 1}""#, "a text with values inside; {{ is a brace; 'raw {text}' has none"),
      ("[1, 2, 3], 1..5", "a list, a range (both ends included)"),
      (#"[name: "eye", size: 128]"#, "a record"),
      ("v[0], v[1..3], r.name, eyes.count", "elements from 0, parts, fields and members"),
    ],
    [
      (#"if x > 2 { print "large" } else { print "small" }"#, ""),
      ("for w in [8, 16] { print w, parameters (unet width: w) }", ""),
      ("def double x by: 2 { x * by }", "a function; parameters behind a label have defaults"),
      ("[double 4, double 4 by: 3]", "the last value of a block is its value"),
    ],
    [
      ("# a comment", ""),
      ("print a, b", "text of values"),
      ("show x", "draws pictures and tables"),
    ],
  ]

  /// Where a statement ends, and what a name is.
  package static let rules = """
    A statement ends with its line, except inside brackets and after an operator; a line that starts with | or with a
    label goes on with the one above. A name with a hyphen is one name: train-gan.
    """

  static var text: String {
    let width = 34
    let parts = groups.map { rows in
      rows.map { code, meaning in
        let gap = String(repeating: " ", count: max(0, width - displayWidth(code)))
        return meaning.isEmpty ? code : code + gap + meaning
      }.joined(separator: "\n")
    }
    return (parts + [rules]).joined(separator: "\n\n")
  }
}
