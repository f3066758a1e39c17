/// What to write here for the words and signs that other languages have.
enum OtherLanguages {
  static func advice(onWord word: String) -> String? { words[word] }
  static func advice(onSign sign: String) -> String? { signs[sign] }

  private static let words: [String: String] = {
    let groups: [([String], String)] = [
      (["True", "TRUE"], "write `true`"),
      (["False", "FALSE"], "write `false`"),
      (["None", "null", "nil", "NULL", "undefined"], "write `none`"),
      (["let", "var", "const", "val"], "write `name = value`"),
      (["fn", "fun", "func", "function", "lambda"], "write `def name parameter { … }`"),
      (["return"], "the last value of a block is its value"),
      (["while", "loop", "foreach", "do"], "the one loop is `for x in list { … }`"),
      (["elif", "elsif", "elseif"], "write `else if`"),
      (["import", "from", "using", "require", "include"], "every command is there; nothing is imported"),
      (["len", "length"], "write `x.count` for the number of elements"),
      (
        ["type", "dir", "vars", "shape", "head"], "a value typed alone shows itself; Tab behind `x.` lists its members"
      ),
      (["str", "repr", "format"], "write `\"{x}\"` for a value as text"),
      (["plt", "imshow", "display"], "write `show x` for a picture"),
      (["range"], "write `1..5` for a range"),
    ]
    return Dictionary(uniqueKeysWithValues: groups.flatMap { names, advice in names.map { ($0, advice) } })
  }()

  private static let signs = [
    "//": "a comment begins with `#`",
    "+=": "write `x = x + …`: a name is bound anew", "-=": "write `x = x - …`: a name is bound anew",
    "*=": "write `x = x * …`: a name is bound anew", "/=": "write `x = x / …`: a name is bound anew",
    ":=": "write `x = …`",
  ]

  // What the parser advises where the form of another language is easy to recognise.

  static let braces = "a block stands in braces: `for x in list { … }`"
  static let parameters = "parameters stand bare and the body in braces: `def f x { … }`"
  static let spaces = "arguments stand side by side, options behind their labels: `f a b size: 3`"
  static let emptyParentheses = "a command without arguments is called by its name alone"
  static let parts = "a part is taken by a range, both ends included: `x[0..2]`"
  static let brackets = "a list stands in brackets: `[a, b]`; arguments need no parentheses"
}
