import Books
import Language
import Testing

@Suite struct FrontMatterTests {
  private func mistakes(_ frontMatter: String) throws -> [Diagnostic] {
    let text = BookText("---\n\(frontMatter)\n---\n\nProse.\n", name: "book.cnpbook")
    return BookReader.read(text, registry: fakeRegistry).mistakes
  }

  @Test func wholeFrontMatterIsRead() throws {
    let text = BookText(
      """
      ---
      cnpbook: 1
      engine: ">=0.1 <1.0"
      title: The pixel discriminator, step by step
      authors: [first, second]
      seed: 18446744073709551615
      params:
        epochs: {type: int, default: 5, min: 1, max: 500, help: passes}
        rate: {type: number, default: 2e-4}
        share: {type: number, default: 10%}
        norm: {type: choice, choices: [batch, none], default: batch}
        quick: {type: bool, default: true}
        data: {type: path}
      ---
      """, name: "b")
    let (book, mistakes) = BookReader.read(text, registry: fakeRegistry)
    #expect(mistakes.map { render($0) } == [])
    #expect(book.frontMatter.seed == .max)
    #expect(book.frontMatter.authors == ["first", "second"])
    #expect(book.frontMatter.parameters.map(\.name) == ["epochs", "rate", "share", "norm", "quick", "data"])
    #expect(book.frontMatter.parameters[0].maximum == 500)
    #expect(book.frontMatter.parameters[5].defaultText == nil)
    #expect(book.frontMatter.engine?.allows("0.9.9") == true)
    #expect(book.frontMatter.engine?.allows("1.0") == false)
  }

  @Test(arguments: [
    ("cnpbook: 1\ntitel: x", "unknown-key", 3), ("cnpbook: 2", "book-version", 2),
    ("title: x", "front-matter-missing-key", 2),
    ("cnpbook: 1\nseed: -1", "front-matter-type", 3), ("cnpbook: 1\nseed: 1.5", "front-matter-type", 3),
    ("cnpbook: 1\nseed: \"7\"", "front-matter-type", 3), ("cnpbook: 1\nengine: new", "engine-constraint", 3),
    ("cnpbook: 1\ntitle: [a, b]", "front-matter-type", 3), ("cnpbook: 1\ntitle: &a x", "yaml-not-plain", 3),
    ("cnpbook: 1\ncnpbook: 1", "yaml-key-repeated", 2), ("cnpbook: 1\nparams: 3", "front-matter-type", 3),
    ("cnpbook: [1", "yaml-syntax", 3), ("cnpbook: 1\nparams:\n  x: {type: intt}", "parameter-type-unknown", 4),
    ("cnpbook: 1\nparams:\n  x: {default: 3}", "parameter-type-missing", 4),
    ("cnpbook: 1\nparams:\n  x: {type: int, default: 2.5}", "parameter-type", 4),
    ("cnpbook: 1\nparams:\n  x: {type: int, default: 7, max: 5}", "parameter-range", 4),
    ("cnpbook: 1\nparams:\n  x: {type: text, min: 5}", "parameter-key-misplaced", 4),
    ("cnpbook: 1\nparams:\n  x: {type: choice, choices: [a], default: b}", "parameter-choice", 4),
    ("cnpbook: 1\nparams:\n  x: {type: choice}", "parameter-choices-missing", 4),
    ("cnpbook: 1\nparams:\n  if: {type: int}", "parameter-name", 4),
    ("cnpbook: 1\nparams:\n  x y: {type: int}", "parameter-name", 4),
  ])
  func mistakeHasItsCodeAndLine(_ frontMatter: String, _ code: String, _ line: Int) throws {
    let found = try mistakes(frontMatter)
    #expect(found.first?.code == code)
    #expect(found.first?.line == line)
  }

