import Angiography
import Figures
import Imaging
import Language

extension Command {
  static let course = Command(
    "course", "non-perfusion of one eye over its visits",
    [
      MarkedAngiograms.parameter, ClinicalOptions.foveal, ClinicalOptions.discArea, ClinicalOptions.intervals,
      .option(
        "treatments", .list(of: .text), default: .list([]),
        "what was done and when: `[\"2024-02-01 laser\"]`, a date and words"),
    ],
    result: .object(CourseValue.typeName),
    help: Help(
      "A row a visit, in the order of their dates: area and index, with their intervals of an `uncertainty`, and what the index has "
        + "changed since the first. Each visit is judged by its own gradable retina, so compare indices where fields differ; "
        + "`change` tells where two of them differ.",
      examples: [
        "first = annotate (phantom 1 size: 128 seed: 7) visit: \"2024-01-10\"",
        "second = annotate (phantom 1 size: 128 seed: 7 visit: 2 growth: 3%) visit: \"2024-06-02\"",
        "c = course [first[0], second[0]] treatments: [\"2024-02-01 laser\"]", "print c.table", "show c",
      ]),
    codes: [
      CodeEntry(
        "no-date", "a visit or a treatment without a day", .program("course (phantom 1 size: 64)")),
      CodeEntry(
        "same-date", "two angiograms of one day in the course of an eye",
        .program("eye = annotate (phantom 1 size: 64)[0] visit: \"2024-01-10\"\ncourse [eye, eye]")),
    ],
    rules: [
      ClinicalOptions.intervalRule,
      CallRule(on: "treatments") { call throws(Failure) in
        guard case .list(let treatments)? = call.value("treatments") else { return }
        for treatment in treatments { if case .text(let text) = treatment { _ = try event(text) } }
      },
    ]
  ) { arguments, context in
    let marked = try MarkedAngiograms(arguments)
    marked.warn(ofLeaks: arguments, context.host)
    warn(ofPhases: marked.samples, context.host)
    let rows = try IndexRow.rows(of: marked, arguments)
    let facts = marked.samples.map(\.facts)
    guard Set(facts.compactMap(\.caseName)).count < 2, Set(facts.compactMap(\.eye)).count < 2 else {
      throw Failure(
        "one-eye", "a course is of one eye, and these are of several",
        hint: "choose those of one: `[found[0], found[3]]`")
    }
    var visits: [CourseValue.Visit] = []
    for (sample, row) in zip(marked.samples, rows) {
      guard let date = sample.facts.visitDate else {
        throw Failure(
          "no-date",
          sample.facts.visit.map { "the visit of “\(sample.name)”, \"\($0)\", is no day" }
            ?? "nobody says on which day “\(sample.name)” was taken", hint: "`annotate … visit: \"2024-03-01\"`")
      }
      visits.append(CourseValue.Visit(date: date, row: row))
    }
    visits.sort { $0.date < $1.date }
    if let twin = zip(visits, visits.dropFirst()).first(where: { $0.date == $1.date })?.0 {
      throw Failure("same-date", "two of these angiograms are of \(twin.date)", hint: "choose one of each day")
    }
    return .object(
      CourseValue(
        visits,
        events: try arguments.list("treatments").map { value throws(Failure) in
          guard case .text(let text) = value else { preconditionFailure("the signature asks for texts") }
          return try event(text)
        }.sorted { $0.date < $1.date },
        trust: marked.trust(arguments)))
  }

  /// - Throws: `no-date`.
  private static func event(_ text: String) throws(Failure) -> Figure.DatedEvent {
    let words = text.split(separator: " ", maxSplits: 1)
    guard let date = words.first.flatMap({ CalendarDate(String($0)) }), words.count == 2 else {
      throw Failure(
        "no-date", "the treatment “\(text)” doesn't begin with a day, and go on with what was done",
        hint: "as in \"2024-02-01 laser\"")
    }
    return Figure.DatedEvent(date, String(words[1]))
  }
}
