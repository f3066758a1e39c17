import Angiography
import Imaging
import Language

extension Command {
  static let annotate = Command(
    "annotate", "angiograms with what is known of them: eye, date, phase, scale, fovea, disc",
    [
      .argument("data", ChangedAngiograms.accepts, ChangedAngiograms.help),
      .option("eye", .optional(.choice(["OD", "OS"])), default: Value.none, "OD: right, OS: left"),
      .option("visit", .optional(.text), default: Value.none, "when it was taken: \"2024-03-01\", or any name"),
      .option("case", .optional(.text), default: Value.none, "the patient"),
      .option(
        "phase", .optional(.choice(Phase.allCases.map(\.rawValue))), default: Value.none, "of the angiography"),
      .option(
        "mm-per-pixel", .optional(.number(.one, .within(0.00001...100))), default: Value.none,
        "the scale, as it is known"),
      .option(
        "field-angle", .optional(.number(.degrees, .within(1...220))), default: Value.none,
        "of the camera, across the field of view: 17 mm of retina a radian"),
      .option("fovea", place, default: Value.none, "where it is: `[x, y]` in pixels, of one angiogram"),
      .option(
        "disc", place, default: Value.none, "where the optic disc's middle is: `[x, y]` in pixels, of one angiogram"),
      .option(
        "disc-diameter", .optional(.number(.pixels, .within(1...10_000))), default: Value.none,
        "of the optic disc in pixels: 1.8 mm, where nothing else gives the scale"),
    ],
    result: ChangedAngiograms.result,
    help: Help(
      "What is left out stays as it was. A scale is `mm-per-pixel`, else what the field angle gives, else what a marked disc gives; "
        + "without one areas are in px and % alone. `landmarks` finds fovea and disc. A manifest has columns of the same names.",
      examples: [
        "eye = annotate (phantom 1 size: 128)[0] fovea: [40, 66] disc: [84px, 60px] visit: \"2024-03-01\" phase: transit",
        "print eye.fovea, eye.visit",
      ],
      method: "ISO 10940 (17 mm a radian)."),
    codes: [
      CodeEntry(
        "one-place", "the place of one eye's fovea for several eyes",
        .program("annotate (phantom 2 size: 64) fovea: [30, 30]")),
      CodeEntry(
        "bad-date", "a visit that looks like a day and is none",
        .program("annotate (phantom 1 size: 64) visit: \"01.03.2024\"")),
      CodeEntry(
        "nothing-to-annotate", "nothing is said of the angiograms", .program("annotate (phantom 1 size: 64)")),
    ],
    rules: [
      CallRule { call throws(Failure) in
        guard !labels.contains(where: call.isGiven) else { return }
        throw Failure(
          "nothing-to-annotate", "this says nothing of the angiograms", hint: "as in `eye: OD visit: \"2024-03-01\"`")
      },
      CallRule(on: "field-angle") { call throws(Failure) in
        guard call.isNone("field-angle") == false, call.isNone("mm-per-pixel") == false else { return }
        throw Failure("contradiction", "`mm-per-pixel:` gives the scale, and `field-angle:` would give it again")
      },
      placeRule("fovea"), placeRule("disc"),
      CallRule(on: "visit") { call throws(Failure) in
        guard let visit = call.text("visit"), looksLikeADay(visit), CalendarDate(visit) == nil else { return }
        throw Failure("bad-date", "\"\(visit)\" is no day", hint: "days are written as 2024-03-01: year, month, day")
      },
    ]
  ) { arguments, context in
    let count =
      switch arguments["data"] {
      case .object(let object as DatasetValue): object.dataset.samples.count
      case .list(let records): records.count
      default: 1
      }
    if count != 1, ["fovea", "disc"].contains(where: { !arguments.isNone($0) }) {
      throw Failure(
        "one-place", "a place is of one angiogram, and these are \(count)",
        hint: "annotate each (`eyes[0]`), or name the places in a manifest")
    }
    return try ChangedAngiograms.changed(arguments["data"], .facts, by: "annotate", context) { sample, _ in
      sample.with(try annotated(sample, arguments))
    }
  }

  /// Digits between marks, as many as a day has, and nothing else.
  private static func looksLikeADay(_ text: String) -> Bool {
    let digits = text.count { $0.isNumber }
    return (6...8).contains(digits) && text.allSatisfy { $0.isNumber || "-./ ".contains($0) }
  }

  private static let place: Accepts = .optional(.list(of: .number(.pixels, .within(0...1_000_000))))
  private static let labels = [
    "eye", "visit", "case", "phase", "mm-per-pixel", "field-angle", "fovea", "disc", "disc-diameter",
  ]

  private static func placeRule(_ name: String) -> CallRule {
    CallRule(on: name) { call throws(Failure) in
      guard case .list(let numbers)? = call.value(name), numbers.count != 2 else { return }
      throw Failure("no-point", "`\(name):` has \(numbers.count) numbers; a point has two: [x, y]")
    }
  }

  /// - Throws: `no-point` for a place outside the image.
  private static func annotated(_ sample: Sample, _ arguments: Arguments) throws(Failure) -> SampleFacts {
    var facts = sample.facts
    func given(_ name: String) -> String? { arguments.isNone(name) ? nil : arguments.text(name) }
    func number(_ name: String) -> Double? { arguments.isNone(name) ? nil : arguments.number(name) }
    func place(_ name: String) throws(Failure) -> Landmark? {
      guard case .list(let values) = arguments[name] else { return nil }
      let numbers = values.compactMap { if case .number(let number, _) = $0 { number } else { nil } }
      guard numbers[0] <= Double(sample.image.width - 1), numbers[1] <= Double(sample.image.height - 1) else {
        throw Failure(
          "no-point",
          "`\(name):` lies outside the image, whose x go from 0 to \(sample.image.width - 1), y from 0 to \(sample.image.height - 1)"
        )
      }
      return Landmark(x: numbers[0], y: numbers[1])
    }
    facts.eye = given("eye").flatMap { Eye(rawValue: $0) } ?? facts.eye
    facts.visit = given("visit") ?? facts.visit
    facts.caseName = given("case") ?? facts.caseName
    facts.phase = given("phase").flatMap { Phase(rawValue: $0) } ?? facts.phase
    if let angle = number("field-angle") { (facts.fieldAngle, facts.millimetresPerPixel) = (angle, nil) }
    if let scale = number("mm-per-pixel") { (facts.millimetresPerPixel, facts.fieldAngle) = (scale, nil) }
    facts.landmarks.fovea = try place("fovea") ?? facts.landmarks.fovea
    facts.landmarks.disc = try place("disc") ?? facts.landmarks.disc
    facts.landmarks.discDiameter = number("disc-diameter") ?? facts.landmarks.discDiameter
    return facts
  }
}