  /// What stands below `params:`, and the line that is to stand there, which then is right.
  @Test(arguments: [
    ("\n  epochs: 2", "epochs: {type: int, default: 2}"), ("\n  rate: 2e-4", "rate: {type: number, default: 2e-4}"),
    ("\n  share: 10%", "share: {type: number, default: 10%}"), ("\n  step: -3", "step: {type: int, default: -3}"),
    ("\n  quick: true", "quick: {type: bool, default: true}"),
    ("\n  data: ../eyes", "data: {type: path, default: ../eyes}"),
    ("\n  note: a b", "note: {type: text, default: a b}"), ("\n  n: \"7\"", "n: {type: text, default: 7}"),
    ("\n  note: 'one, \"two\"'", #"note: {type: text, default: "one, \"two\""}"#),
    ("\n  epochs:", "epochs: {type: int, default: 5}"),
    ("\n  norm: [batch, none]", "norm: {type: choice, choices: [batch, none], default: batch}"),
    ("\n  - epochs: 2", "epochs: {type: int, default: 2}"), ("\n  - epochs", "epochs: {type: int, default: 5}"),
    ("\n  - epochs=3", "epochs: {type: int, default: 3}"),
    ("\n  - name: epochs\n    type: int\n    default: 4", "epochs: {type: int, default: 4}"),
    ("\n  - epochs: {type: number, default: 2}", "epochs: {type: number, default: 2}"),
    (" [epochs, width]", "epochs: {type: int, default: 5}"), (" epochs=2", "epochs: {type: int, default: 2}"),
    (" epochs", "epochs: {type: int, default: 5}"), ("", "epochs: {type: int, default: 5}"),
    (" 3", "epochs: {type: int, default: 5}"), ("\n  epochs: {default: 2}", "epochs: {type: int, default: 2}"),
    ("\n  n: {type: choice}", "n: {type: choice, choices: [small, other], default: small}"),
    ("\n  n: {type: choice, default: a}", "n: {type: choice, choices: [a, other], default: a}"),
    ("\n  n: {type: choice, choices: a}", "n: {type: choice, choices: [a, other], default: a}"),
  ])
  func theHintIsALineThatWorks(_ params: String, _ line: String) throws {
    let found = try mistakes("cnpbook: 1\nparams:" + params)
    #expect(found.first?.hint?.contains("`\(line)`") == true, "\(found.map { render($0) })")
    #expect(found.count == 1)
    #expect(try mistakes("cnpbook: 1\nparams:\n  " + line).map { render($0) } == [])
  }

  @Test(arguments: [
    ("cnpbook: 1\nepochs: 2", "`epochs: {type: int, default: 2}`"), ("cnpbook: 2", "write `cnpbook: 1`"),
    ("title: x", "add the line `cnpbook: 1`"), ("cnpbook: 1\nseed: \"7\"", "write `seed: 7`"),
    ("cnpbook: 1\nparams:\n  learning rate: {type: int}", "write `learning-rate: …`"),
    ("cnpbook: 1\nparams:\n  n: {type: float}", "did you mean 'number'?"), ("some words", "`cnpbook: 1`"),
  ])
  func otherHints(_ frontMatter: String, _ words: String) throws {
    let found = try mistakes(frontMatter)
    #expect(found.first?.hint?.contains(words) == true, "\(found.map { render($0) })")
  }

  @Test(arguments: [
    "---\ncnpbook: 1\nseed: 7\n...\n\nProse.\n", "---  \ncnpbook: 1\nseed: 7\n---\t\n",
    "\n \n---\ncnpbook: 1\nseed: 7\n---",
    "\u{FEFF}---\r\ncnpbook: 1 \r\nseed: 7\r\n---\r\n\r\nProse.\r\n", "---\rcnpbook: 1\rseed: 7\r...\r",
    "---\ncnpbook: 1\n\t\nseed: 7 # soon\n---\n...\n",
  ])
  func editorsLeaveTheirMarks(_ text: String) throws {
    let (book, mistakes) = BookReader.read(try BookText(bytes: Array(text.utf8), name: "b"), registry: fakeRegistry)
    #expect(mistakes.map { render($0) } == [])
    #expect(book.frontMatter.seed == 7)
  }

  @Test(arguments: [
    ("params:\n\tx: {type: int}", "indented by a tab", 4),
    ("params:\n  x:\n  \ttype: int", "indented by a tab", 5), ("params:\n\u{A0} x: {type: int}", "no-break space", 4),
  ])
  func strangeIndentationIsNamed(_ lines: String, _ words: String, _ line: Int) throws {
    let found = try mistakes("cnpbook: 1\n" + lines)
    #expect(found.map(\.code) == ["yaml-syntax"])
    #expect(found.first?.message.contains(words) == true && found.first?.line == line)
  }

  @Test(arguments: ["—", "–––", "----", "-- -"])
  func otherDashesAreNamed(_ dashes: String) throws {
    let text = "\(dashes)\ncnpbook: 1\nparams:\n  n: {type: int, default: 1}\n\(dashes)\n\n" + cell("print n")
    let found = try Workbench().check(text).mistakes
    // Without a front matter nothing is known of the names of its params.
    #expect(found.map(\.code) == ["front-matter-missing"])
    #expect(found.first?.hint?.contains("three hyphens") == (dashes == "-- -" ? false : true))
  }

  @Test func mistypedKeyIsSuggested() throws {
    #expect(try mistakes("cnpbook: 1\ntitel: x").first?.hint == "did you mean 'title'?")
    #expect(try mistakes("cnpbook: 1\ntitel: x").first?.column == 1)
  }

  @Test func nestingIsRefusedBeforeItIsParsed() throws {
    let deep = String(repeating: "[", count: 20_000)
    #expect(try mistakes("cnpbook: 1\ntitle: \(deep)").map(\.code) == ["yaml-not-plain"])
    let dashes = String(repeating: "- ", count: 20_000)
    #expect(try mistakes("cnpbook: 1\ntitle:\n  \(dashes)").map(\.code) == ["yaml-not-plain"])
    let wide = "cnpbook: 1\nauthors: [" + String(repeating: "a,", count: 12_000) + "a]"
    #expect(try mistakes(wide).map(\.code) == ["yaml-not-plain"])
  }

  /// Each name stands for nine of the one before: written out, the last is a billion. As keys they are compared one with
  /// another, which no tree is too lazy for.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "", "title: \"it's\"\n", "title: 'a \"b'\n", "title: it's\n", "title: a # \"\n", "help: >\n  \"\n",
    ])
  func aliasesAreRefusedWhateverStandsBefore(_ start: String) throws {
    var bomb = "cnpbook: 1\n\(start)a0: &a0 [x, x, x]\n"
    for level in 1...9 {
      let items = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(items)]\n"
    }
    bomb += "? *a9\n: 1\n? [*a9]\n: 2"
    let found = try mistakes(bomb)
    #expect(found.map(\.code) == ["yaml-not-plain"])
    #expect(found.first?.line == 3 + start.split(separator: "\n").count)
    #expect(found.first?.message == "an anchor (`&name`) is not read")
    #expect(throws: BookMistakes.self) { try params(bomb) }
  }

  @Test(arguments: [
    ("title: *x", "an alias"), ("title: [a, *x]", "an alias"), ("? *x\n: 1", "an alias"), ("*x : 1", "an alias"),
    ("title: &x y", "an anchor"), ("&x title: y", "an anchor"), ("params: &x\n  a: {type: int}", "an anchor"),
    ("authors: &x [a]", "an anchor"), ("title: !!str 5", "a tag"), ("title: !<tag:x> [1]", "a tag"),
  ])
  func whatIsNotPlainIsNamed(_ line: String, _ what: String) throws {
    let found = try mistakes("cnpbook: 1\n\(line)")
    #expect(found.map(\.code) == ["yaml-not-plain"])
    #expect(found.first?.message.hasPrefix(what) == true)
    #expect(found.first?.line == 3)
  }

  @Test(arguments: [
    "a & b", "R&D", "a *b*", "2 * 3", "'*x'", "\"&x\"", "'a: &x'", "it's & *that*", "x! !y", "5*",
  ])
  func starsAndAmpersandsInTextsAreFine(_ title: String) throws {
    #expect(try mistakes("cnpbook: 1\ntitle: \(title)").map { render($0) } == [])
    #expect(try params("title: \(title)").count == 1)
  }

  private func params(_ yaml: String) throws -> [ParameterValues.Given] {
    let bench = Workbench()
    return try ParameterValues.read(file: try bench.put("params.yml", yaml))
  }
}
