/// What to write here for the words and signs that other languages have.
enum OtherLanguages {
  static func advice(onWord word: String) -> String? { words[word] }
  static func advice(onSign sign: String) -> String? { signs[sign] }

  /// Advice on a member, where it is none of the value's.
  static func advice(onMember name: String) -> String? {
    ["append", "push", "add", "extend", "insert", "pop", "remove"].contains(name)
      ? "lists don't change: `for x in list { … }` gives a new one" : nil
  }

  /// Words that begin statements elsewhere: what stands behind them is none of ours.
  static let statements: Set<String> = [
    "import", "from", "using", "require", "include", "library", "while", "class", "try", "with", "assert", "del",
    "global",
    "switch", "break", "continue", "pass", "lambda", "yield", "raise", "throw", "async", "await", "struct", "enum",
    "cd",
    "pip", "conda", "apt", "git", "python", "sudo", "mkdir", "rm", "cp", "mv",
  ]

  private static let words: [String: String] = {
    let groups: [([String], String)] = [
      (["True", "TRUE"], "write `true`"),
      (["False", "FALSE"], "write `false`"),
      (["None", "null", "nil", "NULL", "undefined"], "write `none`"),
      (["let", "var", "const", "val"], "write `name = value`"),
      (["fn", "fun", "func", "function", "lambda"], "write `def name parameter { … }`"),
      (["return"], "the last value of a block is its value"),
      (["while", "loop", "foreach", "do"], "the one loop is `for x in list { … }`"),
      (["break", "continue"], "a loop runs through all its elements; `if` chooses among them"),
      (["elif", "elsif", "elseif"], "write `else if`"),
      (["import", "from", "using", "require", "include", "library"], "every command is there; nothing is imported"),
      (["np", "numpy", "torch", "tf", "pd", "keras", "cv2", "sklearn", "scipy", "skimage"], libraries),
      (["try", "raise", "throw", "assert"], "mistakes are found before anything runs, and stop the program"),
      (["with", "async", "await"], "files are read and written by `load`, `open` and `save`"),
      (["class", "struct", "enum"], "a record holds named values: `[name: \"eye\", size: 128]`"),
      (["del", "global"], "values never change and names stay: bind a new value to a name"),
      (["pass", "end"], "a block ends with its brace"),
      (["switch", "case"], "write `if x == 1 { … } else if x == 2 { … }`"),
      (["len", "length"], "write `x.count` for the number of elements"),
      (
        ["type", "dir", "vars", "shape", "head"], "a value typed alone shows itself; Tab behind `x.` lists its members"
      ),
      (["str", "repr", "format"], "write `\"{x}\"` for a value as text"),
      (["plt", "imshow", "display"], "write `show x` for a picture"),
      (["range"], "write `1..5` for a range"),
      (["exit", "quit", "bye", "logout"], "Ctrl-D or :quit leaves"),
      (
        [
          "ls", "ll", "cd", "pwd", "mkdir", "rm", "cp", "mv", "pip", "conda", "apt", "git", "python", "python3", "bash",
          "sudo", "wget", "curl", "nvidia-smi",
        ], "this is no shell; paths stand in quotes, and Tab completes them"
      ),
      (["clear", "cls", "clc"], "Ctrl-L clears the screen"),
      (["history"], ":history lists the inputs of the session"),
      (["undo"], ":undo takes the last input back"),
      (["who", "whos", "locals", "globals"], ":names lists what is bound"),
    ]
    return Dictionary(uniqueKeysWithValues: groups.flatMap { names, advice in names.map { ($0, advice) } })
  }()

  private static let signs = [
    "//": "a comment begins with `#`", "/*": "a comment begins with `#`", "*/": "a comment begins with `#`",
    "+=": "write `x = x + …`: a name is bound anew", "-=": "write `x = x - …`: a name is bound anew",
    "*=": "write `x = x * …`: a name is bound anew", "/=": "write `x = x / …`: a name is bound anew",
    ":=": "write `x = …`",
  ]

  // What the parser advises where the form of another language is easy to recognise.

  static let braces = "a block stands in braces: `for x in list { … }`"
  static let parameters = "parameters stand bare and the body in braces: `def f x { … }`"
  static let spaces = "arguments stand side by side, options behind their labels: `f a b size: 3`"
  static let members = "members stand without parentheses, and a command before its values: `mean x`"
  static let libraries = "there are no libraries: every command is there, and `help` lists them"
  static let emptyParentheses = "a command without arguments is called by its name alone"
  static let parts = "a part is taken by a range, both ends included: `x[0..2]`"
  static let comprehension = "`for x in list { … }` gives a list; it leaves no element out"
  static let places = "elements are taken one axis after the other: `x[0][1]`"
  static let brackets = "a list stands in brackets: `[a, b]`; arguments need no parentheses"
}
