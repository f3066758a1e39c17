import Testing

/// What `segment`, `stages`, `tune` and `compare` refuse of classical methods, and what pictures with odd values come to.
struct ClassicalMethodTests {
  @Test(arguments: [
    ("segment (eye.image / 0) method: valleys", "not-finite"),
    ("stages (log eye.image) method: variational", "not-finite"),
    ("segment (eye.image * 3e38) method: homomorphic", "not-grey"), ("segment (eye.image - 0.5)", "not-grey"),
    ("predict (fit-method eyes method: texture-ensemble) (eye.image * 3)", "not-grey"),
    ("segment eye method: homomorphic lighting: median cutoff: 50", "idle-option"),
    ("segment eye trees: 5", "idle-option"),
    ("segment eye method: variational term: constant window: 91", "idle-option"),
    ("segment eye method: valleys minimum-area: 60000 maximum-area: 100", "contradiction"),
    ("tune eyes method: valleys over: [levels: [1e300]]", "tune-values"),
    ("tune eyes method: valleys over: [levels: [4.5]]", "tune-values"),
    ("tune eyes method: valleys over: [depth: []]", "tune-values"),
    ("tune eyes method: valleys over: [depth: [0.1, 0.1]]", "tune-values"),
    ("tune eyes method: valleys over: [depth: [0.1]] tries: 5", "idle-option"),
    ("tune eyes method: homomorphic over: [window: 3..101, levels: 2..256]", "tune-values"),
    ("tune (phantom 1 size: 64) method: texture-ensemble tries: 2", "too-few-cases"),
    ("compare eyes systems: [\"dark-threshold\"] folds: 2 tune: 5", "idle-option"),
    ("compare eyes systems: [\"valleys\", \"regions\"] folds: 2 epochs: 5", "idle-option"),
    ("compare eyes systems: [\"valleys\", \"regions\"] folds: 2 ensemble: 3", "idle-option"),
    ("watershed eye from: (not eye.field)", "no-basin"),
  ])
  func refused(_ line: String, _ code: String) throws {
    #expect(try mistake(in: "eyes = phantom 4 size: 64\neye = eyes[0]\n\(line)") == code)
  }

  @Test func rangesAreGrids() throws {
    let text = try run(
      """
      t = tune (phantom 2 size: 64) method: valleys over: [levels: 2..4]
      print count t.table
      """)
    #expect(text.contains("\n3") || text.hasPrefix("3"))
  }

  @Test func whatDoesNotCountStaysOut() throws {
    let text = try run(
      """
      eye = (phantom 1 size: 64)[0]
      a = area-opening eye area: 100000000
      print min a >= 0, max a <= 1
      far = (open (save (eye.image * 0) "z.pgm")) + threshold eye.image 0.9
      print max (local-deviation (far * 1e25) window: 5) > 1e20
      """)
    #expect(text.contains("true true") && text.hasSuffix("true"))
  }

  @Test func whatLiesBeyondGreyIsSaid() throws {
    let host = try RecordingHost()
    let text = try run(
      "save ((phantom 1 size: 64)[0].image * 3) \"x.png\"\nshow (phantom 1 size: 64)[0].image * 3", on: host)
    #expect(text.contains("files hold 0 to 1"))
  }
}
