import Language
import Testing
import Vocabulary

@Suite struct ClinicalCommandTests {
  @Test(arguments: [
    ("annotate eyes fovea: [3, 4]", "one-place"), ("annotate eye fovea: [3]", "no-point"),
    ("annotate eye fovea: [3, 400]", "no-point"), ("annotate eye", "nothing-to-annotate"),
    ("annotate eye mm-per-pixel: 0.01 field-angle: 50deg", "contradiction"),
    ("grid eye form: etdrs sectors: 4", "idle-option"), ("grid eye form: polar ring: 2px", "wrong-unit"),
    ("grid bare", "unknown-scale"), ("grid (annotate bare mm-per-pixel: 0.1)", "unknown-fovea"),
    ("grid (annotate bare mm-per-pixel: 0.1) centre: disc", "unknown-disc"),
    ("lesions bare least: 1mm2", "unknown-scale"), ("ischemic-index bare foveal-zone: excluded", "unknown-scale"),
    ("ischemic-index (annotate bare mm-per-pixel: 0.1) foveal-zone: excluded", "unknown-fovea"),
    ("ischemic-index [name: \"x\", image: eye.image]", "mask-missing"),
    ("ischemic-index eyes intervals: i", "contradiction"),
    ("ischemic-index (uncertainty net eyes) intervals: i", "contradiction"),
    ("learn-intervals u level: 99%", "too-few-eyes"), ("uncertainty net eyes by: ensemble", "one-member"),
    ("clinical-report eyes", "one-eye"), ("phantom 1 size: 64 growth: 2%", "idle-option"),
    ("learn-intervals u truth: [[gained: 1px, lost: 0px]]", "contradiction"),
    ("learn-intervals [] truth: []", "no-images"), ("learn-intervals [c]", "no-truth"),
    ("ischemic-index (uncertainty (fit-method (phantom 4 size: 64 seed: 8)) eyes) intervals: i", "contradiction"),
    ("ischemic-index u intervals: i foveal-zone: excluded", "contradiction"),
    ("change eye later intervals: i", "contradiction"), ("phantom 2 size: 64 visit: 2", "no-seed"),
    ("change (annotate eye case: \"a\") (annotate later case: \"b\")", "one-eye"),
    ("change (annotate eye eye: OD) (annotate later eye: OS) registration: r", "other-eye"),
    ("change later eye registration: r", "registration-misfit"),
    ("change eye (move eye rotate: 5deg) registration: r", "registration-misfit"),
    ("clinical-report eye change: c", "contradiction"), ("clinical-report eyes[1] change: c", "contradiction"),
    ("annotate eye visit: \"01.03.2024\"", "bad-date"), ("annotate eye visit: \"2024-02-30\"", "bad-date"),
    ("annotate eye visit: \"20240301\"", "bad-date"),
    ("landmarks [name: \"x\", image: eye.image, disc: [x: 9, y: 5000]]", "no-point"),
    ("coverage (uncertainty net eyes) intervals: i", "contradiction"),
    ("course eyes", "one-eye"), ("course eye", "no-date"), ("course [dated, dated]", "same-date"),
    ("course dated treatments: [\"laser\"]", "no-date"), ("course dated treatments: [\"2024-02-30 laser\"]", "no-date"),
    ("course []", "no-images"), ("(agreement eyes eyes).cells", "no-grid"),
    ("agreement [bare-set, bare-set] grid: etdrs", "unknown-fovea"),
    ("move [image: eye.image, map: eye.image, mask: (phantom 1 size: 64)[0].mask] rotate: 2deg", "mask-size-differs"),
    ("move eye seed: 3 rotate: 2deg", "idle-option"), ("move eyes", "no-move"),
  ])
  func refused(_ line: String, _ code: String) throws {
    let before = """
      eyes = phantom 4 size: 128
      eye = eyes[0]
      bare = [name: "bare", image: eye.image, mask: eye.mask, field: eye.field]
      net = train-net eyes width: 4 epochs: 1
      u = uncertainty (fit-method eyes) eyes
      i = learn-intervals u level: 60%
      later = move eye shift: [3px, 2px]
      r = register later to: eye
      c = change eye later registration: r
      dated = annotate eye visit: "2024-01-10"
      placed = save (annotate (phantom 1 size: 64 seed: 3) mm-per-pixel: 0.1) "placed"
      bare-set = annotate (load "{placed}/images" masks: "{placed}/masks") mm-per-pixel: 0.1

      """
    #expect(try mistake(in: before + line) == code)
  }

  @Test func factsComeBackFromAFolder() throws {
    let said = try lines(
      """
      one = annotate (phantom 1 size: 64) visit: "2024-03-01" field-angle: 50deg disc-diameter: 9px phase: late
      eye = one[0]
      file = save one "eyes"
      again = load "{file}/manifest.csv"
      print again[0].visit, again[0].phase, again[0].field-angle, again[0].disc.diameter, again[0].scale-source
      assert again[0].fovea.x eye.fovea.x
      assert again[0].mm-per-pixel eye.mm-per-pixel
      print eye.fovea.confidence
      """)
    #expect(said.contains { $0.contains("2024-03-01 late 50deg 9px field-angle") }, "\(said)")
    #expect(said.last == "none")
  }

