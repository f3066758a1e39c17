import Language
import Vocabulary

extension Manual {
  /// How programs are written.
  var languageChapter: ManualText {
    ManualText(heading: 2, "The language") { text in
      text.table(
        ["a program", "what it says"],
        LanguagePage.groups.flatMap { rows in
          rows.map { [ManualText.code($0.code), ManualText.prose($0.meaning)] }
        })
      text.paragraph(LanguagePage.rules)
      text.heading(3, "Operators")
      text.paragraph(
        "Those that bind tightest come last; those of one line are read from the left, powers from the right.")
      text.table(["operators"], Self.operatorLevels.map { [$0.map(ManualText.code).joined(separator: " ")] })
      text.heading(3, "Units")
      text.paragraph("A number may have one behind it, without a space; `10%` is `0.1`.")
      text.table(
        ["unit", "of"], Unit.allCases.filter { $0 != .one }.map { [ManualText.code($0.rawValue), $0.meaning] })
      text.heading(3, "Words that are no names")
      text.paragraph(reservedWords.sorted().map { "`\($0)`" }.joined(separator: ", "))
    }
  }

  /// Operators of one level together, the loosest first.
  private static var operatorLevels: [[String]] {
    let levels = Dictionary(grouping: Operator.allCases, by: \.level).sorted { $0.key < $1.key }
    return [["|"]] + levels.map { $0.value.map(\.rawValue) }
  }

  /// Every kind of value with its members.
  var typesChapter: ManualText {
    ManualText(heading: 2, "Kinds of values") { text in
      text.paragraph(
        "Besides numbers, texts, truth values, lists, records, ranges and functions there are these. `help dataset` shows one."
      )
      for (name, type) in registry.types.sorted(by: { $0.key < $1.key }) {
        text.heading(3, "A value: \(name)")
        text.paragraph(ManualText.sentence(type.meaning))
        text.table(
          ["member", "what it is", "kind"],
          type.members.map {
            [ManualText.code(".\($0.name)"), ManualText.prose($0.help), ManualText.prose(describe($0.kind))]
          })
        let makers = registry.groups.flatMap(\.commands).filter { $0.result == .object(name) }.map { "`\($0.name)`" }
        if !makers.isEmpty { text.paragraph("Given by \(makers.joined(separator: ", ")).") }
      }
    }
  }
}
