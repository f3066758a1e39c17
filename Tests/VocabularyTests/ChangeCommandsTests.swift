import Language
import Testing
import Vocabulary

/// Registration of visits and what changed between them, where the truth is known.
@Suite struct ChangeCommandsTests {
  private static let start = "eye = (phantom 1 size: 128 seed: 3)[0]\n"

  private static func output(_ program: String) throws -> [String] {
    try run(start + program).split(separator: "\n").map(String.init)
  }

  @Test func aMoveIsFound() throws {
    let lines = try Self.output(
      """
      later = move eye shift: [6px, -3px] rotate: 5deg scale: 1.03
      r = register later to: eye
      print r.error < 0.5px, r.overlap > 0.8, r.matched > 0.6, r.agreement > 0.6, r.residual < 0.5px
      print (register later to: eye model: similarity).parameters
      back = warp later.mask r
      print (back and eye.mask).area > 0.9 * (back or eye.mask).area, mean (abs (r.warped - eye.image)) < 0.05
      print max (abs (r.warped - (warp later.image r))) == 0
      """)
    #expect(lines[0] == "true true true true true")
    // The middle goes to (64 + 6, 64 − 3); the half side of 64 px is turned by 5° and 1.03 times as long.
    let found = lines[1].drop { $0 == "[" }.split(whereSeparator: { ", []".contains($0) }).compactMap { Double($0) }
    for (value, expected) in zip(found, [70, 61, 65.67, 5.745]) { #expect(abs(value - expected) < 0.3) }
    #expect(found.count == 4 && lines[2] == "true true")
  }

  /// A scale makes pixels micrometres; an image alone has none.
  @Test func theErrorIsToldInMicrometres() throws {
    let lines = try Self.output(
      """
      later = move eye rotate: 5deg
      r = register later to: eye model: affine
      print r.model, r.error-um > 0, (register later.image to: eye.image).error-um
      """)
    #expect(lines == ["affine true none"])
  }

  @Test func growthIsGained() throws {
    let lines = try Self.output(
      """
      later = move eye shift: [4px, 2px] rotate: 4deg
      same = change eye later
      print same.gained < 0.02 * same.stable, same.lost < 0.02 * same.stable, same.stable > 0.85 * eye.mask.area
      more = [name: "later", image: later.image, mask: (grow later.mask by: 5px), field: later.field]
      r = register more to: eye
      c = change eye more registration: r disease: brvo
      print c.gained > 100px, c.lost < 0.02 * c.stable, c.net == c.gained - c.lost, c.band > 1px
      print c.gained-mask.area == c.gained, c.stable-mask.area == c.stable
      print c.sentence
      print (change more later registration: (register later to: more)).lost > 100px
      print (change eye more registration: r border: 20px).gained < c.gained
      """)
    #expect(lines[0] == "true true true" && lines[1] == "true true true true" && lines[2] == "true true")
    #expect(lines[3].hasPrefix("gained ") && lines[3].contains(" mm² [") && lines[3].contains("from grading noise, "))
    #expect(lines[4] == "true" && lines[5] == "true")
  }

  /// The baseline and the follow-up take turns, each with its mask.
  @Test func visitsTakeTurns() throws {
    let program = """
      later = move eye shift: [6px, -3px] rotate: 5deg
      found = (dark-threshold later)[0]
      r = register later to: eye
      seen = [r.flicker, (register later.image to: eye.image).flicker, (change eye found registration: r).flicker]
      """
    var session = Session(registry: standardRegistry(), seed: 1)
    try session.run(
      parse(Source(Self.start + program, name: "test"), registry: session.registry).program, cell: "a",
      host: RecordingHost())
    guard case .list(let seen)? = session.bindings["seen"] else {
      Issue.record("no figures")
      return
    }
    let figures = seen.flatMap { presentations(of: $0) }.compactMap {
      if case .figure(let figure) = $0 { figure } else { nil }
    }
    try #require(figures.count == 3)
    for (index, figure) in figures.enumerated() {
      let turn = try #require(figure.turns.first)
      let outlines = [figure, turn].map { $0.marks.count { $0.name == "marked as non-perfusion" } }
      #expect(outlines == (index == 1 ? [0, 0] : [1, 1]))
      #expect(figure.turns.count == 1 && figure.size == turn.size)
      #expect(figure.caption?.contains(" by turns: ") == true)
      guard index != 1 else { continue }
      #expect(figure.labels.first?.text == "Baseline: phantom-001")
      #expect(turn.labels.first?.text.hasPrefix("Follow-up: phantom-001") == true)
    }
    #expect(figures[0].turns[0].marks != figures[2].turns[0].marks, "what was found, not the truth")
    #expect(figures[0].marks == figures[2].marks)
    #expect(display(seen[0]).hasSuffix(", 2 drawings by turns"))
  }

  /// Predictions are compared by what was found, not by the truth.
  @Test func predictionsAreCompared() throws {
    let lines = try Self.output(
      """
      later = move eye shift: [3px, 0px]
      before = (dark-threshold eye)[0]
      after = (dark-threshold later)[0]
      c = change before after
      print c.stable > 0.7 * before.mask.area, c.table[0].area
      """)
    #expect(lines == ["true gained"])
  }

  @Test(arguments: [
    ("print (change eye [image: eye.image])", "mask-missing"),
    ("print (change eye eye registration: (register (move eye rotate: 5deg) to: eye) model: affine)", "contradiction"),
    ("print (change eye eye disease: dr replicate-sd: 4)", "contradiction"),
    ("print (move eye shift: [1px, 2px, 3px])", "bad-shift"), ("print (move eye)", "no-move"),
    ("print (register eye)", "missing-argument"), ("print (register [a: 1] to: eye)", "no-image"),
  ])
  func mistakesAreNamed(program: String, code: String) throws {
    #expect(try mistake(in: Self.start + program) == code)
  }
}