  /// labelme's places start at the corner of the first pixel; a saved dataset has them in its manifest.
  @Test func landmarksComeFromLabelme() throws {
    let said = try lines(
      """
      save (phantom 1 size: 64)[0].image "images/eye.png"
      save '{"shapes": [
        {"label": "Fovea", "points": [[20.5, 30]], "shape_type": "point"},
        {"label": "optic disc", "points": [[50.5, 31.5], [53.5, 35.5]], "shape_type": "circle"}
      ], "imageWidth": 64, "imageHeight": 64}' "images/eye.json"
      eyes = load "images"
      print eyes[0].fovea.x, eyes[0].fovea.y, eyes[0].disc.x, eyes[0].disc.y, eyes[0].disc.diameter
      file = save eyes "again"
      print (load "{file}/manifest.csv")[0].disc.diameter
      """)
    #expect(said.contains("20px 29.5px 50px 31px 10px") && said.last == "10px", "\(said)")
    #expect(!said.contains { $0.contains("left out") })
  }

  /// A phantom's fovea and disc go where its picture goes.
  @Test func landmarksMoveWithThePicture() throws {
    try run(
      """
      eye = (phantom 1 size: 128)[0]
      later = move eye shift: [5px, -4px] scale: 1.1
      assert later.fovea.x (1.1 * (eye.fovea.x + 0.5px - 64px) + 64px + 5px - 0.5px) tolerance: 1e-9
      assert later.disc.y (1.1 * (eye.disc.y + 0.5px - 64px) + 64px - 4px - 0.5px) tolerance: 1e-9
      assert later.mm-per-pixel (eye.mm-per-pixel / 1.1) tolerance: 1e-12
      """)
  }

  @Test func visitsThatDoNotGoTogetherAreWarnedOf() throws {
    let said = try lines(
      """
      eye = annotate (phantom 1 size: 128)[0] visit: "2024-03-01"
      later = annotate (move eye shift: [3px, 2px]) visit: "2023-03-01" phase: late
      print (change eye later).sentence
      """)
    #expect(said.contains { $0.hasPrefix("warning: these visits are of several phases (transit and late)") })
    #expect(said.contains { $0.hasPrefix("warning: the follow-up (2023-03-01) was taken before") })
  }

  @Test func unitsOfAreasAndLengths() throws {
    let said = try lines(
      """
      print 2mm * 3mm, 6mm² / 2mm, 5mm2 + 1mm², 100um + 50µm, 2DA * 3
      show (grow (phantom 1 size: 64)[0] by: 300um)
      """)
    #expect(said.first == "6mm2 3mm 6mm2 150um 6DA")
  }

  /// Three visits, given in any order; what grew is what the phantom says.
  @Test func aCourseIsInTheOrderOfItsDates() throws {
    let said = try lines(
      """
      first = annotate (phantom 1 size: 64 seed: 4 least: 5% most: 6%) visit: "2024-01-10"
      second = annotate (phantom 1 size: 64 seed: 4 least: 5% most: 6% visit: 2 growth: 4%) visit: "2024-03-10"
      third = annotate (phantom 1 size: 64 seed: 4 least: 5% most: 6% visit: 3 growth: 4%) visit: "2025-01-09"
      c = course [third[0], first[0], second[0]] treatments: ["2024-06-01 laser", "2024-02-01 ranibizumab"]
      print c.dates, c.days
      print c.table
      assert (c.indices[2] - c.indices[0]) 0.08 tolerance: 0.001
      """)
    #expect(said.first == "['2024-01-10', '2024-03-10', '2025-01-09'] [0, 60, 365]")
    #expect(said.contains { $0.hasPrefix("2024-03-10    60               9.37             3.99") })
  }

  /// Intervals of areas in a course are those of the index.
  @Test func aCourseOfMapsHasIntervals() throws {
    let said = try lines(
      """
      eyes = annotate (phantom 1 size: 64 seed: 9) visit: "2024-01-10" case: "a"
      later = annotate (phantom 1 size: 64 seed: 9 visit: 2) visit: "2024-02-10" case: "a" phase: late
      u = uncertainty (fit-method (phantom 8 size: 64 seed: 2)) (join eyes later)
      print (course u).table
      """)
    #expect(said.contains { $0.contains("interval, mm²") })
    #expect(said.contains { $0.contains("nobody has compared with the truth") })
    #expect(said.contains { $0.contains("of several phases (transit and late)") })
  }

