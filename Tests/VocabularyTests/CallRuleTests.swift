import Language
import Testing
import Vocabulary

/// Rules of a call are looked at before anything runs, and the argument to blame is the one that is pointed at.
@Suite struct CallRuleTests {
  @Test(arguments: [
    ("even-lighting eye window: 30", "even-window", "30"),
    ("even-lighting eye sigma: 3", "idle-option", "3"),
    ("even-lighting eye method: gaussian cutoff: 4", "idle-option", "4"),
    ("even-lighting eye method: homomorphic window: 31", "idle-option", "31"),
    ("local-mean eye window: 4", "even-window", "4"),
    ("local-entropy eye window: 2 levels: 8", "even-window", "2"),
    ("reconstruct eye", "one-bound", "reconstruct eye"),
    (
      "reconstruct eye under: eye.image over: eye.image", "one-bound",
      "reconstruct eye under: eye.image over: eye.image"
    ),
    ("profile eye from: [1] to: [2, 3]", "no-point", "[1]"),
    ("profile eye from: [2, 3] to: [2, 3]", "no-point", "[2, 3]"),
    ("erode eye radius: 1.5", "not-whole", "1.5"),
    ("opening eye.image radius: 0.5px", "not-whole", "0.5px"),
    ("dilate eye.mask within: eye.field", "contradiction", "eye.field"),
    ("watershed eye depth: 0.1 from: eye.mask", "contradiction", "0.1"),
    ("plot [a: [x: [1, 2], y: [1]]]", "not-a-series", "[a: [x: [1, 2], y: [1]]]"),
    ("tune eyes method: valleys over: [depth: [0.1]] seed: 3", "idle-option", "3"),
    ("compare eyes systems: [\"valleys\"] folds: 2 also: eyes", "idle-option", "eyes"),
    ("compare eyes systems: [\"valleys\"] folds: 2 checkpoint: \"states\"", "idle-option", "\"states\""),
    (
      "compare eyes systems: [\"valleys\", \"dark-threshold\"] folds: 2 hold-out: rotating ensemble: 2", "idle-option",
      "rotating"
    ),
    ("(stages eye method: valleys).merged", "no-stage", "merged"),
    ("compare eyes systems: [\"valleys\"] folds: 2 baseline: \"regions\"", "unknown-baseline", "\"regions\""),
    ("save (stages eye method: regions).primary \"p.png\"", "cannot-save", "(stages eye method: regions).primary"),
    ("segment eye method: valleys window: 15", "method-without-parameter", "15"),
  ])
  func pointsAtTheArgument(_ line: String, _ code: String, _ argument: String) throws {
    let findings = try check(line)
    let found = try #require(findings.first { $0.code == code }, "\(findings.map(\.code))")
    #expect(String(found.source.text(found.span)) == argument)
  }

  @Test(arguments: [
    "erode eye.mask radius: 1.5", "erode eye radius: 2", "even-lighting eye method: gaussian sigma: 3",
    "even-lighting eye window: 31", "reconstruct eye under: eye.image over: none",
    "watershed eye depth: 0.1 from: none",
    "compare eyes systems: [\"valleys\"] folds: 2 also: none", "(stages eye method: regions).merged",
    "tune eyes method: valleys tries: 2 seed: 3",
  ])
  func letsWhatIsRightPass(_ line: String) throws {
    #expect(try check(line).map(\.message).isEmpty)
  }

  /// What would fit is a member of what was given, or in one.
  @Test(arguments: [
    ("t = tune eyes method: valleys over: [depth: [0.1]]\npredict t eyes", "take its `.segmenter`"),
    ("region-table (components eye.mask) image: eye", "take its `.image`"),
    ("parameters (open \"builtin:unet\")", "take its `.networks[0]`"),
    ("train-net eyes from: (open \"builtin:pixel-gan\")", "take its `.networks[0]`"),
    ("box = [both: (open \"builtin:unet\").networks]\ndiagram box", "take its `.both[0]`"),
    // There is none, or none that every such call would take.
    ("parameters (open \"builtin:stacked\")", nil), ("box = [none: []]\ndiagram box", nil),
    ("box = ['my net': unet width: 4]\ndiagram box", nil), ("open eyes", nil),
    ("segment (open \"builtin:unet\")", nil),
  ])
  func pointsAtTheMember(_ line: String, _ hint: String?) throws {
    let findings = try check(line)
    let found = try #require(findings.first { $0.code == "wrong-kind" }, "\(findings.map(\.code))")
    #expect(found.hint == hint)
  }

  /// What would fit is what a file holds that was named.
  @Test(arguments: [
    ("predict \"builtin:unet\" eyes", "(open 'builtin:unet')"),
    ("train-net eyes from: \"builtin:unet\"", "(open 'builtin:unet').networks[0]"),
    ("train-net eyes from: \"n.safetensors\"", "(open 'n.safetensors')"),
    ("ensemble [\"n.safetensors\"]", "(open 'n.safetensors')"), ("register \"a.png\" to: eye.image", "(open 'a.png')"),
    ("augment \"images\"", "(load 'images')"), ("augment \"images/list.csv\"", "(load 'images/list.csv')"),
    // As the language writes the path.
    ("register '{a} \"b\".png' to: eye.image", "(open '{a} \"b\".png')"),
    ("register \"a'{{b}}.png\" to: eye.image", "(open \"a'{{b}}.png\")"),
    // None is what the file would have to hold.
    ("metrics \"p.csv\"", nil), ("train-net eyes from: \"eye.png\"", nil), ("parameters \"builtin:stacked\"", nil),
    ("register \"n.safetensors\" to: eye.image", nil), ("augment \"\"", nil), ("predict \"hello\" eyes", nil),
    ("for one in eyes { augment \"{one.name}/images\" }", nil),
  ])
  func pointsAtTheFile(_ line: String, _ call: String?) throws {
    let findings = try check(line)
    let found = try #require(findings.first { $0.code == "wrong-kind" }, "\(findings.map(\.code))")
    #expect(found.hint == call.map { "read it first: `\($0)`" })
  }

  @Test func pointsAtTheFileOnTheWay() throws {
    var session = Session(registry: standardRegistry(), seed: 1)
    let program = parse(Source("parameters \"n.safetensors\"", name: "rules"), registry: session.registry).program
    let mistake = #expect(throws: Diagnostic.self) {
      try session.run(program, cell: "rules", host: try RecordingHost())
    }
    #expect(mistake?.hint == "read it first: `(open 'n.safetensors')`")
  }

  @Test func pointsAtWhatCanBeSaved() throws {
    let found = try #require(try check("save (tune eyes method: valleys tries: 2) \"t.json\"").first)
    #expect(found.hint == "what can be saved of it is `.segmenter`, `.table`, `.flatness`, `.figure`")
  }

  @Test func stagesThatThereAreNotAreNotOffered() throws {
    let hint = try #require(try check("(stages eye method: valleys).foo").first?.hint)
    #expect(hint.contains(".candidates") == false && hint.contains(".mask"))
  }

  private func check(_ line: String) throws -> [Diagnostic] {
    try CheckedFolder().check("eyes = phantom 4 size: 64\neye = eyes[0]\n\(line)", named: "rules")
  }
}