  /// Changes whose truth is known teach how far others can be off; these hold it as often as they say.
  @Test func intervalsOfChangesAreLearnt() throws {
    let said = try lines(
      """
      def pairs seed: 1 {
        first = phantom 12 size: 128 seed: seed least: 5% most: 15%
        grown = phantom 12 size: 128 seed: seed least: 5% most: 15% visit: 2 growth: 3%
        moved = move grown random: 0.3 seed: seed
        changes = for k in 0..11 { change first[k] moved[k] }
        truths = for k in 0..11 {
          new = (grown[k].mask and not first[k].mask) and changes[k].common-mask
          [gained: new.area, lost: 0px]
        }
        [changes: changes, truths: truths]
      }
      known = pairs seed: 3
      fresh = pairs seed: 5
      i = learn-intervals known.changes truth: known.truths level: 90%
      held = coverage fresh.changes intervals: i truth: fresh.truths
      print i
      assert (held.share >= 0.7 and held.width < 60px)
      eye = (phantom 1 size: 128 seed: 3)[0]
      later = move eye shift: [3px, 2px]
      c = change eye later intervals: i
      assert (c.net-interval[1] - c.net-interval[0] < 150px and c.net-interval[0] < 0px)
      print c.table
      """)
    #expect(said.contains { $0.hasPrefix("90 % intervals of changes, learnt from 12 pairs of visits") })
    #expect(said.contains { $0.contains("by registration; 90 % intervals of changes") })
    #expect(
      try mistake(
        in: """
          eyes = phantom 4 size: 64
          i = learn-intervals (uncertainty (fit-method eyes) eyes) level: 60%
          change eyes[0] eyes[0] intervals: i
          """) == "contradiction")
  }

  @Test func agreementByCells() throws {
    let said = try lines(
      """
      eyes = phantom 3 size: 128 least: 10%
      t = (agreement eyes eyes grid: etdrs).cells
      print t
      print (agreement eyes (dark-threshold eyes) grid: zones).cells
      """)
    #expect(said.contains { $0.hasPrefix("outer superior") && $0.contains("100.0") && $0.contains("1.000") })
    #expect(said.contains { $0.hasPrefix("posterior pole") })
  }

  /// Nobody can grade it: that is no area of 0.
  @Test func whatCannotBeGradedHasNoArea() throws {
    let said = try lines(
      """
      eyes = phantom 2 size: 64 seed: 3
      blind = [name: "blind", image: eyes[0].image, mask: eyes[0].mask, field: eyes[0].field, ungraded: eyes[0].field,
        mm-per-pixel: 0.2, visit: "2024-03-01"]
      print ischemic-index [blind, eyes[1]]
      print (course [blind, annotate eyes[0] visit: "2024-01-01" case: "a"]).table
      print (clinical-report blind).lines
      """)
    let blind = said.filter { $0.hasPrefix("blind") }
    #expect(blind.count == 1 && !blind[0].contains("0.00") && blind[0].contains("–"), "\(said)")
    #expect(said.contains { $0.hasPrefix("mean ± SD") && $0.contains("(1/2)") })
    #expect(said.contains { $0.hasPrefix("2024-03-01") && !$0.contains("0.00") }, "\(said)")
  }

  /// A disc whose size alone is known gives the scale of a sample and of its records.
  @Test func aDiscsSizeStaysWithAnAngiogram() throws {
    try run(
      """
      p = (phantom 1 size: 64)[0]
      e = annotate [name: "e", image: p.image, mask: p.mask, field: p.field] disc-diameter: 9px
      assert e.mm-per-pixel 0.2
      assert (annotate e phase: transit).mm-per-pixel 0.2
      assert (annotate [e, e] phase: late)[1].scale-source "disc-diameter"
      """)
  }

  @Test func whatDoesNotGoTogetherIsWarnedOf() throws {
    let said = try lines(
      """
      p = (phantom 1 size: 128)[0]
      e = annotate p mm-per-pixel: 1.2
      f = annotate p eye: (if p.eye == "OD" { "OS" } else { "OD" })
      g = annotate p phase: late
      """)
    #expect(said.count { $0.hasPrefix("warning:") } == 2)
    #expect(said.first?.contains("mm apart; they are 4.8 mm apart") == true)
    #expect(said.last?.contains("as in the other eye") == true)
  }

  /// What a method marked goes where the picture goes, and says what marked it.
  @Test func predictionsMoveWithTheirMarks() throws {
    let said = try lines(
      """
      e = phantom 1 size: 64 seed: 4
      found = (dark-threshold e)[0]
      print found.method
      moved = move found shift: [3px, 0px]
      assert (moved.mask.area > found.mask.area / 2)
      save (clinical-report found) "a.html"
      """)
    #expect(said.first?.hasPrefix("dark threshold") == true)
  }

  /// Intervals serve eyes that they were not learnt from.
  @Test func eyesThatIntervalsWereLearntFromAreNamed() throws {
    let said = try lines(
      """
      net = fit-method (phantom 6 size: 64)
      u = uncertainty net (phantom 6 size: 64 seed: 2)
      i = learn-intervals u level: 60%
      print coverage u intervals: i
      """)
    #expect(said.contains { $0.hasPrefix("warning: the intervals were learnt from this image: phantom-001") })
    let twice = try lines(
      """
      u = uncertainty (fit-method (phantom 6 size: 64)) (annotate (phantom 4 size: 64 seed: 2) case: "one")
      i = learn-intervals u level: 60%
      """)
    #expect(twice.contains { $0.hasPrefix("warning: several of these angiograms are of one patient (one)") })
  }

  private func lines(_ program: String) throws -> [String] {
    try run(program).split(separator: "\n").map(String.init)
  }
}
